"""How many leads are wanted, where a sentence counts the people themselves: "25 CFOs at fintechs", "ten heads of sales"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from leads.criteria.sentence.quantities import NUMBER, Quantity, number, quantity_at
from leads.criteria.sentence.roles import is_topic, role_at
from leads.criteria.sentence.tokens import Token

WORDS_BETWEEN = 3  # "50 German software CFOs"
_PEOPLE = ("people", "persons")
_WORKING = ("at", "who", "responsible", "working")  # what is said of persons and never of a company's size
_OPENING = re.compile(
    r"\s*(?:(?:please|can|could|would|you|i|we|i'd|we'd|like|need|want|find|get|give|show|list|search|look|looking|for|us|me"
    r"|a|the|to)\s+)*",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?:(?:the )?(?:top|best|first) |up to |at most |no more than |max(?:imum(?: of)?|\.)? )?(?P<count>{NUMBER})(?=\s+\w)",
    re.IGNORECASE,
)


def count_at(text: str, found: Sequence[Token], place: int, *, year: int) -> Quantity | None:
    """The number that opens a sentence and counts a role; None if it counts anything else, as in "200 people in Graz".

    Worked example: "Find me up to 25 German CFOs" -> at most 25 leads, from "up to" to "25".
    """
    start = found[place].start
    said = _COUNT.match(text, start)
    if said is None or not _OPENING.fullmatch(text[:start]):
        return None
    after = next((index for index, token in enumerate(found) if token.start >= said.end()), len(found))
    is_sized = quantity_at(text, said.start("count"), year=year) is not None
    if not _is_of_people(found, after) and not _is_before_role(found, after, 1 if is_sized else 1 + WORDS_BETWEEN):
        return None
    low, factor = number(said["count"])
    return Quantity(said.end(), "most_leads", None, round(low * factor))


def _is_of_people(found: Sequence[Token], place: int) -> bool:
    """ "people in finance", "people at banks", "people who buy"; but "people in Graz" may tell a company's size."""
    words = found[place : place + 3]
    if len(words) < 2 or words[0].raw not in _PEOPLE or words[1].is_apart:
        return False
    return words[1].raw in _WORKING or (
        words[1].raw in ("in", "from") and len(words) > 2 and is_topic(found, place + 2)
    )


def _is_before_role(found: Sequence[Token], after: int, most: int) -> bool:
    """Whether a role begins at the place or a few words further, with no mark and no "at" or "with" in between."""
    for index in range(after, min(after + most, len(found))):
        if found[index].is_apart or found[index].raw in ("at", "in", "with", "of", "from", "to", "and", "or"):
            return False
        if role_at(found, index):
            return True
    return False
