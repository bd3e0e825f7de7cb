"""Text to query: terms in canonical form, and for what cannot be read a sentence with what was probably meant; pure.

read('grade:a,b induztry:energy -hiring', Scope())
-> terms grade:A,B and -hiring; one problem: There is no filter “induztry”. Did you mean “industry:energy”?
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from rapidfuzz import fuzz, process

from leads.query.fields import ALIASES, FIELDS, Field
from leads.query.scope import Scope
from leads.query.terms import WORDS, LeadQuery, Term
from leads.query.tokens import LONGEST, Token, quoted, tokens

MOST_TERMS = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read: the sentence for people, the token as typed, and the token that may be meant ("" if none)."""

    sentence: str
    raw: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    query: LeadQuery
    problems: tuple[Problem, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether all of the text was understood: only then may something be done to everything that matches."""
        return not self.problems


def read(text: str, scope: Scope) -> Reading:
    """The query of a text. What is not understood is left out of it and told."""
    found = [_term(token, scope) for token in tokens(text)]
    problems = [each for each in found if isinstance(each, Problem)]
    terms = [each for each in found if isinstance(each, Term)]
    if len(text) > LONGEST or len(terms) > MOST_TERMS:
        problems.append(Problem(f"Only the first {MOST_TERMS} conditions are used: the search is very long.", ""))
    query = reduce(LeadQuery.plus, terms[:MOST_TERMS], LeadQuery())
    return Reading(query, tuple(problems))


def term_of(name: str, texts: list[str], scope: Scope) -> Term | Problem:
    """One term from values that were chosen or typed one by one, as a form sends them."""
    spelled = f"{name}:{','.join(quoted(text) for text in texts)}"
    return _term(Token(name, tuple(texts), raw=spelled), scope)


def _term(token: Token, scope: Scope) -> Term | Problem:
    name = ALIASES.get(token.key, token.key) or WORDS
    field = FIELDS.get(name)
    if field is None or token.key == WORDS:
        return _unknown_field(token)
    if not token.values:
        return _no_value(token, field, scope)
    values = {text: field.read(text, scope) for text in token.values}
    wrong = next((text for text, value in values.items() if value is None), None)
    if wrong is not None:
        return _unknown_value(token, field, wrong, scope)
    return Term(name, tuple(dict.fromkeys(value for value in values.values() if value)), token.is_excluded)


def _unknown_field(token: Token) -> Problem:
    names = [name for name in (*FIELDS, *ALIASES) if name != WORDS]
    near = process.extractOne(token.key, names, scorer=fuzz.ratio, score_cutoff=55)
    if not near:
        return Problem(
            f"There is no filter “{token.key}”. There are: {', '.join(sorted(FIELDS.keys() - {WORDS}))}.", token.raw
        )
    instead = token.raw.replace(f"{token.raw.partition(':')[0].lstrip('-')}:", f"{near[0]}:", 1)
    return Problem(f"There is no filter “{token.key}”. Did you mean “{instead}”?", token.raw, instead)


def _no_value(token: Token, field: Field, scope: Scope) -> Problem:
    examples = field.near("", scope)
    such = f", such as {_spoken([f'{field.name}:{quoted(each)}' for each in examples])}" if examples else ""
    return Problem(f"“{field.name}:” needs a value{such}.", token.raw)


def _unknown_value(token: Token, field: Field, wrong: str, scope: Scope) -> Problem:
    sentence = f"{field.label} knows no “{wrong}”."
    near = field.near(wrong, scope)
    if not near:
        return Problem(f"{sentence} There is none yet.", token.raw)
    minus = "-" if token.is_excluded else ""
    kept = [quoted(near[0]) if text == wrong else quoted(text) for text in token.values]
    return Problem(f"{sentence} Did you mean {_spoken(near)}?", token.raw, f"{minus}{field.name}:{','.join(kept)}")


def _spoken(texts: list[str]) -> str:
    """“a”, “b” or “c”."""
    said = [f"“{text}”" for text in texts]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} or {said[-1]}"
