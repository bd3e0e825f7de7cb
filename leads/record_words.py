"""What the kinds of records are called on pages, by their plural in the database."""

from __future__ import annotations

from collections.abc import Mapping

WORDS = {
    "activities": "Entries of timelines, notes included",
    "companies": "Companies",
    "deliveries": "Deliveries",
    "evidence": "Facts with their sources",
    "exclusions": "Times left out of a run",
    "field changes": "Changed fields",
    "lead identities": "Addresses that identify",
    "lead list entries": "Places on lists",
    "lead scores": "Scores",
    "lead tags": "Tags",
    "leads": "Own fields of other leads",
    "match keys": "Hashes to recognise by",
    "runs": "Runs, by their name or criteria",
    "saved searches": "Saved searches",
    "saved views": "Saved views",
    "score changes": "Changes of the score",
    "signals": "Signals",
    "source file rows": "Rows of uploaded files",
    "suppressions": "Notes of the suppression list",
}


def in_words(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The counts as people read them, the most first; a kind without words is called as in the database.

    >>> in_words({"evidence": 2, "lead edits": 3})
    [('Lead edits', 3), ('Facts with their sources', 2)]
    """
    told = [(WORDS.get(name, name.capitalize()), number) for name, number in counts.items()]
    return sorted(told, key=lambda each: (-each[1], each[0]))
