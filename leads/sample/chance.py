"""Repeatable chance, and names as they stand in addresses."""

from collections.abc import Sequence
from random import Random
from typing import Protocol, TypeVar

from leads.names import fold

TRIES = 8  # at a free number of one pattern
GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "ae", "Ö": "oe", "Ü": "ue"})


class Weighted(Protocol):
    @property
    def weight(self) -> int: ...


Option = TypeVar("Option", bound=Weighted)


def draw(seed: int, kind: str, number: int) -> Random:
    """Chance for one thing alone, so that it stays the same however many others there are."""
    return Random(f"{seed}/{kind}/{number}")


def weighted(chance: Random, options: Sequence[Option]) -> Option:
    return chance.choices(options, [option.weight for option in options])[0]


def digits(chance: Random, pattern: str) -> str:
    """The pattern with a digit for each x."""
    return "".join(chance.choice("0123456789") if character == "x" else character for character in pattern)


def number_of_nobody(chance: Random, *kinds: Sequence[str], taken: set[str]) -> str:
    """A number that nobody has by a pattern of the first kind, else of the next; notes that it is taken. "" for none.

    It takes more or less of `chance`, so that this should serve for nothing else.
    """
    for pattern in (each for kind in kinds for each in chance.sample(kind, len(kind))):
        for _ in range(TRIES):
            found = digits(chance, pattern)
            if found not in taken:
                taken.add(found)
                return found
    return ""


def spelled(text: str, language: str = "") -> str:
    """Letters, digits and hyphens for addresses: "Jürgen" is "juergen" in German and "jurgen" elsewhere."""
    plain = fold(text.translate(GERMAN) if language == "de" else text).replace("-", " ")
    words = ("".join(filter(str.isalnum, word)) for word in plain.split())
    return "-".join(word for word in words if word)


def free(wanted: str, suffix: str, taken: set[str]) -> str:
    """`wanted` + `suffix`, with a number between if somebody has it; notes that it is taken now."""
    number, found = 1, wanted + suffix
    while found in taken:
        number += 1
        found = f"{wanted}{number}{suffix}"
    taken.add(found)
    return found
