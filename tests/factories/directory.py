"""Companies and people of the embedded company database, with its roll-up."""

from __future__ import annotations

from itertools import count
from typing import Any

from leads.directory import refreshing
from leads.models import Dataset, DirectoryCompany, DirectoryPerson

_numbers = count(100_001)  # of one length, so that names stand in the order in which they were made


def dataset(**fields: Any) -> Dataset:
    return Dataset.objects.create(**{"name": f"data-{next(_numbers)}"} | fields)


def company(of: Dataset, **fields: Any) -> DirectoryCompany:
    """A manufacturer of 100 to 200 people in Germany."""
    number = next(_numbers)
    given = {"name": f"Ostra Pumps {number}", "domain": f"ostra{number}.example", "country": "DE"}
    facts = {"industry": "manufacturing", "employees_min": 100, "employees_max": 200, "search_text": " pumps "}
    keys = {"record_id": f"c{number}", "company_key": f"ostra{number}.example"}
    return DirectoryCompany.objects.create(dataset=of, **given | facts | keys | fields)


def person(at: DirectoryCompany, **fields: Any) -> DirectoryPerson:
    """A head of sales at the company."""
    number = next(_numbers)
    mail = f"ines{number}@{at.domain}"
    given = {"full_name": f"Ines Calloway {number}", "first_name": "Ines", "last_name": f"Calloway {number}"}
    role = {"title": "Head of Sales", "title_key": "head of sales", "seniority": "director", "department": "sales"}
    keys = {"record_id": f"p{number}", "email": mail, "email_key": mail}
    return DirectoryPerson.objects.create(dataset=at.dataset, company=at, **given | role | keys | fields)


def people(number: int, **company_fields: Any) -> Dataset:
    """A data set of `number` people, each at a company of their own, with ranks and counts up to date."""
    made = dataset()
    for _ in range(number):
        person(company(made, **company_fields))
    refreshing.refresh(made)
    return made
