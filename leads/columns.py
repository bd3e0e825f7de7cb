"""The columns that a list of leads can show, and which of them somebody chose; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """`sort` is a key of `listing.SORTS`, "" where the list cannot be ordered by it; its cell is `leads/cells/_<key>.html`."""

    key: str
    label: str
    sort: str = ""
    is_standard: bool = True

    @property
    def template(self) -> str:
        return f"leads/cells/_{self.key}.html"


ALL = (
    Column("score", "Score", "score"),
    Column("contact", "Contact", "name"),
    Column("signal", "Signal"),
    Column("industry", "Industry and size"),
    Column("data", "Data"),
    Column("stage", "Stage"),
    Column("owner", "Owner"),
    Column("added", "Added", "added"),
    Column("changed", "Changed", "changed", is_standard=False),
    Column("place", "Place", is_standard=False),
    Column("email", "E-mail", is_standard=False),
    Column("phone", "Phone", is_standard=False),
    Column("tags", "Tags", is_standard=False),
    Column("source", "Source", is_standard=False),
)
BY_KEY = {column.key: column for column in ALL}
STANDARD = tuple(column.key for column in ALL if column.is_standard)


def known(keys: Iterable[str]) -> tuple[str, ...]:
    """The keys that are columns, each once, in the order given; the standard ones where none is."""
    return tuple(dict.fromkeys(key for key in keys if key in BY_KEY)) or STANDARD


def shown(keys: Iterable[str]) -> list[Column]:
    return [BY_KEY[key] for key in known(keys)]


def moved(keys: Iterable[str], key: str, step: int) -> tuple[str, ...]:
    """With one column moved left (-1) or right (1); at the end it stays where it is.

    moved(("score", "stage", "owner"), "owner", -1) -> ("score", "owner", "stage")
    """
    order = list(known(keys))
    if key not in order:
        return tuple(order)
    place = order.index(key)
    order.insert(max(0, place + step), order.pop(place))
    return tuple(order)
