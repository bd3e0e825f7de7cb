"""Which of several meanings a phrase has, by what stands before and behind it: "marketing" the industry or the department."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leads.criteria.sentence.before import Before
from leads.criteria.sentence.lexicon import LONGEST, meanings, with_commas, words_by_role
from leads.criteria.sentence.phrases import Phrase
from leads.criteria.sentence.placing import with_country
from leads.criteria.sentence.tokens import Token

# Departments that any company has; the others are first of all industries.
CORE = frozenset(
    {"sales", "business_development", "marketing", "communications", "customer_success", "support", "product", "design"}
    | {
        "engineering",
        "data",
        "it",
        "finance",
        "legal",
        "hr",
        "procurement",
        "operations",
        "quality",
        "project_management",
    }
)
# What is said for a department rather than for the industry of the same name.
_CORE_WORDS = frozenset(
    {
        "sale",
        "marketing",
        "finance",
        "legal",
        "hr",
        "it",
        "engineering",
        "procurement",
        "purchasing",
        "design",
        "product",
    }
    | {"data", "operation", "support", "accounting", "communication", "quality", "compliance", "controlling"}
)
_NO_DEPARTMENTS = frozenset(
    {"people", "personal", "office", "talent", "growth", "media", "content", "brand", "art", "event", "shop", "store"}
)
# Names that are also plain words: they count only where their kind is expected.
_PLAIN_PLACES = frozenset(
    {"nice", "reading", "split", "cork", "essen", "male", "mobile", "bath", "gulf", "chad", "turkey"}
)
_PLAIN_TECHNOLOGIES = frozenset(
    {"close", "copper", "square", "segment", "heap", "drift", "brave", "lever", "spring", "rust", "ruby", "react"}
    | {"zoom", "slack", "notion", "sage", "workable", "gusto", "deel", "greenhouse", "sentry", "amplitude", "iterable"}
    | {"node", "rail", "net"}
)
_PLAIN_INDUSTRIES = frozenset(
    {"it", "consumer", "b2b", "gas", "health", "internet", "library", "court", "blog", "physician"}
)
_ALWAYS = frozenset({"nyc", "uk", "usa", "uae"})
_LOWER = frozenset({"us", "eu"})


def choose(found: Sequence[Token], start: int, before: Before) -> Phrase | None:
    """The reading that fits best here: the longest, then the one that is expected."""
    phrases = [phrase for phrase in _phrases(found, start) if _is_plausible(found, start, phrase, before)]
    if not phrases:
        return None
    longest = max(phrase.size for phrase in phrases)
    rivals = {phrase.name: phrase for phrase in phrases if phrase.size == longest}
    best = rivals[_expected(found, start, rivals, before)]
    return with_country(found, start, best) if best.name == "places" else _with_noun(found, start, best)


def _phrases(found: Sequence[Token], start: int) -> Iterator[Phrase]:
    for size in range(min(LONGEST, len(found) - start), 0, -1):
        window = found[start : start + size]
        if any(token.is_quoted for token in window) or not all(_is_close(token) for token in window[1:]):
            continue
        words = tuple(token.said for token in window)
        for name, known in meanings().items():
            if words in known and not (_is_list(window) and words not in with_commas()):
                yield Phrase(name, known[words], size)


def _is_close(token: Token) -> bool:
    """A comma may stand in a label ("Oil, Gas, and Mining"), nothing stronger."""
    return not token.is_apart or token.gap.strip() == ","


def _is_list(window: Sequence[Token]) -> bool:
    return any(token.is_apart for token in window[1:])


def _is_plausible(found: Sequence[Token], start: int, phrase: Phrase, before: Before) -> bool:
    token = found[start]
    word = token.said
    if phrase.name == "places":
        return phrase.size > 1 or _is_place(token, word, before)
    if phrase.name == "technologies" and phrase.size == 1:
        is_expected = before.context == "technology" or before.continues("technologies")
        return is_expected or (word not in _PLAIN_TECHNOLOGIES and (len(token.raw) > 3 or token.is_shouted))
    if phrase.name == "seniorities":
        return before.context == "level" or before.continues("seniorities")
    if phrase.size == 1 and word == "it":
        return token.is_shouted or _behind(found, start + 1, "company")
    if phrase.name == "industries" and phrase.size == 1 and word in _PLAIN_INDUSTRIES:
        return before.context in ("at", "place") or _behind(found, start + 1, "company")
    return phrase.name != "departments" or _is_department(found, start, phrase, before)


def _is_place(token: Token, word: str, before: Before) -> bool:
    is_expected = before.context == "place" or before.continues("places") or before.preposition in ("in", "from", "the")
    if len(token.raw) <= 3 and token.raw not in _ALWAYS:
        return (token.text.isupper() and token.raw not in ("it", "hr", "pr", "ai")) or (
            is_expected and token.raw in _LOWER
        )
    return is_expected and token.text[:1].isupper() if word in _PLAIN_PLACES else True


def _is_department(found: Sequence[Token], start: int, phrase: Phrase, before: Before) -> bool:
    """A department is spoken of after people, or is one that any company has."""
    if phrase.size == 1 and found[start].said in _NO_DEPARTMENTS:
        return False
    if before.context == "department" or before.continues("departments"):
        return True
    if _behind(found, start + phrase.size, "company"):
        return False
    return phrase.size > 1 or phrase.values[0] in CORE


def _expected(found: Sequence[Token], start: int, rivals: dict[str, Phrase], before: Before) -> str:
    """The name of the field that is expected among those that are possible."""
    behind = start + next(iter(rivals.values())).size
    likely = [
        ("technologies", before.context == "technology" or before.continues("technologies")),
        ("seniorities", before.context == "level"),
        ("departments", before.context == "department" or before.continues("departments")),
        ("industries", _behind(found, behind, "company") or before.context == "at" or before.continues("industries")),
        ("funding_stages", True),
        ("places", True),
        ("industries", before.last == "titles" or found[start].word not in _CORE_WORDS),
        ("technologies", True),
        ("departments", True),
    ]
    return next((name for name, is_so in likely if is_so and name in rivals), next(iter(rivals)))


def _with_noun(found: Sequence[Token], start: int, phrase: Phrase) -> Phrase:
    """ "software companies": the noun belongs to the industry."""
    end = start + phrase.size
    if phrase.name != "industries" or not _behind(found, end, "company"):
        return phrase
    return Phrase(phrase.name, phrase.values, phrase.size + 1, is_sure=True)


def _behind(found: Sequence[Token], place: int, kind: str) -> bool:
    if place >= len(found) or found[place].is_apart:
        return False
    token = found[place]
    return kind in words_by_role().get((token.said,), frozenset())
