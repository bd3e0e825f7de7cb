"""The invented Connections.csv of the sample, as LinkedIn writes it: a note, then whom somebody is connected with."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta

from leadengine.sandbox.world import Firm, Person, firms

NAME = "Connections (invented).csv"
NOTE = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing. You will '
    'only see email addresses for connections who have allowed it."\n\n'
)
HEADER = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
EVERY = 2  # of the world's companies one in two has somebody in it
SHOWN = 9  # one in nine shows the address


def connections_csv(today: date) -> bytes:
    """The file as of that day, the newest connection first."""
    written = io.StringIO()
    written.write(NOTE)
    csv.writer(written, lineterminator="\n").writerows([HEADER, *_rows(today)])
    return written.getvalue().encode()


def _rows(today: date) -> Iterator[tuple[str, ...]]:
    for number, firm in enumerate(firms()[::EVERY]):
        person = firm.people[number % len(firm.people)]
        day = today - timedelta(days=3 + 11 * number)
        email = person.email if number % SHOWN == 0 else ""
        yield (person.given, person.family, _profile(firm, person), email, firm.name, person.role, _written(day))


def _profile(firm: Firm, person: Person) -> str:
    return f"https://www.linkedin.com/in/{person.given}-{person.family}-sb{firm.index:03}".lower()


def _written(day: date) -> str:
    return f"{day:%d %b %Y}"
