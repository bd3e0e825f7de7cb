"""Numbers of leads by one dimension of the directory: from the roll-up, or counted anew where it holds what is hidden."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, Sum, Value, When
from django.db.models.functions import Coalesce

from leads.directory.visibility import visible
from leads.models import DirectoryCompany, DirectoryCount
from leads.vocabulary import sizes


def numbers(column: str, condition: Q, *, people_only: bool, hides_samples: bool) -> Mapping[str, int]:
    """People, and companies without known people, by the values of a column of the roll-up.

    The roll-up counts the invented data sets, too; where these are hidden the rows themselves are counted.
    """
    return (_live if hides_samples else _rolled_up)(column, condition, people_only)


def _rolled_up(column: str, condition: Q, people_only: bool) -> Mapping[str, int]:
    rows = DirectoryCount.objects.filter(condition)
    if people_only:
        rows = rows.filter(people__gt=0)
    leads = Case(When(people__gt=0, then=F("people")), default=F("companies"))
    return dict(rows.order_by().values_list(column).annotate(number=Sum(leads)))


def _live(column: str, condition: Q, people_only: bool) -> Mapping[str, int]:
    """A company is joined to each of its people, or stands alone: each row is one lead."""
    companies = visible(DirectoryCompany.objects.all(), includes_samples=False)
    rows = companies.alias(head_count=Coalesce("employees_min", "employees_max")).alias(
        size_band=_size_band(), seniority=_of_person("seniority"), department=_of_person("department")
    )
    rows = rows.annotate(value=F(column)).filter(condition)
    counted = Count("people__id") if people_only else Count("*")
    return dict(rows.order_by().values_list("value").annotate(number=counted))


def _of_person(name: str) -> Any:
    return Coalesce(f"people__{name}", Value(""), output_field=CharField())


def _size_band() -> Case:
    """As `refreshing` computes it: from the head count's lower end."""
    cases = [When(head_count__isnull=True, then=Value(""))]
    cases += [When(head_count__lte=band.high, then=Value(band.code)) for band in sizes.BANDS if band.high]
    return Case(*cases, default=Value(sizes.BANDS[-1].code), output_field=CharField())
