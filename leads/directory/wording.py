"""Which of the directory's own spellings a search term stands for, so that SQL filters exactly as Criteria judges."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from django.contrib.postgres.aggregates import BoolOr
from django.db import connection
from django.db.models import Max, Sum

from leads.criteria.judging import keyword, plain
from leads.models import Dataset
from leads.vocabulary import places, technologies, titles
from leads.vocabulary.close_titles import close_titles

Version = tuple[object, ...]
_settled: ContextVar[list[Version] | None] = ContextVar("settled", default=None)


@contextmanager
def settled() -> Iterator[None]:
    """Within it the data sets are asked once for their version, however many terms are looked up; also a decorator."""
    token = _settled.set([])
    try:
        yield
    finally:
        _settled.reset(token)


def version() -> Version:
    """Changes whenever a data set is loaded; the spellings found are kept as long as it stays."""
    kept = _settled.get()
    if kept is None:
        return _version()
    if not kept:
        kept.append(_version())
    return kept[0]


def has_samples() -> bool:
    """Whether a data set of invented records is loaded."""
    return bool(version()[0])


def _version() -> Version:
    changing = (Max("pk"), Max("loaded_at"), Sum("company_count"), Sum("person_count"))
    found = Dataset.objects.aggregate(*changing, has_samples=BoolOr("is_sample"))
    return found.pop("has_samples"), *found.values()


def all_titles() -> tuple[str, ...]:
    """Every title that somebody in the directory has."""
    return _titles(version())


def titles_like(term: str) -> list[str]:
    """The titles that say what was asked for."""
    return _titles_like(term, version())


def titles_close_to(terms: Iterable[str]) -> list[str]:
    """The titles that nearly say what was asked for."""
    return _titles_close_to(tuple(terms), version())


def titles_with(term: str) -> list[str]:
    """The titles in which a keyword stands."""
    return _titles_with(term, version())


def technologies_named(term: str) -> list[str]:
    """The spellings of one technology."""
    return _technologies_named(term, version())


def parts_of(place: str) -> list[str]:
    """The spellings of a city ("city:Berlin,DE") or state within its country."""
    return _parts_of(place, version())


@lru_cache(maxsize=256)
def _titles_like(term: str, known: Version) -> list[str]:
    return [title for title in _titles(known) if titles.title_matches(term, title)]


@lru_cache(maxsize=256)
def _titles_close_to(terms: tuple[str, ...], known: Version) -> list[str]:
    return close_titles(terms, _titles(known))


@lru_cache(maxsize=256)
def _titles_with(term: str, known: Version) -> list[str]:
    return [title for title in _titles(known) if f" {keyword(term)} " in f" {plain(title)} "]


@lru_cache(maxsize=256)
def _technologies_named(term: str, known: Version) -> list[str]:
    wanted = technologies.key(term)
    return [name for name in _technologies(known) if technologies.key(name) == wanted]


@lru_cache(maxsize=256)
def _parts_of(place: str, known: Version) -> list[str]:
    kind, _, rest = place.partition(":")
    country = rest.rpartition(",")[2]
    spelled = _cities(country, known) if kind == "city" else _regions(country, known)
    at = {"city": lambda text: ("", text), "state": lambda text: (text, "")}[kind]
    return [text for text in spelled if places.place_matches(place, country, *at(text))]


@lru_cache(maxsize=1)
def _titles(known: Version) -> tuple[str, ...]:
    return _column("SELECT DISTINCT title FROM leads_directoryperson WHERE title <> ''")


@lru_cache(maxsize=1)
def _technologies(known: Version) -> tuple[str, ...]:
    return _column("SELECT DISTINCT unnest(technologies) FROM leads_directorycompany")


@lru_cache(maxsize=64)
def _cities(country: str, known: Version) -> tuple[str, ...]:
    return _column(
        "SELECT city FROM leads_directorycompany WHERE country = %(country)s AND city <> '' "
        "UNION SELECT city FROM leads_directoryperson WHERE country = %(country)s AND city <> ''",
        country=country,
    )


@lru_cache(maxsize=64)
def _regions(country: str, known: Version) -> tuple[str, ...]:
    return _column(
        "SELECT region FROM leads_directorycompany WHERE country = %(country)s AND region <> '' "
        "UNION SELECT region FROM leads_directoryperson WHERE country = %(country)s AND region <> ''",
        country=country,
    )


def _column(sql: str, **parameters: str) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return tuple(row[0] for row in cursor.fetchall())
