"""Does a candidate fit one criterion: yes, no, or not known, with what was found in words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from leads.candidate import Candidate, CompanyFacts
from leads.criteria.terms import Criterion, Range, Terms
from leads.names import fold
from leads.vocabulary import funding, industries, places, technologies, titles

NOT_KNOWN = "not known"
BY_QUESTION = "as the provider was asked"
FREE_TEXT = frozenset(
    {"keywords", "technologies"}
)  # a provider finds them in texts, and by spellings, that it does not tell


@dataclass(frozen=True, slots=True)
class Finding:
    """`fits` None: the fact is not known. `excluded`: an exclusion holds, which no level excuses."""

    fits: bool | None
    found: str = NOT_KNOWN
    excluded: bool = False


def find(criterion: Criterion, candidate: Candidate) -> Finding:
    """How the candidate stands to the criterion; what nobody tells holds where the provider was asked for nobody else."""
    finding = _judged(criterion, candidate)
    is_untold = finding.fits is None or (criterion.name in FREE_TEXT and not finding.excluded)
    return Finding(True, BY_QUESTION) if is_untold and candidate.is_promised(criterion.name) else finding


def _judged(criterion: Criterion, candidate: Candidate) -> Finding:
    asked = criterion.asked
    if isinstance(asked, Terms):
        return _terms(criterion.name, asked, candidate)
    if isinstance(asked, Range):
        return _RANGES[criterion.name](asked, candidate)
    return _FLAGS[criterion.name](candidate)


def _terms(name: str, asked: Terms, candidate: Candidate) -> Finding:
    known, found, matches = _TERMS[name](candidate)
    if not known:
        return Finding(None if asked.values else True)
    for term in asked.excluded:
        if matches(term):
            return Finding(False, f"“{term}”" if name == "keywords" else found, excluded=True)
    return Finding(not asked.values or any(matches(term) for term in asked.values), found)


_Known = tuple[bool, str, Callable[[str], bool]]


def _keywords(candidate: Candidate) -> _Known:
    text = f"{company_text(candidate.company)}| {plain(candidate.title)} "
    return True, "no such words", lambda term: f" {keyword(term)} " in text


def company_text(company: CompanyFacts) -> str:
    """The words of a company that a keyword may meet: " acme | office software | crm | ", parts apart by a bar."""
    industry = industries.label(company.industry)
    parts = (
        company.name,
        company.description,
        *company.keywords,
        *company.technologies,
        company.industry_raw,
        industry,
    )
    return f" {plain(' | '.join(parts))} "


def _industry(candidate: Candidate) -> _Known:
    code = candidate.company.industry
    return bool(code), industries.label(code), lambda term: code in industries.descendants(term)


def _place(candidate: Candidate) -> _Known:
    """Where the person is; where that is not known, or there is no person, where the company is."""
    at = candidate if candidate.country else candidate.company
    found = ", ".join(part for part in (at.city, at.region, _country_name(at.country)) if part)
    return bool(at.country), found, lambda term: places.place_matches(term, at.country, at.region, at.city)


def _title(candidate: Candidate) -> _Known:
    title = candidate.title
    return bool(title), title, lambda term: titles.title_matches(term, title)


def _seniority(candidate: Candidate) -> _Known:
    code = titles.parse(candidate.title).seniority
    return bool(code), titles.seniority_label(code), lambda term: term == code


def _department(candidate: Candidate) -> _Known:
    code = titles.parse(candidate.title).department
    return bool(code), titles.department_label(code), lambda term: term == code


def _technology(candidate: Candidate) -> _Known:
    used = {technologies.key(name) for name in candidate.company.technologies}
    found = ", ".join(candidate.company.technologies[:5])
    return bool(used), found, lambda term: technologies.key(term) in used


def _funding(candidate: Candidate) -> _Known:
    stage = funding.normalise(candidate.company.funding_stage)
    return bool(stage), funding.label(stage), lambda term: term == stage


def _employees(asked: Range, candidate: Candidate) -> Finding:
    """A band fits if it lies inside the range or shares more than its edge with it: 11-50 does not fit "from 50"."""
    low, high = candidate.company.employees_min, candidate.company.employees_max
    if low is None:
        return Finding(None)
    above = asked.min is None or low >= asked.min or high is None or high > asked.min
    below = asked.max is None or low < asked.max or (high is not None and high <= asked.max)
    words = f"{low:,}" if low == high else f"{low:,} to {high:,}" if high is not None else f"{low:,} or more"
    return Finding(above and below, f"{words} employees")


def _revenue(asked: Range, candidate: Candidate) -> Finding:
    revenue = candidate.company.revenue_usd
    return Finding(None) if revenue is None else Finding(_inside(asked, revenue), f"{revenue:,} US dollars")


def _founded(asked: Range, candidate: Candidate) -> Finding:
    year = candidate.company.founded_year
    return Finding(None) if year is None else Finding(_inside(asked, year), f"founded in {year}")


def _inside(asked: Range, value: int) -> bool:
    return (asked.min is None or value >= asked.min) and (asked.max is None or value <= asked.max)


def _email(candidate: Candidate) -> Finding:
    return Finding(True, candidate.email) if candidate.email else Finding(None)


def _phone(candidate: Candidate) -> Finding:
    """A direct number, or the company's: both reach it."""
    phone = candidate.phone or candidate.company.phone
    return Finding(True, phone) if phone else Finding(None)


def _signal(kind: str) -> Callable[[Candidate], Finding]:
    def finding(candidate: Candidate) -> Finding:
        seen = next((signal for signal in candidate.signals if signal.kind == kind), None)
        return Finding(True, seen.detail or kind.replace("_", " ")) if seen else Finding(None)

    return finding


def _country_name(code: str) -> str:
    country = places.COUNTRIES.get(code.upper())
    return country.name if country else code


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """What keywords are compared by: words with single spaces; + and # stay, so that C++ and C# differ from C."""
    return " ".join(re.findall(r"[a-z0-9+#]+|\|", fold(text)))


@lru_cache(maxsize=4_096)
def keyword(term: str) -> str:
    """A keyword as it is looked for: plain words, without the bar that keeps texts apart; "" if it has none."""
    return " ".join(word for word in plain(term).split() if word != "|")


_TERMS: dict[str, Callable[[Candidate], _Known]] = {
    "keywords": _keywords,
    "industries": _industry,
    "places": _place,
    "titles": _title,
    "seniorities": _seniority,
    "departments": _department,
    "technologies": _technology,
    "funding_stages": _funding,
}
_RANGES: dict[str, Callable[[Range, Candidate], Finding]] = {
    "employees": _employees,
    "revenue": _revenue,
    "founded": _founded,
}
_FLAGS: dict[str, Callable[[Candidate], Finding]] = {
    "has_email": _email,
    "has_phone": _phone,
    "hiring": _signal("hiring"),
    "new_in_role": _signal("new_in_role"),
}
