"""How a data set's columns give our fields: the mapping file of `load_directory` (documented in docs/directory.md)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from leads.file_headers import fields
from leads.vocabulary import industries

READY = Path(__file__).resolve().parent.parent / "mappings"
COMPANY = "company"
KEYS = frozenset({"title", "origin", "observed_on", "record", "columns", "words"})
OWN_FIELDS = frozenset({"is_hiring", "url"})


class BadMapping(ValueError):
    """What is wrong with a mapping, in a sentence."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """`columns` names the columns that give a field, best first; `words` replaces a column's words by ours.

    `record` is the column that numbers the records, or COMPANY: then all rows of one company (same domain, else same
    name and country) are one record. `observed_at` None means the day on which the file was written.
    """

    columns: Mapping[str, tuple[str, ...]]
    record: str = COMPANY
    title: str = ""
    observed_at: datetime | None = None
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def joins_listings(self) -> bool:
        return self.record == COMPANY

    def texts(self, row: Mapping[str, str]) -> dict[str, str]:
        """A row's texts under the names of our fields."""
        return {name: self._text(name, row) for name in self.columns}

    def missing(self, header: frozenset[str]) -> list[str]:
        """Columns that the mapping needs and the file lacks: of several for one field, one is enough."""
        wanted = [columns for columns in self.columns.values() if not header & set(columns)]
        lacking = [" or ".join(columns) for columns in wanted]
        return lacking if self.joins_listings or self.record in header else [self.record, *lacking]

    def _text(self, name: str, row: Mapping[str, str]) -> str:
        """The first column that says something; for the industry the first that our tree knows."""
        words = self.words.get(name, {})
        cells = [row.get(column, "").strip() for column in self.columns[name]]
        texts = [words.get(cell, cell) for cell in cells if cell]
        known = (text for text in texts if name == "industry" and industries.find(text))
        return next(known, texts[0] if texts else "")


def read(name: str) -> ColumnMap:
    """A ready mapping by its name ("financedatabase", "yc") or one from a JSON file. Raises BadMapping."""
    ready = READY / f"{name}.columns.json"
    path = ready if ready.exists() else Path(name)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        known = ", ".join(sorted(found.name.split(".")[0] for found in READY.glob("*.columns.json")))
        raise BadMapping(f"There is no mapping file {name}. Ready mappings: {known}.") from error
    except ValueError as error:
        raise BadMapping(f"The mapping {path.name} is not valid JSON: {error}.") from error
    return from_json(data)


def from_json(data: Any) -> ColumnMap:
    """The mapping of a JSON object; raises BadMapping for the first thing that is wrong."""
    if not isinstance(data, dict) or not isinstance(data.get("columns"), dict) or not data["columns"]:
        raise BadMapping('A mapping is a JSON object with "columns": {our field: its column}.')
    _only(data, KEYS, "The mapping has the unknown key")
    _only(data["columns"], OWN_FIELDS | fields().keys(), "The mapping names the unknown field")
    if "company" not in data["columns"] and "domain" not in data["columns"]:
        raise BadMapping('The mapping must say which column has the company\'s name ("company") or "domain".')
    return ColumnMap(
        columns={name: _columns(name, value) for name, value in data["columns"].items()},
        record=_text(data, "record") or COMPANY,
        title=_text(data, "title"),
        observed_at=_day(data.get("observed_on")),
        words=_words(data.get("words", {})),
    )


def _columns(name: str, value: Any) -> tuple[str, ...]:
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not found or not all(isinstance(column, str) and column for column in found):
        raise BadMapping(f'"{name}" must name a column of the file, or a list of columns, best first.')
    return tuple(found)


def _text(data: Mapping[str, Any], key: str) -> str:
    if not isinstance(text := data.get(key, ""), str):
        raise BadMapping(f'"{key}" must be a text.')
    return text


def _words(data: Any) -> dict[str, dict[str, str]]:
    tables = data.values() if isinstance(data, dict) else [None]
    if not all(isinstance(table, dict) and all(isinstance(word, str) for word in table.values()) for table in tables):
        raise BadMapping('"words" is an object of {our field: {the file\'s word: ours}}.')
    return dict(data)


def _only(data: Mapping[str, Any], known: frozenset[str], complaint: str) -> None:
    if unknown := sorted(data.keys() - known):
        raise BadMapping(f'{complaint} "{unknown[0]}". Known are: {", ".join(sorted(known))}.')


def _day(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None
    except (TypeError, ValueError) as error:
        raise BadMapping(f'"observed_on" is a day such as 2023-12-31, not "{text}".') from error
