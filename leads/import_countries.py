"""Countries of an imported file that we do not understand: which, in how many rows, and written anew in all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zlib import crc32

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, F, Func, QuerySet, TextField, Value
from rapidfuzz import fuzz, process

from leads.import_reading import NOTHING
from leads.models import Import, SourceFileRow
from leads.vocabulary import places

FIELDS = ("country", "company_country")
MOST, MOST_TEXTS = 20, 1_000  # shown; looked at
CLOSE = 85  # of 100: a slip of the pen, not another country
NAMES = sorted(each.name for each in places.COUNTRIES.values())


@dataclass(frozen=True, slots=True)
class StrangeCountry:
    """What stands in the file, in so many rows; `likely`: the country that it nearly names."""

    text: str
    rows: int
    likely: str = ""

    @property
    def key(self) -> str:
        """Of its field in a form."""
        return f"country_{crc32(self.text.encode()):08x}"


def strange_countries(job: Import) -> list[StrangeCountry]:
    """The commonest first; leads of these rows have no country. One query for each column of countries."""
    found: Counter[str] = Counter()
    for rows, place in _columns(job):
        texts = rows.order_by().values_list(f"cells__{place}").annotate(number=Count("pk")).order_by("-number")
        found.update({text: number for text, number in texts[:MOST_TEXTS] if _is_strange(text)})
    return [StrangeCountry(text, number, likely(text)) for text, number in found.most_common(MOST)]


def likely(text: str) -> str:
    """The country whose name is nearly this.

    >>> likely("Sweeden"), likely("Atlantis")
    ('Sweden', '')
    """
    best = process.extractOne(text, NAMES, scorer=fuzz.ratio, score_cutoff=CLOSE)
    return best[0] if best else ""


def rename_countries(job: Import, meant: Mapping[str, str]) -> int:
    """Writes these texts of the file as the country that was meant; answers in how many cells."""
    changed = 0
    for rows, place in _columns(job):
        for text, country in meant.items():
            changed += rows.filter(**{f"cells__{place}": text}).update(cells=_with_cell(place, country))
    return changed


def _columns(job: Import) -> Iterator[tuple[QuerySet[SourceFileRow], int]]:
    file = job.file
    for field in FIELDS:
        if file and field in file.mapping:
            yield SourceFileRow.objects.filter(workspace_id=job.workspace_id, file=file), file.mapping[field]


def _is_strange(text: str | None) -> bool:
    told = (text or "").strip()
    return bool(told) and told.casefold() not in NOTHING and not places.country_code(told)


def _with_cell(place: int, text: str) -> Func:
    """A row's cells with another text in that place, counted from 0."""
    kind, cells = ArrayField(TextField()), F("cells")
    parts = (cells[:place], Value([text], output_field=kind), cells[place + 1 :])
    return Func(*parts, template="(%(expressions)s)", arg_joiner=" || ", output_field=kind)
