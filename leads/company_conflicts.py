"""Where sources disagree about a company: the value that holds beside what another source says now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leads.agreement import agree, contradicting
from leads.company_facts import GROUPS, Fact, Told, as_told, group_of, is_known
from leads.conflicts import PERSON
from leads.fact_words import between, country, people
from leads.identity import domain_key
from leads.models import Authority, Company, Evidence
from leads.names import company_words

COMPANY = "company."
MOST_ROWS = 1_000  # the newest evidence of a company with a great many people
# The groups of columns that people choose between, in the order of the page, and which columns must agree.
PICKABLE: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "domain": ("domain",),
    "industry": ("industry",),
    "employees_min": ("employees",),
    "country": ("country", "city"),
    "revenue_usd": ("revenue_usd",),
    "founded_year": ("founded_year",),
    "funding_stage": ("funding_stage",),
    "phone": ("phone",),
    "linkedin_slug": ("linkedin_url",),
}
LABELS = {"employees_min": "employees", "country": "place"}


@dataclass(frozen=True, slots=True)
class Said:
    """What one source says of a group of columns; `pk` is the evidence that speaks for it."""

    pk: int
    group: str
    fact: Fact

    @property
    def value(self) -> str:
        """As it is told: ("DE", "", "Ulm") is Ulm, Germany; what has a code stays a code."""
        values = self.fact.values
        if self.group == "country":
            return ", ".join(filter(None, (values[2], country(values[0]))))
        if self.group == "employees_min":
            low, high = values
            return between(str(low), str(high)) if high is not None else f"{people(low, None)} people"
        return str(values[0])

    @property
    def source(self) -> str:
        return self.fact.source

    @property
    def confidence(self) -> float:
        return self.fact.confidence

    @property
    def observed_at(self) -> datetime:
        return self.fact.observed_at


@dataclass(frozen=True, slots=True)
class CompanyConflict:
    """One group on which sources disagree: what holds, and what could be chosen instead."""

    group: str
    used: Said
    others: tuple[Said, ...]

    @property
    def field(self) -> str:
        return LABELS.get(self.group, self.group)

    @property
    def is_settled(self) -> bool:
        """Whether a person chose what holds: no source overrules it, and people may choose again."""
        return self.used.fact.authority == Authority.PERSON


def company_conflicts(company: Company) -> tuple[CompanyConflict, ...]:
    """The disagreements in the order of PICKABLE; only what each source said last counts. Two queries."""
    used, offers = in_use(company), _last_of_each_source(company)
    found = (_conflict(group, used.get(group), offers.get(group, ())) for group in PICKABLE)
    return tuple(each for each in found if each)


def in_use(company: Company) -> dict[str, Said]:
    """By group what holds and where it is from."""
    rows = Evidence.objects.of(company.workspace_id).filter(company=company, is_current=True).order_by("pk")
    return {group: _holding(company, group, row) for row in rows if (group := group_of(row.field)) in PICKABLE}


def offered(company: Company, evidence_id: int) -> Said | None:
    """What this evidence of one of the company's people says of it, if it is among what sources said last."""
    offers = _last_of_each_source(company).values()
    return next((each for some in offers for each in some if each.pk == evidence_id), None)


def is_about(company: Company, told: Told) -> bool:
    """Whether it is this company that was told of, and not one where the person worked before.

    The same web site says so, or a name that says no more than the other; who names neither tells of this one.
    """
    name, domain = (told.facts[each].values[0] if each in told.facts else "" for each in ("name", "domain"))
    if not name or (domain and domain_key(domain) == domain_key(company.domain)):
        return True
    mine, theirs = set(company_words(company.name)), set(company_words(name))
    return mine <= theirs or theirs <= mine


def _holding(company: Company, group: str, row: Evidence) -> Said:
    values = tuple(getattr(company, column) for column in GROUPS[group])
    return Said(row.pk, group, Fact(values, row.source, row.authority, row.confidence, row.observed_at))


def _conflict(group: str, used: Said | None, offers: Iterable[Said]) -> CompanyConflict | None:
    if used is None or not is_known(used.fact.values[0]):
        return None
    others = contradicting(used, offers, _agree)
    return CompanyConflict(group, used, tuple(others)) if others else None


def _agree(one: Said, other: Said) -> bool:
    """Whether both can be true; what only one of them says contradicts nobody."""
    if one.group != "country":
        return agree(COMPANY + PICKABLE[one.group][0], one.value, other.value)
    columns = GROUPS["country"]
    pairs = zip(columns, one.fact.values, other.fact.values, strict=True)
    known = [(column, a, b) for column, a, b in pairs if column in PICKABLE["country"] and a and b]
    return all(agree(COMPANY + column, a, b) for column, a, b in known)


def _last_of_each_source(company: Company) -> dict[str, list[Said]]:
    """By group what each source said last of the company with any of its people, the surest first."""
    last: dict[tuple[str, str], Said] = {}
    for said in _statements(company):
        last.setdefault((said.group, said.source), said)
    found: dict[str, list[Said]] = defaultdict(list)
    for said in sorted(last.values(), key=lambda each: (-each.fact.authority, -each.confidence, each.source)):
        found[said.group].append(said)
    return found


def _statements(company: Company) -> Iterator[Said]:
    """What was said of it, the newest first."""
    rows = Evidence.objects.of(company.workspace_id).filter(lead__company=company, lead__erased_at=None)
    told = rows.filter(field__startswith=COMPANY).exclude(source=PERSON).order_by("-observed_at", "-pk")
    by_word: dict[tuple[Any, ...], dict[str, Evidence]] = defaultdict(dict)
    for row in told[:MOST_ROWS]:
        word = (row.lead_id, row.source, row.authority, row.confidence, row.observed_at)
        by_word[word].setdefault(row.field.removeprefix(COMPANY), row)
    for word, said in by_word.items():
        one = as_told({name: row.value for name, row in said.items()}, word[1:])
        if is_about(company, one):
            yield from _of_groups(one, said)


def _of_groups(told: Told, said: Mapping[str, Evidence]) -> Iterator[Said]:
    """Each group whose first column is told: that one names what is chosen."""
    by_column = {group_of(name): row for name, row in said.items() if group_of(name) == _column(name)}
    for group, fact in told.facts.items():
        if group in PICKABLE and group in by_column and is_known(fact.values[0]):
            yield Said(by_column[group].pk, group, fact)


def _column(name: str) -> str:
    return "linkedin_slug" if name == "linkedin_url" else name
