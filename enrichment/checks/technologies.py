"""What a company uses, as its DNS records show it: markers with the confidence that each kind of record deserves."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from enrichment.checks.policies import is_key

OWN = Path(__file__).resolve().parent.parent / "data" / "dns_markers.csv"
# A token says "once used", an include "may send for us", a mail exchanger "is in use now".
CONFIDENCE = {"MX": 0.95, "SPF": 0.8, "TXT": 0.5, "NS": 0.95, "CNAME": 0.9, "CAA": 0.5, "DKIM": 0.5}
_INCLUDED = re.compile(r"(?:include:|redirect=|exists:|a:|mx:)([^\s/]+)", re.IGNORECASE)
_NEAR_THE_END = slice(-4, -1)


@dataclass(frozen=True, slots=True)
class Record:
    """One DNS record as text: Record("acme.example", "MX", "10 mx.vendor.example")."""

    name: str
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Marker:
    """`record`: MX, SPF, TXT, NS, CNAME, CAA or DKIM (a selector's name)."""

    record: str
    pattern: str
    vendor: str
    category: str


@dataclass(frozen=True, slots=True)
class Technology:
    """Something in use, the strongest record that shows it, and when it was first and last seen there."""

    vendor: str
    category: str
    confidence: float
    evidence: str
    first_seen: datetime | None = None
    last_seen: datetime | None = None


def read_markers(path: Path) -> tuple[Marker, ...]:
    """A table with the columns record, pattern, vendor, category; ValueError names the first row that is wrong."""
    try:
        lines = [line for line in path.read_text("utf-8-sig").splitlines() if line and not line.startswith("#")]
        rows = list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{path.name} is no table of markers: {error}.") from error
    markers = []
    for number, row in enumerate(rows, 1):
        values = [(row.get(name) or "").strip() for name in ("record", "pattern", "vendor", "category")]
        if values[0].upper() not in CONFIDENCE or not values[1] or not values[2]:
            raise ValueError(f"{path.name}, row {number}: needs record ({', '.join(CONFIDENCE)}), pattern and vendor.")
        markers.append(Marker(values[0].upper(), *values[1:]))
    return tuple(markers)


@cache
def markers_of(folder: Path | None = None) -> tuple[Marker, ...]:
    """Our own markers and those of the user's folder: each *.csv in it, in the same columns."""
    if folder and not folder.is_dir():
        raise ValueError(f"{folder} is no folder.")
    extra = sorted(folder.glob("*.csv")) if folder else []
    return tuple(marker for path in (OWN, *extra) for marker in read_markers(path))


def technologies(
    records: Iterable[Record], *, at: datetime | None = None, folder: Path | None = None
) -> tuple[Technology, ...]:
    """What the records show, the surest first: MX "1 aspmx.l.google.com" -> Google Workspace, 0.95."""
    found: dict[str, Technology] = {}
    for record in records:
        for kind, text in signs(record):
            for marker in markers_of(folder):
                if marker.record == kind and fits(marker, text):
                    seen = Technology(marker.vendor, marker.category, CONFIDENCE[kind], _shown(kind, record), at, at)
                    found[marker.vendor] = max(found.get(marker.vendor, seen), seen, key=lambda each: each.confidence)
    return tuple(sorted(found.values(), key=lambda each: (-each.confidence, each.vendor)))


def merged(known: Iterable[Technology], seen: Iterable[Technology]) -> tuple[Technology, ...]:
    """What was known before together with what is seen now: first_seen stays, last_seen and evidence are renewed."""
    before = {each.vendor: each for each in known}
    now = {
        each.vendor: Technology(
            each.vendor, each.category, each.confidence, each.evidence,
            before[each.vendor].first_seen if each.vendor in before else each.first_seen, each.last_seen,
        )
        for each in seen
    }  # fmt: skip
    return tuple({**before, **now}.values())


def signs(record: Record) -> Iterator[tuple[str, str]]:
    """What in a record can be compared with markers, by their kind."""
    value = record.value.strip()
    if record.type in ("MX", "NS", "CNAME"):
        yield record.type, value.split(" ")[-1].rstrip(".").lower()
    elif record.type == "CAA":
        yield "CAA", value.split(" ")[-1].strip('"; ').lower()
    elif record.type == "TXT" and value.lower().startswith("v=spf1"):
        yield from (("SPF", host.rstrip(".").lower()) for host in _INCLUDED.findall(value))
    elif record.type == "TXT" and "._domainkey" in record.name:
        yield from [("DKIM", record.name.partition("._domainkey")[0].lower())] * is_key(value)
    elif record.type == "TXT":
        yield "TXT", value


def fits(marker: Marker, text: str) -> bool:
    """Whether a host ends with the marker's, by whole labels ("x.mimecast.com", not "notmimecast.com")."""
    pattern = marker.pattern
    if marker.record == "DKIM":
        return text == pattern
    if marker.record == "TXT":
        return bool(_token(pattern).match(text))
    labels = text.split(".")
    if pattern.endswith(".*"):
        return pattern[:-2] in labels[_NEAR_THE_END]
    if pattern.endswith("*"):
        return any(label.startswith(pattern[:-1]) for label in labels[_NEAR_THE_END])
    first, star, last = pattern.partition(".*.")
    return (not star or first in labels) and (text == (last or pattern) or text.endswith(f".{last or pattern}"))


@cache
def _token(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\#", r"\d+"), re.IGNORECASE)


def _shown(kind: str, record: Record) -> str:
    return f"{kind} {record.name}: {record.value[:120]}"
