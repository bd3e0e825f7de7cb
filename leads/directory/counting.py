"""Numbers of leads by one dimension of the directory: from the roll-up, or counted anew where it holds what is hidden."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, CharField, Count, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, Concat

from leads.directory.visibility import visible
from leads.models import DirectoryCompany, DirectoryCount
from leads.vocabulary import sizes

UNKNOWN = "unknown"
FLAGS = {
    "has_email": Q(people__email__gt=""),
    "has_phone": Q(people__phone__gt="") | Q(phone__gt=""),
    "hiring": Q(hiring_on__isnull=False),
    "new_in_role": Q(people__new_in_role_on__isnull=False),
}


def numbers(column: str, condition: Q, *, people_only: bool, hides_samples: bool) -> QuerySet[Any, Any]:
    """People, and companies without known people, by the values of a column of the roll-up: (value, number).

    The roll-up counts the invented data sets, too; where these are hidden the rows themselves are counted.
    """
    return (_live if hides_samples else _rolled_up)(column, condition, people_only)


def flag_numbers(condition: Q, *, people_only: bool, hides_samples: bool) -> list[QuerySet[Any, Any]]:
    """As `numbers`, of those who meet each flag of the criteria: (names of flags, number).

    UNKNOWN comes with a number where the roll-up is of before it counted them.
    """
    if hides_samples:
        return [met(_live_rows(people_only).filter(condition), FLAGS)]
    rolled = DirectoryCount.objects.filter(condition, **({"people__gt": 0} if people_only else {}))
    sums = {name: Sum(name, default=0) for name in FLAGS} | {UNKNOWN: Count("pk", filter=Q(has_email=None))}
    rows = {name: rolled.order_by().annotate(value=Value(name)).values_list("value") for name in sums}
    return [rows[name].annotate(number=each) for name, each in sums.items()]


def met(rows: QuerySet[Any, Any], flags: Mapping[str, Q]) -> QuerySet[Any, Any]:
    """(the names of the flags that are met together, how many rows); each row is read once for all of them."""
    names = [Case(When(each, then=Value(f"{name} ")), default=Value("")) for name, each in flags.items()]
    return rows.order_by().annotate(value=Concat(*names)).values_list("value").annotate(number=Count("pk"))


def _rolled_up(column: str, condition: Q, people_only: bool) -> QuerySet[Any, Any]:
    rows = DirectoryCount.objects.filter(condition)
    if people_only:
        rows = rows.filter(people__gt=0)
    leads = Case(When(people__gt=0, then=F("people")), default=F("companies"))
    return rows.order_by().values_list(column).annotate(number=Sum(leads))


def _live(column: str, condition: Q, people_only: bool) -> QuerySet[Any, Any]:
    """A company is joined to each of its people, or stands alone: each row is one lead."""
    rows = _live_rows().annotate(value=F(column)).filter(condition)
    counted = Count("people__id") if people_only else Count("*")
    return rows.order_by().values_list("value").annotate(number=counted)


def _live_rows(people_only: bool = False) -> QuerySet[Any, Any]:
    companies = visible(DirectoryCompany.objects.all(), includes_samples=False)
    rows = companies.alias(head_count=Coalesce("employees_min", "employees_max")).alias(
        size_band=_size_band(), seniority=_of_person("seniority"), department=_of_person("department")
    )
    return rows.filter(people__isnull=False) if people_only else rows


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
