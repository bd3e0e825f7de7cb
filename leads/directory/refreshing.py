"""What the directory derives from its rows, recomputed by set-based SQL after each load: ranks, flags and the roll-up."""

from django.db import connection

from leads.models import Dataset, DirectoryCount
from leads.vocabulary import sizes

# The stored proxy of fit (0..100): how much of a record can be used, how senior the person is, what happens there.
COMPANY_RANK = """
    12 * (domain <> '')::int + 6 * (country <> '')::int + 4 * (city <> '')::int + 12 * (industry <> '')::int
    + 12 * (employees_min IS NOT NULL OR employees_max IS NOT NULL)::int + 6 * (revenue_usd IS NOT NULL)::int
    + 4 * (founded_year IS NOT NULL)::int + 8 * (cardinality(technologies) > 0)::int + 4 * (description <> '')::int
    + 4 * (phone <> '')::int + 8 * (hiring_on IS NOT NULL)::int + 8 * (funded_on IS NOT NULL)::int
    + 8 * (coalesce(growth_percent, 0) > 0)::int + 4 * (expansion_on IS NOT NULL)::int
"""
SENIORITY_RANK = {
    "founder": 22,
    "owner": 22,
    "c_level": 22,
    "partner": 20,
    "vp": 19,
    "director": 16,
    "manager": 10,
    "senior": 5,
    "entry": 1,
}
PERSON_RANK = f"""
    company.rank * 40 / 100 + 18 * (email_key <> '')::int + 9 * (person.phone <> '')::int
    + 6 * (person.linkedin_slug <> '')::int + 5 * (new_in_role_on IS NOT NULL)::int
    + CASE seniority {" ".join(f"WHEN '{code}' THEN {points}" for code, points in SENIORITY_RANK.items())} ELSE 0 END
"""


def refresh(dataset: Dataset) -> None:
    """Brings ranks, `has_people` and counts of one data set up to date, and the roll-up of all."""
    _run(
        f"""UPDATE leads_directorycompany company SET rank = fresh.rank, has_people = fresh.has_people
            FROM (SELECT id, {COMPANY_RANK} AS rank,
                         EXISTS (SELECT FROM leads_directoryperson WHERE company_id = directory.id) AS has_people
                  FROM leads_directorycompany directory WHERE dataset_id = %(dataset)s) fresh
            WHERE company.id = fresh.id
              AND (company.rank, company.has_people) IS DISTINCT FROM (fresh.rank, fresh.has_people)""",
        dataset=dataset.pk,
    )
    _run(
        f"""UPDATE leads_directoryperson changed SET rank = fresh.rank
            FROM (SELECT person.id, {PERSON_RANK} AS rank FROM leads_directoryperson person
                  JOIN leads_directorycompany company ON company.id = person.company_id
                  WHERE person.dataset_id = %(dataset)s) fresh
            WHERE changed.id = fresh.id AND changed.rank <> fresh.rank""",
        dataset=dataset.pk,
    )
    dataset.company_count = dataset.companies.count()
    dataset.person_count = dataset.people.count()
    dataset.save(update_fields=["company_count", "person_count"])
    roll_up()


def roll_up() -> None:
    """Counts people, and companies without known people, by industry, country, size, seniority and department.

    And how many of these have an address or a number, are at a company that hires, or are new in the role.
    """
    _run("DELETE FROM leads_directorycount")
    _run(
        f"""INSERT INTO leads_directorycount (industry, country, size_band, seniority, department, people, companies,
                                              has_email, has_phone, hiring, new_in_role)
            SELECT company.industry, company.country, {_size_band()}, coalesce(person.seniority, ''),
                   coalesce(person.department, ''), count(person.id), count(DISTINCT company.id),
                   count(*) FILTER (WHERE person.email <> ''),
                   count(*) FILTER (WHERE person.phone <> '' OR company.phone <> ''),
                   count(*) FILTER (WHERE company.hiring_on IS NOT NULL),
                   count(*) FILTER (WHERE person.new_in_role_on IS NOT NULL)
            FROM leads_directorycompany company LEFT JOIN leads_directoryperson person ON person.company_id = company.id
            GROUP BY 1, 2, 3, 4, 5"""
    )
    for table in ("leads_directorycompany", "leads_directoryperson", "leads_directorycount"):
        _run(f"ANALYZE {table}")


def roll_up_anew() -> bool:
    """Whether the roll-up was of before it counted all it counts now; it is made again then."""
    is_old = DirectoryCount.objects.filter(has_email=None).exists()
    if is_old:
        roll_up()
    return is_old


def _size_band() -> str:
    """The band's code, from the head count's lower end; '' when it is not known."""
    known = "coalesce(company.employees_min, company.employees_max)"
    cases = " ".join(f"WHEN {known} <= {band.high} THEN '{band.code}'" for band in sizes.BANDS if band.high)
    return f"CASE WHEN {known} IS NULL THEN '' {cases} ELSE '{sizes.BANDS[-1].code}' END"


def _run(sql: str, **parameters: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
