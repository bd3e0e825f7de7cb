"""Criteria as conditions on directory rows: what passes here passes `Criteria.judge`, and nothing else does."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.db.models import Q

from leads.criteria import Criteria, Criterion, Range, Terms
from leads.criteria.judging import keyword
from leads.directory import wording
from leads.vocabulary import industries, places

NOTHING = Q(pk__in=[])
EVERYTHING = Q()


def of_people(criteria: Criteria) -> Q:
    """What a DirectoryPerson must be."""
    return _all(criteria, _PEOPLE, at="company__")


def of_companies(criteria: Criteria) -> Q:
    """What a DirectoryCompany must be that is returned without a person."""
    return NOTHING if criteria.person_required else _all(criteria, _COMPANIES, at="")


def nices_of_people(criteria: Criteria) -> dict[str, Q]:
    """What each *nice* criterion would ask of a DirectoryPerson, by its name."""
    return {each.name: _condition(_as_must(each), _PEOPLE, "company__") for each in criteria.nices()}


def nices_of_companies(criteria: Criteria) -> dict[str, Q]:
    """What each *nice* criterion would ask of a DirectoryCompany, by its name; what only a person can meet, none does."""
    return {each.name: _condition(_as_must(each), _COMPANIES, "") for each in criteria.nices()}


def _as_must(criterion: Criterion) -> Criterion:
    asked = criterion.asked
    if isinstance(asked, Terms):
        return Criterion(criterion.name, replace(asked, excluded=(), level="must"))
    return Criterion(criterion.name, replace(asked, level="must") if isinstance(asked, Range) else "must")


def _all(criteria: Criteria, own: dict[str, Callable[[str], Q]], *, at: str) -> Q:
    condition = EVERYTHING
    for criterion in criteria.musts():
        condition &= _condition(criterion, own, at)
    return condition


def _condition(criterion: Criterion, own: dict[str, Callable[[str], Q]], at: str) -> Q:
    """`at` is the path to the company's columns, `own` the conditions that differ for people and companies."""
    name, asked = criterion.name, criterion.asked
    if isinstance(asked, Range):
        return _RANGES[name](asked, at)
    if not isinstance(asked, Terms):
        return _FLAGS[name](at) if name in _FLAGS else own[name]("")
    meets = own[name] if name in own else lambda term: _TERMS[name](term, at)
    wanted = _any(meets, asked.values) if asked.values and asked.level == "must" else EVERYTHING
    return wanted & ~_any(meets, asked.excluded) if asked.excluded else wanted


def _any(meets: Callable[[str], Q], terms: Iterable[str]) -> Q:
    condition = NOTHING
    for term in terms:
        condition |= meets(term)
    return condition


def _industry(term: str, at: str) -> Q:
    return Q(**{f"{at}industry__in": sorted(industries.descendants(term))})


def _technology(term: str, at: str) -> Q:
    return Q(**{f"{at}technologies__overlap": wording.technologies_named(term)})


def _funding(term: str, at: str) -> Q:
    return Q(**{f"{at}funding_stage": term})


def _company_words(term: str, at: str) -> Q:
    return Q(**{f"{at}search_text__contains": f" {keyword(term)} "})


def _place(term: str, at: str) -> Q:
    """Where a row of the table at the path is: its country's code, and the spelling of its city or state."""
    countries = Q(**{f"{at}country__in": sorted(places.expand(term))})
    kind = term.partition(":")[0]
    columns = {"city": "city", "state": "region"}
    return countries & Q(**{f"{at}{columns[kind]}__in": wording.parts_of(term)}) if kind in columns else countries


def _person_place(term: str) -> Q:
    """Where the person is; where that is not known, where the company is."""
    return _place(term, "") | (Q(country="") & _place(term, "company__"))


def _employees(asked: Range, at: str) -> Q:
    """As judged: a band fits if it shares more than its edge with the range."""
    low, high = f"{at}employees_min", f"{at}employees_max"
    condition = Q(**{f"{low}__isnull": False})
    if asked.min is not None:
        condition &= Q(**{f"{low}__gte": asked.min}) | Q(**{f"{high}__isnull": True}) | Q(**{f"{high}__gt": asked.min})
    if asked.max is not None:
        condition &= Q(**{f"{low}__lt": asked.max}) | Q(**{f"{high}__lte": asked.max})
    return condition


def _between(column: str) -> Callable[[Range, str], Q]:
    def condition(asked: Range, at: str) -> Q:
        edges = {"gte": asked.min, "lte": asked.max}
        return Q(**{f"{at}{column}__{edge}": value for edge, value in edges.items() if value is not None})

    return condition


_TERMS: dict[str, Callable[[str, str], Q]] = {
    "industries": _industry,
    "technologies": _technology,
    "funding_stages": _funding,
}
_RANGES: dict[str, Callable[[Range, str], Q]] = {
    "employees": _employees,
    "revenue": _between("revenue_usd"),
    "founded": _between("founded_year"),
}
_FLAGS: dict[str, Callable[[str], Q]] = {"hiring": lambda at: Q(**{f"{at}hiring_on__isnull": False})}
_PEOPLE: dict[str, Callable[[str], Q]] = {
    "keywords": lambda term: _company_words(term, "company__") | Q(title__in=wording.titles_with(term)),
    "places": _person_place,
    "titles": lambda term: Q(title__in=wording.titles_like(term)),
    "seniorities": lambda term: Q(seniority=term),
    "departments": lambda term: Q(department=term),
    "has_email": lambda _: ~Q(email=""),
    "has_phone": lambda _: ~Q(phone="") | ~Q(company__phone=""),
    "new_in_role": lambda _: Q(new_in_role_on__isnull=False),
}
_COMPANIES: dict[str, Callable[[str], Q]] = {
    "keywords": lambda term: _company_words(term, ""),
    "places": lambda term: _place(term, ""),
    "titles": lambda _: NOTHING,
    "seniorities": lambda _: NOTHING,
    "departments": lambda _: NOTHING,
    "has_email": lambda _: NOTHING,
    "has_phone": lambda _: ~Q(phone=""),
    "new_in_role": lambda _: NOTHING,
}
