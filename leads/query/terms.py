"""The value object behind a query: terms that must all hold, each of one field; pure.

LeadQuery((Term("grade", ("A+", "A")), Term("words", ("hiring",), is_excluded=True))).text
-> 'grade:A+,A -hiring'
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from leads.query.tokens import quoted, quoted_word

WORDS = "words"
SEVERAL = frozenset({WORDS, "title", "tag", "list", "run", "signal", "technology", "company", "is"})


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: the field has any of the values, or (`is_excluded`) none of them."""

    field: str
    values: tuple[str, ...]
    is_excluded: bool = False

    @property
    def text(self) -> str:
        minus = "-" if self.is_excluded else ""
        if self.field == WORDS:
            return minus + quoted_word(self.values[0])
        return f"{minus}{self.field}:{','.join(quoted(value) for value in self.values)}"


@dataclass(frozen=True, slots=True)
class LeadQuery:
    """Terms in the order in which they were first named; those of one field that mean one condition stand together."""

    terms: tuple[Term, ...] = ()

    @property
    def text(self) -> str:
        """The canonical text: reading it gives the same query again."""
        return " ".join(term.text for term in self.terms)

    def plus(self, term: Term) -> LeadQuery:
        """With one more term. A lead has one grade or one stage, so `grade:A grade:B` is A or B; but several tags."""
        if term in self.terms:
            return self
        for place, each in enumerate(self.terms):
            if _belong_together(each, term):
                merged = replace(each, values=tuple(dict.fromkeys((*each.values, *term.values))))
                return LeadQuery((*self.terms[:place], merged, *self.terms[place + 1 :]))
        return LeadQuery((*self.terms, term))

    def without(self, term: Term) -> LeadQuery:
        return LeadQuery(tuple(each for each in self.terms if each != term))

    def values(self, field: str) -> tuple[str, ...]:
        """What is asked of a field, exclusions aside."""
        return tuple(value for term in self.terms if _asks(term, field) for value in term.values)

    def setting(self, field: str, values: tuple[str, ...]) -> LeadQuery:
        """With exactly these values asked of the field, in its old place; with none, the field is not asked for."""
        places = [place for place, term in enumerate(self.terms) if _asks(term, field)]
        kept = [term for term in self.terms if not _asks(term, field)]
        if values:
            kept.insert(places[0] if places else len(kept), Term(field, values))
        return LeadQuery(tuple(kept))


def _asks(term: Term, field: str) -> bool:
    return term.field == field and not term.is_excluded


def _belong_together(one: Term, other: Term) -> bool:
    if one.field != other.field or one.is_excluded != other.is_excluded or one.field == WORDS:
        return False
    return one.is_excluded or one.field not in SEVERAL
