"""A query as conditions on leads; makes `Q` objects, asks no database.

leads.filter(condition(read("grade:A -hiring", scope).query, scope))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from operator import and_, or_

from django.db.models import Exists, Q

from leads.bounces import has_standing
from leads.identity import name_sort_key
from leads.models import WRITING, Delivery, ImportRow, LeadListEntry, LeadTag, Undoing
from leads.query import ranges
from leads.query.fields import ANY, NONE, SIGNAL_CHOICES, owner_choices, stage_choices
from leads.query.scope import Choice, Scope, find
from leads.query.terms import LeadQuery, Term
from leads.shown_signals import of_each_lead
from leads.untouched import is_untouched
from leads.vocabulary import industries, places

NOTHING, EVERYTHING = Q(pk__in=[]), Q(pk__isnull=False)  # an empty Q would vanish beside another one
Meets = Callable[[str, Scope], Q]


def condition(query: LeadQuery, scope: Scope) -> Q:
    """What a lead must meet; every term of the query at once."""
    return reduce(and_, (of_term(term, scope) for term in query.terms), Q())


def of_term(term: Term, scope: Scope) -> Q:
    meets = reduce(or_, (MEETS[term.field](value, scope) for value in term.values), NOTHING)
    return ~meets if term.is_excluded else meets


def _words(word: str, scope: Scope) -> Q:
    """In the name, title or address of the person, or in the company's name or domain; or what is the name of a signal."""
    key = name_sort_key(word) or word
    of_person = Q(name_key__contains=key) | Q(title__icontains=word) | Q(email__icontains=word)
    named = of_person | Q(company__name_key__contains=key) | Q(company__domain__icontains=word)
    kind = find(SIGNAL_CHOICES, word)
    return named | _signal(kind.key, scope) if kind and kind.key != ANY else named


def _company(text: str, _: Scope) -> Q:
    return Q(company__name_key__contains=name_sort_key(text) or text) | Q(company__domain__icontains=text)


def _industry(code: str, _: Scope) -> Q:
    if code == NONE:
        return Q(company__isnull=True) | Q(company__industry="")
    return Q(company__industry__in=sorted(industries.descendants(code)))


def _place(text: str, _: Scope) -> Q:
    """Where the person is; where that is not known, where the company is."""
    term = places.normalise(text)
    return _located(term, "") | (Q(country="") & _located(term, "company__"))


def _located(term: str, at: str) -> Q:
    countries = Q(**{f"{at}country__in": sorted(places.expand(term))})
    kind, _, rest = term.partition(":")
    column = {"city": "city", "state": "region"}.get(kind)
    return countries & Q(**{f"{at}{column}__iexact": rest.rpartition(",")[0]}) if column else countries


def _country(code: str, _: Scope) -> Q:
    return Q(country=code.upper()) | Q(country="", company__country=code.upper())


def _size(text: str, _: Scope) -> Q:
    """A head count in the range; a band that shares more than its edge with it."""
    low, high = ranges.numbers(text) or (None, None)
    meets = Q(company__employees_min__isnull=False)
    if low is not None:
        above = Q(company__employees_max__isnull=True) | Q(company__employees_max__gt=low)
        meets &= Q(company__employees_min__gte=low) | above
    if high is not None:
        meets &= Q(company__employees_min__lt=high) | Q(company__employees_max__lte=high)
    return meets


def _score(text: str, _: Scope) -> Q:
    low, high = ranges.numbers(text) or (None, None)
    edges = {"score__total__gte": low, "score__total__lte": high}
    return Q(**{name: edge for name, edge in edges.items() if edge is not None})


def _added(text: str, scope: Scope) -> Q:
    since, before = ranges.age(text, scope.now)
    edges = {"created_at__gte": since, "created_at__lt": before}
    return Q(**{name: edge for name, edge in edges.items() if edge is not None})


def _email(value: str, _: Scope) -> Q:
    if value in ("yes", "no"):
        return Q(email="") if value == "no" else ~Q(email="")
    return has_standing(value)


def _phone(value: str, _: Scope) -> Q:
    return {"yes": ~Q(phone=""), "no": Q(phone=""), "valid": Q(phone_valid=True)}[value]


def _signal(kind: str, _: Scope) -> Q:
    found = of_each_lead()
    return Q(Exists(found if kind == ANY else found.filter(kind=kind)))


def _is(value: str, scope: Scope) -> Q:
    if value == "blocked":
        return Q(do_not_contact=True)
    if value in ("untouched", "waiting"):
        return is_untouched(or_handed_over=value == "waiting")
    return Q(created_at__gt=scope.last_visit) if scope.last_visit else EVERYTHING


def _stage(key: str, scope: Scope) -> Q:
    return _chosen("stage_id", stage_choices(scope), key)


def _owner(key: str, scope: Scope) -> Q:
    return _chosen("owner_id", owner_choices(scope), key)


def _chosen(column: str, choices: Iterable[Choice], key: str) -> Q:
    choice = find(choices, key)
    if key == NONE:
        return Q(**{f"{column}__isnull": True})
    return Q(**{column: choice.pk}) if choice and choice.pk else NOTHING


def _tag(name: str, scope: Scope) -> Q:
    return _named(LeadTag, "tag", find(scope.tags, name))


def _list(name: str, scope: Scope) -> Q:
    return _named(LeadListEntry, "lead_list", find(scope.lists, name))


def _run(number: str, scope: Scope) -> Q:
    return _named(Delivery, "run", find(scope.runs, number))


def _import(key: str, scope: Scope) -> Q:
    """Whom it made and whom it changed; not who was left as they were."""
    choice = find(scope.imports, key)
    rows = ImportRow.objects.filter(of=choice.pk if choice else None, verdict__in=WRITING, is_done=True)
    return Q(pk__in=rows.exclude(undoing=Undoing.REMOVED).values("lead_id")) if choice else NOTHING


def _named(model: type, column: str, choice: Choice | None) -> Q:
    rows = model.objects.filter(**{column: choice.pk}) if choice else None  # type: ignore[attr-defined]
    return NOTHING if rows is None else Q(pk__in=rows.values("lead_id"))


def _code(column: str) -> Meets:
    return lambda value, _: Q(**{column: "" if value == NONE else value})


MEETS: dict[str, Meets] = {
    "words": _words,
    "grade": lambda value, _: Q(score__isnull=True) if value == NONE else Q(score__grade=value),
    "score": _score,
    "industry": _industry,
    "place": _place,
    "country": _country,
    "size": _size,
    "company": _company,
    "technology": lambda value, _: Q(company__technologies__contains=[value]),
    "title": lambda value, _: Q(title__icontains=value),
    "seniority": _code("seniority"),
    "department": _code("department"),
    "email": _email,
    "phone": _phone,
    "signal": _signal,
    "stage": _stage,
    "outcome": lambda value, _: Q(outcome="" if value == "open" else value),
    "owner": _owner,
    "tag": _tag,
    "list": _list,
    "source": lambda value, _: Q(source=value),
    "run": _run,
    "import": _import,
    "added": _added,
    "is": _is,
}
