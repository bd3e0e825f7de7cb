"""Countries of an imported file that we do not understand: which, in how many rows, and written anew in all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from zlib import crc32

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, F, Func, QuerySet, TextField, Value
from rapidfuzz import fuzz, process

from leads.import_reading import NOTHING
from leads.models import Import, SourceFileRow
from leads.names import fold
from leads.vocabulary import places

FIELDS = ("country", "company_country")
MOST, MOST_TEXTS = 20, 1_000  # shown at once; looked at
CLOSE = 85  # of 100: a slip of the pen, not another country
NAMES = sorted(each.name for each in places.COUNTRIES.values())
FOLDED = [fold(name) for name in NAMES]


@dataclass(frozen=True, slots=True)
class StrangeCountry:
    """What stands in the file, in so many rows."""

    text: str
    rows: int

    @property
    def likely(self) -> str:
        """The country that it nearly names."""
        return likely(self.text)

    @property
    def key(self) -> str:
        """Of its field in a form."""
        return f"country_{crc32(self.text.encode()):08x}"


def strange_countries(job: Import) -> list[StrangeCountry]:
    """The commonest first; leads of these rows have no country. One query for each column of countries."""
    found: Counter[str] = Counter()
    for rows, cell, _place in _columns(job):
        texts = rows.order_by().values_list(cell).annotate(number=Count("pk")).order_by("-number", cell)
        found.update({text: number for text, number in texts[:MOST_TEXTS] if is_strange(text)})
    return [StrangeCountry(*each) for each in sorted(found.items(), key=lambda each: (-each[1], each[0]))]


def absent(job: Import, texts: Iterable[str]) -> list[str]:
    """Those of the texts that stand in no column of countries."""
    wanted, there = list(texts), set[str]()
    for rows, cell, _place in _columns(job):
        there |= set(rows.filter(**{f"{cell}__in": wanted}).values_list(cell, flat=True))
    return [text for text in wanted if text not in there]


def likely(text: str) -> str:
    """The country whose name is nearly this.

    >>> likely("SWEEDEN"), likely("Atlantis")
    ('Sweden', '')
    """
    best = process.extractOne(fold(text), FOLDED, scorer=fuzz.ratio, score_cutoff=CLOSE)
    return NAMES[best[2]] if best else ""


def rename_countries(job: Import, meant: Mapping[str, str]) -> int:
    """Writes these texts of the file as the country that was meant, but none that is one; answers in how many cells."""
    changed = 0
    for rows, cell, place in _columns(job):
        for text, country in meant.items():
            if is_strange(text):  # and a country's name is not, so that no text is written anew twice
                changed += rows.filter(**{cell: text}).update(cells=_with_cell(place, country))
    return changed


def _columns(job: Import) -> Iterator[tuple[QuerySet[SourceFileRow], str, int]]:
    file = job.file
    for field in FIELDS:
        if file and field in file.mapping:
            place = file.mapping[field]
            yield SourceFileRow.objects.filter(workspace_id=job.workspace_id, file=file), f"cells__{place}", place


def is_strange(text: str | None) -> bool:
    """Whether it is neither a country nor a word for an empty cell."""
    told = (text or "").strip()
    return bool(told) and told.casefold() not in NOTHING and not places.country_code(told)


def _with_cell(place: int, text: str) -> Func:
    """A row's cells with another text in that place, counted from 0."""
    kind, cells = ArrayField(TextField()), F("cells")
    parts = (cells[:place], Value([text], output_field=kind), cells[place + 1 :])
    return Func(*parts, template="(%(expressions)s)", arg_joiner=" || ", output_field=kind)
