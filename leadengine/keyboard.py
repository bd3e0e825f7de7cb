"""What each key does, as people read it; the pages themselves carry the keys in `data-key`."""

from __future__ import annotations

from dataclasses import dataclass

from leadengine.navigation import destinations


@dataclass(frozen=True, slots=True)
class Key:
    """Keys to press, one after the other or (with +) together, and what they do."""

    keys: tuple[str, ...]
    does: str


@dataclass(frozen=True, slots=True)
class KeyGroup:
    title: str
    keys: tuple[Key, ...]


EVERYWHERE = (
    Key(("Ctrl+K",), "Search or jump to a page, a saved search, a person or a company"),
    Key(("/",), "Search in this page"),
    Key(("?",), "Show these keys"),
    Key(("n",), "New search"),
    Key(("u",), "Undo what was just done, while its message is shown; in a field Tab leads to it"),
    Key(("Esc",), "Close what is open, then end the selection"),
)
LISTS = (
    Key(("j",), "Next row"),
    Key(("k",), "Previous row"),
    Key(("x",), "Select the row"),
    Key(("Shift+x",), "Select all rows from the last one to this"),
    Key(("Enter",), "Open the row; in Leads beside the list"),
    Key(("o",), "Open the page of the row"),
    Key(("e",), "In Leads: enrich the selected leads or, without a selection, the one beside the list"),
    Key(("v",), "In Leads: verify the addresses of the same"),
)
BOARD = (
    Key(("j",), "First card, then the next one"),
    Key(("k",), "Card before"),
    Key(("[",), "Move the card one stage back"),
    Key(("]",), "Move the card one stage on"),
)
LEAD = (
    Key(("j",), "Next lead of the list"),
    Key(("k",), "Previous lead of the list"),
    Key(("1",), "First tab, up to 5 for the last"),
    Key(("c",), "Copy the e-mail address"),
    Key(("e",), "Enrich the lead"),
    Key(("v",), "Verify the e-mail address, at the price beside it"),
)
ENRICHMENT = (
    Key(("a",), "Accept the field in whose row you are, else the first that is to be decided"),
    Key(("r",), "Keep the old value there"),
    Key(("Ctrl+Enter",), "Start the enrichment that is chosen"),
)
DASHBOARD = (
    Key(("d",), "Today"),
    Key(("w",), "The last 7 days"),
    Key(("m",), "The last 30 days"),
    Key(("q",), "The last 13 weeks"),
)
BUILDER = (Key(("Ctrl+Enter",), "Start the run"), Key(("Ctrl+S",), "Save the search"))


def key_groups(*, is_manager: bool = True) -> list[KeyGroup]:
    """All keys that somebody can use; ways to pages only where the page exists."""
    found = [each for each, _url in destinations(is_manager=is_manager)]
    pages = [(each.keys.split(), each.label) for each in found if each.keys.startswith("g ")]
    going = [*pages, (["g", "s"], "Saved searches")]
    return [
        KeyGroup("Everywhere", EVERYWHERE),
        KeyGroup("Go to", tuple(Key(tuple(keys), label) for keys, label in going)),
        KeyGroup("In lists", LISTS),
        KeyGroup("On the page of a lead", LEAD),
        KeyGroup("In the pipeline", BOARD),
        KeyGroup("In an enrichment", ENRICHMENT),
        KeyGroup("In a new search", BUILDER),
        *([KeyGroup("On the dashboard", DASHBOARD)] if is_manager else []),
    ]
