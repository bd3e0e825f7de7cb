"""Officers of companies at the SEC: a question for each company, and one for each of its forms, as far as there is time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from leadengine.http import Call
from leads.sources.base import RecordFault
from leads.sources.company_registries import ownership
from leads.sources.company_registries.ownership import Filing, Officer
from leads.sources.connector import WRONG_TYPES, text
from leads.sources.door import Door

EFTS, DATA, SITE = "https://efts.sec.gov", "https://data.sec.gov", "https://www.sec.gov"
NOT_A_RECORD = "The company's record at the SEC has not the form it promises."
NOT_A_FORM = "A form at the SEC cannot be read, or holds what does not belong into it."
Hit = tuple[int, Mapping[str, Any]]


@dataclass(slots=True)
class Told:
    """What was found out: each company with each of its officers, or alone. `rest`: where to go on, None at the end."""

    pairs: list[tuple[Any, Officer | None]] = field(default_factory=list)
    faults: list[RecordFault] = field(default_factory=list)
    rest: dict[str, Any] | None = None


def tell(door: Door, hits: Sequence[Hit], cursor: Mapping[str, Any], today: date) -> Told:
    """`cursor`: `at` names the first hit and how many of its forms are done, `told` whether one of its officers was.

    Each turn gets at least one question further, however slow the answers are.
    """
    told, done = Told(), place_of(cursor)[1]
    is_told = bool(cursor.get("told"))
    for number, (place, hit) in enumerate(hits):
        if number and door.is_late:
            told.rest = {"at": f"{place}:0"}
            return told
        forms, was_told = _tell_or_fault(door, hit, told, done, is_told, today)
        if forms:
            told.rest = {"at": f"{place}:{forms}", "told": is_told or was_told}
            return told
        done, is_told = 0, False
    return told


def _tell_or_fault(
    door: Door, hit: Mapping[str, Any], told: Told, done: int, is_told: bool, today: date
) -> tuple[int, bool]:
    """(how many of its forms are done, 0 for all; whether one of its officers was told of)."""
    try:
        company = _company(door, hit)
        forms = 0 if company is None else _tell_of(door, company, told, done, is_told, today)
    except WRONG_TYPES:
        cik = text(hit["_source"]["ciks"][0])
        told.faults.append(RecordFault(cik, f"Company {cik}", NOT_A_RECORD))
        return 0, False
    return forms, bool(forms) and _is_told(told, company)


def place_of(cursor: Mapping[str, Any]) -> tuple[int, int]:
    """(hit, forms of it that are done); a run that began before forms were read counted hits alone.

    >>> place_of({"at": "7:2"}), place_of({"at": 7}), place_of({})
    ((7, 2), (7, 0), (0, 0))
    """
    hit, _, forms = str(cursor.get("at", 0)).partition(":")
    return int(hit), int(forms or 0)


def record_url(base_url: str, cik: str) -> str:
    """Where a company's record is.

    >>> record_url("https://efts.sec.gov", "7"), record_url("http://127.0.0.1:9", "7")
    ('https://data.sec.gov/submissions/CIK0000000007.json', 'http://127.0.0.1:9/submissions/CIK0000000007.json')
    """
    return f"{_host(base_url, DATA)}/submissions/CIK{cik.zfill(10)}.json"


def form_url(base_url: str, cik: str, filing: Filing) -> str:
    """Where a form's XML is: its list names the page that is made of it, in a folder of that name.

    >>> form_url("https://efts.sec.gov", "0000000007", Filing("000000000726000001", "xslF345X05/doc4.xml", date.min))
    'https://www.sec.gov/Archives/edgar/data/7/000000000726000001/doc4.xml'
    """
    name = filing.document.rpartition("/")[2]
    return f"{_host(base_url, SITE)}/Archives/edgar/data/{int(cik)}/{filing.path}/{name}"


def _host(base_url: str, real: str) -> str:
    """Each has a host of its own; a stand-in serves all."""
    return real if base_url == EFTS else base_url


def _company(door: Door, hit: Mapping[str, Any]) -> Any:
    """The company's own record; None where it has none."""
    answer = door.ask(Call(url=record_url(door.base_url, text(hit["_source"]["ciks"][0]))))
    return answer.data if answer.is_match else None


def _tell_of(door: Door, company: Any, told: Told, done: int, is_told: bool, today: date) -> int:
    """Adds the company's officers, or it alone; 0 when all its forms are done, else how many are."""
    cik = str(company.get("cik") or "") if isinstance(company, dict) else ""
    forms = ownership.filings(company, today) if cik.isdecimal() else []
    found: dict[str, Officer] = {}
    for number, filing in enumerate(forms[done:], start=done):
        if number > done and door.is_late:
            told.pairs += [(company, officer) for officer in found.values()]
            return number
        if officer := _officer(door, cik, filing, told):
            found.setdefault(officer.cik or officer.name, officer)
    told.pairs += [(company, officer) for officer in found.values()] or ([] if is_told else [(company, None)])
    return 0


def _officer(door: Door, cik: str, filing: Filing, told: Told) -> Officer | None:
    call = Call(url=form_url(door.base_url, cik, filing), headers={"Accept": "text/xml"}, read=ownership.read)
    answer = door.ask(call)
    if not answer.is_match:
        return None
    if not answer.data:
        told.faults.append(RecordFault(f"{cik}:{filing.path}", f"Form {filing.path}", NOT_A_FORM))
        return None
    page = f"{SITE}/Archives/edgar/data/{int(cik)}/{filing.path}/{filing.document}"
    return ownership.officer_in(answer.data, cik, filing, page)


def _is_told(told: Told, company: Any) -> bool:
    return any(known is company and officer for known, officer in told.pairs)
