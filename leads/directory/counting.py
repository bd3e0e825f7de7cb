"""Numbers of leads by one dimension of the directory: from the roll-up, or counted anew where it holds what is hidden."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, CharField, Count, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from leads.directory.visibility import visible
from leads.models import DirectoryCompany, DirectoryCount
from leads.vocabulary import sizes


def numbers(column: str, condition: Q, *, people_only: bool, hides_samples: bool) -> QuerySet[Any, Any]:
    """People, and companies without known people, by the values of a column of the roll-up: (value, number).

    The roll-up counts the invented data sets, too; where these are hidden the rows themselves are counted.
    """
    return (_live if hides_samples else _rolled_up)(column, condition, people_only)


def _rolled_up(column: str, condition: Q, people_only: bool) -> QuerySet[Any, Any]:
    rows = DirectoryCount.objects.filter(condition)
    if people_only:
        rows = rows.filter(people__gt=0)
    leads = Case(When(people__gt=0, then=F("people")), default=F("companies"))
    return rows.order_by().values_list(column).annotate(number=Sum(leads))


def _live(column: str, condition: Q, people_only: bool) -> QuerySet[Any, Any]:
    """A company is joined to each of its people, or stands alone: each row is one lead."""
    companies = visible(DirectoryCompany.objects.all(), includes_samples=False)
    rows = companies.alias(head_count=Coalesce("employees_min", "employees_max")).alias(
        size_band=_size_band(), seniority=_of_person("seniority"), department=_of_person("department")
    )
    rows = rows.annotate(value=F(column)).filter(condition)
    counted = Count("people__id") if people_only else Count("*")
    return rows.order_by().values_list("value").annotate(number=counted)


def _of_person(name: str) -> Any:
    return Coalesce(f"people__{name}", Value(""), output_field=CharField())


def _size_band() -> Case:
    """As `refreshing` computes it: from the head count's lower end."""
    cases = [When(head_count__isnull=True, then=Value(""))]
    cases += [When(head_count__lte=band.high, then=Value(band.code)) for band in sizes.BANDS if band.high]
    return Case(*cases, default=Value(sizes.BANDS[-1].code), output_field=CharField())


def numbers_of(found: Sequence[Any]) -> list[int]:
    """How many rows each of the querysets has, all in one query; none is asked for those that cannot have any."""
    statements = [_statement(rows) for rows in found]
    asked = [each for each in statements if each]
    if not asked:
        return [0] * len(found)
    with connection.cursor() as cursor:
        counts = ", ".join(f"(SELECT count(*) FROM ({sql}) AS counted)" for sql, _parameters in asked)
        cursor.execute(f"SELECT {counts}", [each for _sql, parameters in asked for each in parameters])
        told = iter(cursor.fetchone())
    return [next(told) if each else 0 for each in statements]


def _statement(rows: Any) -> tuple[str, Sequence[Any]] | None:
    try:
        sql, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    return sql, parameters
