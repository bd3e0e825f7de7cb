"""A plain sentence -> criteria that can be edited: what each part of it became, and the words that were not understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leads.criteria import Criteria, InvalidCriteria, Level
from leads.criteria.sentence.assembling import assemble, to_json
from leads.criteria.sentence.items import Asked, Strange
from leads.criteria.sentence.scanning import scan
from leads.criteria.sentence.scoping import Scoped, scoped
from leads.criteria.sentence.wording import became
from leads.criteria.terms import FIELDS, TERM_FIELDS

LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Part:
    """Words of the sentence and what they became, in words; `key` is the criterion's key in JSON, or "most_leads".

    `values` has the terms by attribute of Criteria, none for ranges and flags. `is_guess` where a slip of the pen was
    corrected, or the sentence leaves open what exactly is meant.
    """

    start: int
    end: int
    text: str
    key: str
    became: str
    values: Mapping[str, tuple[str, ...]]
    is_excluded: bool = False
    level: Level = "must"
    is_guess: bool = False

    def to_json(self) -> dict[str, Any]:
        said = {"text": self.text, "criterion": self.key, "became": self.became, "level": self.level}
        return said | {"excluded": self.is_excluded, "guess": self.is_guess}


@dataclass(frozen=True, slots=True)
class Leftover:
    """Words that ask for nothing, with the reason if there is one; `keyword` is how they can be asked for after all."""

    start: int
    end: int
    text: str
    why: str = ""
    is_excluded: bool = False

    @property
    def keyword(self) -> str:
        """The words without marks; empty where they are no words, or were understood and refused for a reason."""
        bare = " ".join(self.text.split()).strip(" -–'\"")
        return bare[:120] if not self.why and any(sign.isalpha() for sign in bare) and len(bare) > 1 else ""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a sentence says. Every word of it is in a part, in a leftover, or only holds the sentence together."""

    sentence: str
    criteria: Criteria
    parts: tuple[Part, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    most_leads: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "sentence": self.sentence,
            "criteria": self.criteria.to_json(),
            "described": self.criteria.describe(),
            "most_leads": self.most_leads,
            "understood": [part.to_json() for part in self.parts],
            "not_understood": [{"text": each.text, "why": each.why} for each in self.leftovers],
        }


def understand(sentence: str, *, year: int) -> Understood:
    """Reads a sentence in plain English, with words of our vocabularies in any of their languages. Raises nothing.

    Worked example: "CTOs at fintechs in Berlin or Vienna with 50 to 200 people, not agencies, ideally using AWS" ->
    titles CTO, industry Financial Services and never the three kinds of agencies, places Berlin and Vienna, 50 to 200
    employees, and Amazon Web Services as nice to have. `year` is the present one.
    """
    text = sentence[:LONGEST]
    things, strange = scoped(scan(text, year=year))
    draft = assemble(things)
    criteria, errors = _valid(to_json(draft))
    left = [_refused(text, each, why) for each, why in draft.refused]
    left += [_refused(text, each, errors[key]) for each, _ in draft.taken if (key := _key(each)) in errors]
    parts = tuple(_part(text, each, values) for each, values in draft.taken if _key(each) not in errors)
    leftovers = sorted([*left, *_joined(text, strange)], key=lambda each: each.start)
    return Understood(text, criteria, parts, tuple(leftovers), draft.most_leads)


def _valid(asked: dict[str, Any]) -> tuple[Criteria, dict[str, str]]:
    """The criteria without those that no vocabulary takes, and a sentence for each of these by its key."""
    try:
        return Criteria.from_json(asked), {}
    except InvalidCriteria as invalid:
        right = {key: value for key, value in asked.items() if key not in invalid.errors}
        return Criteria.from_json(right), invalid.errors


def _key(each: Scoped) -> str:
    return FIELDS.get(each.asked.name, each.asked.name)


def _part(text: str, each: Scoped, values: Mapping[str, tuple[str, ...]]) -> Part:
    asked = each.asked
    return Part(
        start=asked.start,
        end=asked.end,
        text=_text(text, asked),
        key=FIELDS.get(next(iter(values)), asked.name),
        became=became(asked, values),
        values={name: terms for name, terms in values.items() if name in TERM_FIELDS},
        is_excluded=each.is_excluded,
        level=each.level,
        is_guess=asked.is_guess,
    )


def _refused(text: str, each: Scoped, why: str) -> Leftover:
    return Leftover(each.asked.start, each.asked.end, _text(text, each.asked), why)


def _text(text: str, piece: Asked | Strange) -> str:
    return text[piece.start : piece.end]


def _joined(text: str, strange: Sequence[tuple[Strange, bool]]) -> list[Leftover]:
    """Strange words that stand side by side are one thing: "predictive maintenance"."""
    found: list[Leftover] = []
    for each, is_excluded in strange:
        last = found[-1] if found else None
        if (
            last
            and not text[last.end : each.start].strip(" -")
            and (last.why, last.is_excluded) == (each.why, is_excluded)
        ):
            found[-1] = Leftover(last.start, each.end, text[last.start : each.end], each.why, is_excluded)
        else:
            found.append(Leftover(each.start, each.end, _text(text, each), each.why, is_excluded))
    return found
