"""Job titles: text in several languages -> seniority and department, and whether a title is one that is wanted."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from leads.names import fold, umlauts_off
from leads.vocabulary.files import read_lines, read_rows

T = TypeVar("T")
# From the least to the most authority: of several signs in one title the highest counts.
SENIORITIES: dict[str, str] = {
    "entry": "Staff and entry",
    "senior": "Senior",
    "manager": "Manager",
    "director": "Director",
    "vp": "Vice president",
    "partner": "Partner",
    "c_level": "C-level",
    "owner": "Owner",
    "founder": "Founder",
}
DEPARTMENTS: dict[str, str] = {
    "executive": "Executive",
    "sales": "Sales",
    "business_development": "Business development",
    "marketing": "Marketing",
    "communications": "Communications",
    "customer_success": "Customer success",
    "support": "Customer support",
    "product": "Product",
    "design": "Design",
    "engineering": "Engineering",
    "data": "Data",
    "it": "IT",
    "security": "Information security",
    "research": "Research",
    "finance": "Finance",
    "legal": "Legal",
    "hr": "Human resources",
    "procurement": "Procurement",
    "operations": "Operations",
    "logistics": "Logistics",
    "manufacturing": "Manufacturing",
    "quality": "Quality and safety",
    "project_management": "Project management",
    "consulting": "Consulting",
    "administration": "Administration",
    "health": "Health care",
    "education": "Education",
    "public_safety": "Public safety",
}
RANK = {code: rank for rank, code in enumerate(SENIORITIES)}
LONGEST_PHRASE = 5
# An assistant of a director, or an intern, is no director: these win over any other sign. Not so an assistant director.
# Nor is an assistant "Owner, Virtual Assistant": there it is what is sold, or a second trade.
_END = r"(?=\s*(?:$|[^\w\s])|\s+(?:at|for|bei|in|im)\s)"
_ASSISTING = re.compile(
    r"\b(?:intern|praktikant(?:in)?|werkstudent(?:in)?|stagiaire|becari[oa])\b|\b(?:executive|personal) assistant\b"
    rf"|\bexecutive pa\b|\bchefsekretar(?:in)?\b|\bfounders?'?s? associate{_END}|\b\w+ head assistant{_END}"
    rf"|\b(?:owner|founder|manager|partner)(?:'s)? assistant{_END}"
    r"|\b(?:head of|chief of|directors?|president|vp|[es]vp|c[efotm]o|chairman|chief \w+ officer)(?: (?!at )[\w&'-]+){0,4}(?:'s)?"
    rf"(?<! virtual)(?<! digital)(?<! voice)(?<! ai)(?<! company)(?<! corporate)(?<! and)(?<! &) (?:assistant|secretary){_END}"
    r"|'s (?:assistant|pa|ea|secretary)\b|(?:^|[,(]\s*| - )assistant(?:$|\s*[,)]| - )|\bassistante\b"
    r"|\b(?:assist\w*|asst\.?|asistente) (?:to|of|der|des|den|de|del|dell[ao]?|di|do|da|du|von|van|d)\b"
    r"|\b(?:pa|ea|secretary) to\b|\bsekretar(?:in|iat)? (?:der|des|von)\b|\bdirector\w*(?: \w+)? asistente\b"
    r"|\b(?:secretaire|secretari[ao]|segretari[ao]) (?:del?|dell[ao]|di|du|des|da|do) (?:la )?dire[cz]"
    r"|\b\w*(?:assistent(?:in)?|assistenz)\b(?! manager)"
)
# Whoever stands in for a director, or is to become one, is a step below: a manager.
_STANDING_IN = re.compile(
    r"\b(?:junior|trainee|aspiring)\b|\b(?:assistant|asst\.?) (?:\w+ ){0,2}(?:director|vice.president|vp|head|manager)\b"
)
# A rank that is somebody else's: of whom they work for, report to or are named after.
_RANK = (
    r"(?:(?:group|global|deputy) )?(?:c[efotm]os?|chief executive(?: officer)?|chief \w+ officer|founders?|owners?|president"
    r"|chair(?:man|woman|person)?|managing directors?|executive directors?|general manager|directors?|managing partner)"
)
_OF_ANOTHER = re.compile(
    rf"\b(?:to|office of) (?:the |our )?{_RANK}\b|\b{_RANK}'s? (?=office\b|representative\b|rep\b|delegate\b)"
    r"|(?<=referent )der geschaftsfuhrung\b|(?<=referentin )der geschaftsfuhrung\b|(?<=referent )des vorstands?\b"
    r"|(?<=referentin )des vorstands?\b|(?<=buro )des vorstands?\b|(?<=buro )der geschaftsfuhrung\b"
)
_MARKS = re.compile(r"\((?:[mwfdhx]|gn|all)(?:\s*[/|,]\s*[a-z*]+)*\)|[/:*_](?:in|innen)\b|\b[mwf]/[wmfd](?:/[dxm])?\b")
_COMPOUND = re.compile(
    r"([a-z]{2,}?)s?(leiter(?:in)?|leitung|leider|chef(?:in)?|directeur|beauftragte[rn]?|direktor(?:in)?|manager(?:in)?|referent(?:in)?|berater(?:in)?|assistent(?:in)?"
    r"|assistenz|ingenieur(?:in)?|mitarbeiter(?:in)?|sachbearbeiter(?:in)?|vorstand)"
)
_SMALL = frozenset(read_lines("title_small_words.txt"))


@dataclass(frozen=True, slots=True)
class ParsedTitle:
    """`seniority` and `department` are codes or "" for unknown; `confidence` 0..1; `keywords` the topics seen.

    `is_explicit` is False where the seniority is only assumed, because nothing in the title speaks of it; `rest` holds
    the words that told nothing.
    """

    seniority: str = ""
    department: str = ""
    confidence: float = 0.0
    keywords: tuple[str, ...] = ()
    is_explicit: bool = False
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """What a phrase tells of the work; `weight` 2 beats 1 ("software sales" is sales)."""

    department: str
    keyword: str
    weight: int


@lru_cache(maxsize=65_536)
def parse(title: str) -> ParsedTitle:
    """Seniority and department: "VP Sales, EMEA" -> vp, sales; "Leiterin Einkauf" -> director, procurement."""
    words = title_words(title)
    ranks = _ranks(words)
    topics = _phrases(words, _topic_phrases())
    found = [topic for _span, topic in topics if topic.department]
    department = max(found, key=lambda topic: topic.weight).department if found else ""
    own = _OF_ANOTHER.sub(" ", fold(title))
    seniority = _seniority(title, [code for _span, code in _ranks(title_words(own))])
    used = {position for span, _ in (*ranks, *topics) for position in span}
    return ParsedTitle(
        seniority=seniority or ("entry" if found else ""),
        department=department,
        confidence=0.45 * bool(seniority) + 0.45 * bool(found) + 0.1 * bool(words and len(used) == len(words)),
        keywords=tuple(dict.fromkeys(topic.keyword for topic in found)),
        is_explicit=bool(seniority),
        rest=tuple(word for position, word in enumerate(words) if position not in used and word not in _SMALL),
    )


@lru_cache(maxsize=262_144)
def title_matches(wanted: str, title: str) -> bool:
    """Whether a title is one that was asked for: its words stand in it, or it says the same in other words.

    "Head of Marketing" matches "Marketing Director" and "Leiterin Marketing"; "CFO" matches "Chief Financial Officer".
    """
    asked, words = title_words(wanted), title_words(title)
    if not asked or not words:
        return False
    if stands_in(wanted, title):
        if _ASSISTING.search(fold(title)) and not _ASSISTING.search(fold(wanted)):
            return False
        return len(asked) > 1 or not _falls_short(parse(wanted), parse(title))
    want, has = parse(wanted), parse(title)
    if not (want.keywords or want.is_explicit) or not set(want.rest) <= set(words):
        return False
    same_rank = want.seniority == has.seniority and has.is_explicit if want.is_explicit else True
    return same_rank and set(want.keywords) <= set(has.keywords)


def stands_in(wanted: str, title: str) -> bool:
    """Whether the words of one title stand in the other: "Sales Manager" in "Regional Sales Manager"."""
    asked, words = title_words(wanted), title_words(title)
    return any(words[start : start + len(asked)] == asked for start in range(len(words)))


def _falls_short(want: ParsedTitle, has: ParsedTitle) -> bool:
    """Whether the one word that was asked for is a rank which the title does not have: a Product Owner owns no company."""
    return want.is_explicit and RANK.get(has.seniority, 0) < RANK.get(want.seniority, 0)


@lru_cache(maxsize=65_536)
def title_words(title: str) -> tuple[str, ...]:
    """Folded words, gender marks off, German compounds apart: "Vertriebsleiter*in (m/w/d)" -> vertrieb, leiter."""
    bare = _MARKS.sub(" ", fold(title).replace(".", " ").replace("&", " and "))
    words = re.findall(r"[a-z0-9]+", bare.replace("'", " "))
    return tuple(part for word in words for part in _apart(umlauts_off(word)))


def seniority_label(code: str) -> str:
    return SENIORITIES.get(code, code)


def department_label(code: str) -> str:
    return DEPARTMENTS.get(code, code)


def _ranks(words: tuple[str, ...]) -> list[tuple[range, str]]:
    return [(span, code) for span, code in _phrases(words, _seniority_phrases()) if code]


def _seniority(title: str, codes: list[str]) -> str:
    if _ASSISTING.search(fold(title)):
        return "entry"
    held_back = {"manager", "director", "vp"} & set(codes) and _STANDING_IN.search(fold(title))
    return "manager" if held_back else max(codes, key=RANK.__getitem__, default="")


def _apart(word: str) -> tuple[str, ...]:
    if word in _seniority_phrases() or word in _topic_phrases():
        return (word,)
    found = _COMPOUND.fullmatch(word)
    return (found[1], found[2]) if found else (word,)


def _phrases(words: tuple[str, ...], known: dict[str, T]) -> list[tuple[range, T]]:
    """The longest known phrases from left to right, each word in one only."""
    found, start = [], 0
    while start < len(words):
        size = next((n for n in range(LONGEST_PHRASE, 0, -1) if " ".join(words[start : start + n]) in known), 0)
        if size:
            size = min(size, len(words) - start)
            found.append((range(start, start + size), known[" ".join(words[start : start + size])]))
        start += size or 1
    return found


@lru_cache(maxsize=1)
def _seniority_phrases() -> dict[str, str]:
    return {
        _spelled(phrase): row["seniority"]
        for row in read_rows("title_seniorities.csv")
        for phrase in row["phrases"].split("|")
    }


@lru_cache(maxsize=1)
def _topic_phrases() -> dict[str, Topic]:
    return {
        _spelled(phrase): Topic(row["department"], row["topic"], int(row["weight"]))
        for row in reversed(read_rows("title_departments.csv"))
        for phrase in row["phrases"].split("|")
    }


def _spelled(phrase: str) -> str:
    return " ".join(umlauts_off(word) for word in re.findall(r"[a-z0-9]+", fold(phrase)))
