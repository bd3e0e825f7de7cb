"""Roles in a sentence: job titles ("heads of engineering and product"), levels ("founders") and people of a department."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from leads.criteria.sentence.lexicon import meanings, role_nouns, words_by_role
from leads.criteria.sentence.titling import (
    BEFORE_TOO,
    GENERIC,
    does,
    is_compound,
    is_person,
    is_pronoun,
    is_title_word,
    meant,
    ranks,
    spelled_ranks,
    title,
    topic_words,
)
from leads.criteria.sentence.tokens import Token

LONGEST = 6
MOST = 12
_OWNING = ("owner", "founder")  # of what stands before: "restaurant owners"
_LISTED = frozenset({"and", "or"})
_TAKES_TOPIC = frozenset(
    {"vp", "svp", "evp", "director", "head", "leiter", "leiterin", "leitung", "directeur", "direktor"}
)
# Words of rank alone: they ask for a level, not for a title.
_ALONE = frozenset(
    {"lead", "expert", "specialist", "master", "fellow", "head", "chief", "executive", "senior", "associate"}
)


@dataclass(frozen=True, slots=True)
class Role:
    """What the tokens up to `end` ask for: titles, or levels and departments."""

    end: int
    titles: tuple[str, ...] = ()
    seniorities: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()


def role_at(found: Sequence[Token], start: int) -> Role | None:
    """The role that begins at the token, the longest reading first; None if there is none."""
    readings = (_ranks_of_topics, _topics_before_noun, _spelled_out, _people_of_topic, _level)
    roles = [role for read in readings if (role := read(found, start))]
    return max(roles, key=lambda role: role.end, default=None)


def is_topic(found: Sequence[Token], place: int) -> bool:
    """Whether a field of work begins at the token: "finance", "customer success"."""
    return _topic(found, place) > 0


def _ranks_of_topics(found: Sequence[Token], start: int) -> Role | None:
    """ "heads of engineering and product", "directors or VPs of marketing", "VP Sales"."""
    ranked, place = _list(found, start, _rank)
    if not ranked or place >= len(found):
        return None
    if found[place].raw in ("of", "for") and not found[place].is_apart:
        topics, end = _list(found, place + 1, _topic)
        link = " of "
    elif len(ranked) == 1 and found[place - 1].word in _TAKES_TOPIC and not found[place].is_apart:
        topics, end = _list(found, place, _topic)
        link = " "
    else:
        return None
    if not topics or does(found, end, "company"):
        return None
    named = [f"{rank}{link}{topic}" for rank in ranked for topic in topics]
    return Role(end, titles=tuple(named[:MOST]))


def _topics_before_noun(found: Sequence[Token], start: int) -> Role | None:
    """ "sales and marketing managers", "senior software engineers": the noun is said once for all."""
    lists: list[list[Token]] = [[]]
    for place in range(start, min(start + LONGEST + 2, len(found))):
        token = found[place]
        if (place > start and token.is_apart) or token.is_quoted:
            return None
        if meant(token) in role_nouns() and lists[-1] and not _goes_on(found, place):
            if meant(token) in _OWNING and tuple(word.said for word in lists[0]) in meanings()["industries"]:
                return None
            is_trade = meant(token) not in GENERIC | {"president"}
            is_told = all(is_trade or any(word.raw in topic_words() - BEFORE_TOO for word in words) for words in lists)
            return Role(place + 1, titles=tuple(title([*words, token]) for words in lists)) if is_told else None
        if token.raw in _LISTED and not _is_inside(found, place) and lists[-1]:
            lists.append([])
        elif is_title_word(found, place):
            lists[-1].append(token)
        else:
            return None
    return None


def _is_inside(found: Sequence[Token], place: int) -> bool:
    """ "R&D" is one word, "sales & marketing" are two."""
    return found[place].text == "&" and len(found[place - 1].raw) == 1


def _goes_on(found: Sequence[Token], place: int) -> bool:
    """ "account manager leads": whether a further noun of roles follows."""
    return (
        place + 1 < len(found) and not found[place + 1].is_apart and meant(found[place + 1]) in role_nouns() - {"lead"}
    )


def _spelled_out(found: Sequence[Token], start: int) -> Role | None:
    """A title that tells its rank itself: "CTO", "chief financial officer", "managing directors", "Einkaufsleiter"."""
    for size in range(min(LONGEST, len(found) - start), 0, -1):
        window = found[start : start + size]
        if any(token.is_quoted or (place and token.is_apart) for place, token in enumerate(window)):
            continue
        words = [meant(token) for token in window]
        if " ".join(words) in spelled_ranks() and not (size == 1 and words[0] in GENERIC):
            return Role(start + size, titles=(title(window),))
        if size == 1 and (is_compound(words[0]) or is_person(window[0])):
            return Role(start + 1, titles=(title(window),))
    return None


def _people_of_topic(found: Sequence[Token], start: int) -> Role | None:
    """ "marketing people", "IT decision makers", "the finance department", "sales leadership"."""
    topics, place = _list(found, start, _topic)
    if not topics or place >= len(found) or found[place].is_apart:
        return None
    codes = tuple(dict.fromkeys(code for topic in _topic_codes(found, start, place) for code in topic))
    for size in (2, 1):
        window = found[place : place + size]
        kinds = words_by_role().get(tuple(token.said for token in window), frozenset())
        if len(window) < size:
            continue
        if "leader" in kinds:
            return Role(place + size, seniorities=("c_level", "vp", "director"), departments=codes)
        if "people" in kinds or "department" in kinds:
            return Role(place + size, departments=codes)
    return None


def _level(found: Sequence[Token], start: int) -> Role | None:
    """ "founders", "C-level", "decision makers"; never a rank that is also said of things, such as "lead"."""
    known = meanings()["seniorities"]
    for size in (3, 2, 1):
        window = found[start : start + size]
        phrase = tuple(token.said for token in window)
        if any(token.is_apart for token in window[1:]):
            continue
        if len(window) == size and phrase in known and (size > 1 or phrase[0] not in _ALONE - {"executive"}):
            return Role(start + size, seniorities=known[phrase])
    word = meant(found[start])
    code = ranks().get(word, "") if word in GENERIC - _ALONE or (word == "head" and found[start].raw == "heads") else ""
    return Role(start + 1, seniorities=(code,)) if code else None


def _list(found: Sequence[Token], start: int, read: Callable[[Sequence[Token], int], int]) -> tuple[list[str], int]:
    """Items joined by "and", "or" or a comma, as many as can be read; and the place behind the last."""
    items: list[str] = []
    end = place = start
    while place < len(found) and len(items) < MOST:
        if items and found[place].raw in _LISTED and found[place].text != "&":
            place += 1
        elif items and not ("," in found[place].gap or "/" in found[place].gap):
            break
        size = read(found, place) if place < len(found) else 0
        if not size:
            break
        items.append(title(found[place : place + size]))
        end = place = place + size
    return items, end


def _rank(found: Sequence[Token], place: int) -> int:
    """How many tokens are a rank without a topic: "head", "vice president", "senior director"."""
    for size in (3, 2, 1):
        words = [meant(token) for token in found[place : place + size]]
        code = ranks().get(" ".join(words), "")
        if len(words) == size and code in ("vp", "director", "manager") and words[-1] in role_nouns() | _TAKES_TOPIC:
            return size
    return 0


def _topic(found: Sequence[Token], place: int) -> int:
    """How many tokens are a field of work: "engineering", "customer success", "R&D"."""
    for size in (4, 3, 2, 1):
        window = found[place : place + size]
        phrase = tuple(token.said for token in window)
        if any(token.is_apart for token in window[1:]) or len(window) < size:
            continue
        if " ".join(meant(token) for token in window) in spelled_ranks():
            continue
        is_noun = phrase[-1] in role_nouns() or (size == 1 and is_pronoun(found, place))
        if phrase in meanings()["departments"] and not is_noun:
            return size
    return 0


def _topic_codes(found: Sequence[Token], start: int, end: int) -> list[tuple[str, ...]]:
    codes, place = [], start
    while place < end:
        size = _topic(found, place)
        if size:
            codes.append(meanings()["departments"][tuple(token.said for token in found[place : place + size])])
        place += size or 1
    return codes
