"""Searches the directory: people best first, then companies without known people, in pages that go on from a key."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from leads.candidate import Candidate
from leads.directory import conditions, ordering
from leads.directory.counting import numbers_of
from leads.directory.rows import NAME, company_candidate, person_candidate
from leads.directory.visibility import visible
from leads.models import DirectoryCompany, DirectoryPerson, LeadIdentity
from leads.sources.base import Count, Cursor, Page, SearchRequest, Spread

MOST_COUNTED = 10_000
PEOPLE, COMPANIES = "people", "companies"
Row = TypeVar("Row", bound=Model)


def count(request: SearchRequest) -> Count:
    """Exact up to MOST_COUNTED, "at least so many" above."""
    return counts([request])[0]


def counts(requests: Sequence[SearchRequest]) -> list[Count]:
    """`count` of each request, all in one query."""
    found = numbers_of([_countable(request) for request in requests])
    return [Count(min(number, MOST_COUNTED), is_capped=number > MOST_COUNTED) for number in found]


def _countable(request: SearchRequest) -> QuerySet[Any]:
    """One row for each candidate, up to one more than are counted."""
    alone: Any = companies(request).order_by().values_list("pk")
    return people(request).order_by().values_list("pk").union(alone, all=True)[: MOST_COUNTED + 1]


def search(request: SearchRequest, cursor: Cursor, limit: int) -> Page:
    """At most `limit` candidates after the cursor; one query, two where people end and companies begin."""
    part, after = cursor.get("part", PEOPLE), cursor.get("after")
    candidates: list[Candidate] = []
    if part == PEOPLE:
        found = _next(_ranked_people(request), after, limit + 1)
        if len(found) > limit:
            return Page(tuple(map(person_candidate, found[:limit])), _cursor(PEOPLE, found[limit - 1]))
        candidates, after = [person_candidate(row) for row in found], None
    room = limit - len(candidates)
    others = _next(_ranked_companies(request), after, room + 1)
    candidates += map(company_candidate, others[:room])
    goes_on = _cursor(COMPANIES, others[room - 1] if room else None) if len(others) > room else None
    return Page(tuple(candidates), goes_on)


def spread(request: SearchRequest, pool: int, number: int) -> Spread:
    """Evenly out of the first `pool` in the order of `search`; three queries at most."""
    if pool <= number:
        found = _first(request, pool)
        return Spread(found, len(found))
    keys = _first_keys(request, pool)
    size = min(number, len(keys))
    chosen = [keys[place * len(keys) // size] for place in range(size)]
    made = _made(PEOPLE, DirectoryPerson.objects.select_related("company", "dataset"), person_candidate, chosen)
    made |= _made(COMPANIES, DirectoryCompany.objects.select_related("dataset"), company_candidate, chosen)
    return Spread(tuple(made[key] for key in chosen), len(keys))


def _first(request: SearchRequest, number: int) -> tuple[Candidate, ...]:
    """The first ones in the order of `search`; one query, two where people end and companies begin."""
    found = [person_candidate(row) for row in _next(_ranked_people(request), None, number)]
    if len(found) < number:
        found += map(company_candidate, _next(_ranked_companies(request), None, number - len(found)))
    return tuple(found)


def _first_keys(request: SearchRequest, pool: int) -> list[tuple[str, int]]:
    """In the order of `search`: people, then companies."""
    parts: tuple[tuple[str, Any], ...] = ((PEOPLE, _ranked_people(request)), (COMPANIES, _ranked_companies(request)))
    ranked = [rows.order_by().annotate(part=Value(part)).values_list("part", "pk", "fit") for part, rows in parts]
    return [
        (part, key) for part, key, _fit in ranked[0].union(ranked[1], all=True).order_by("-part", "-fit", "pk")[:pool]
    ]


def _made(
    part: str, rows: QuerySet[Any], make: Callable[[Any], Candidate], chosen: Sequence[tuple[str, int]]
) -> dict[tuple[str, int], Candidate]:
    keys = [key for name, key in chosen if name == part]
    return {(part, row.pk): make(row) for row in rows.filter(pk__in=keys)} if keys else {}


def people(request: SearchRequest) -> QuerySet[DirectoryPerson]:
    """The people whom the criteria admit, without those the workspace knows if only new ones are asked for."""
    found = visible(DirectoryPerson.objects.filter(conditions.of_people(request.criteria)), request.includes_samples)
    return _new(found, request.workspace_id, email="email_key", linkedin="linkedin_slug") if request.new_only else found


def companies(request: SearchRequest) -> QuerySet[DirectoryCompany]:
    """The companies without known people that the criteria admit."""
    alone = DirectoryCompany.objects.filter(conditions.of_companies(request.criteria), has_people=False)
    found = visible(alone, request.includes_samples)
    return _new(found, request.workspace_id, company="company_key") if request.new_only else found


def _new(rows: Any, workspace_id: int, **columns: str) -> Any:
    """Anti-joins the workspace's identities: those of a column by its kind, and the record's own."""
    record = Concat(Value(f"{NAME}:"), F("dataset__name"), Value(":"), F("record_id"), output_field=TextField())
    rows = rows.alias(record_identity=record)
    for kind, column in {**columns, "record": "record_identity"}.items():
        known = LeadIdentity.objects.filter(workspace_id=workspace_id, kind=kind, value=OuterRef(column))
        rows = rows.exclude(Exists(known))
    return rows


def _ranked_people(request: SearchRequest) -> QuerySet[DirectoryPerson]:
    rows = people(request).select_related("company", "dataset")
    return rows.annotate(fit=ordering.fit_of_people(request))


def _ranked_companies(request: SearchRequest) -> QuerySet[DirectoryCompany]:
    rows = companies(request).select_related("dataset")
    return rows.annotate(fit=ordering.fit_of_companies(request))


def _next(rows: QuerySet[Row], after: Sequence[int] | None, limit: int) -> list[Row]:
    """Best fit first, then oldest row; `after` is (fit, id) of the last row that was seen."""
    if after:
        fit, key = after
        rows = rows.filter(Q(fit__lt=fit) | Q(fit=fit, id__gt=key), fit__lte=fit)
    return list(rows.order_by("-fit", "id")[:limit])


def _cursor(part: str, last: Any) -> Cursor:
    return {"part": part} | ({"after": [last.fit, last.pk]} if last else {})
