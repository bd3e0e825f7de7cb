"""Known addresses of a company from a file: with names beside them, or with the name read out of the address itself."""

import csv
import re
from collections.abc import Iterable
from functools import cache

from enrichment.finding.patterns import Known, Person
from leads.identity import is_role_mailbox
from leads.vocabulary.files import read_lines


def read_known(lines: Iterable[str], domain: str) -> tuple[Known, ...]:
    """The addresses at the domain in a CSV with the columns email, first and last, or in a plain list of addresses."""
    rows = list(csv.reader(line for line in lines if line.strip()))
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    if "email" in header:
        places = {name: header.index(name) for name in ("email", "first", "last") if name in header}
        read = [{name: _cell(row, place) for name, place in places.items()} for row in rows[1:]]
    else:
        read = [{"email": _cell(row, 0), "first": _cell(row, 1), "last": _cell(row, 2)} for row in rows]
    found = (_known(row["email"], row.get("first", ""), row.get("last", ""), domain) for row in read)
    return tuple(each for each in found if each)


def _known(email: str, first: str, last: str, domain: str) -> Known | None:
    local, at, host = email.strip().lower().rpartition("@")
    if not at or host != domain.lower() or is_role_mailbox(email):
        return None
    person = Person(first.strip(), last.strip()) if first.strip() or last.strip() else _person_of(local)
    return Known(person, local) if person else None


def _person_of(local: str) -> Person | None:
    """The name in "ada.byron" or "byron-ada", told by the half that is a given name; None where nothing tells."""
    halves = re.split(r"[._-]", local)
    if len(halves) == 1:
        return Person(local, "") if local in _given() else None
    if len(halves) != 2 or not all(half.isalpha() for half in halves):
        return None
    one, other = halves
    if other in _given() and one not in _given() and len(one) > 1:
        return Person(other, one)
    return Person(one, other) if one in _given() or (len(one) == 1 < len(other)) else None


def _cell(row: list[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


@cache
def _given() -> frozenset[str]:
    return frozenset(read_lines("common_given_names.txt"))
