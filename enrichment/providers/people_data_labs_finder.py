"""People Data Labs' enrichment as a finder: the business address of one person at a company; nobody found costs nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from enrichment.checks.email import check_syntax
from enrichment.finding.patterns import Person
from enrichment.providers.contract import Checker
from enrichment.providers.hunter_finder import FoundAddress
from leadengine.gating import Limit
from leadengine.http import Answer, Unanswered
from leadengine.outcomes import Dialect, Outcome
from leads.sources.connector import KeyTest, text, whole
from leads.sources.door import Door
from leads.sources.email_providers.people_data_labs import PeopleDataLabs

LIKELY = 6  # of 10; below, it may be a namesake, and is neither told nor charged
FIELDS = "id,work_email,job_title"
PRICE = Decimal(1)


class PeopleDataLabsFinder(Checker):
    """`/person/enrich`, with the key that finds leads there, too. Each answer is paid, so none is asked for twice by itself."""

    provider: ClassVar[str] = PeopleDataLabs.provider
    title: ClassVar[str] = PeopleDataLabs.title
    kind: ClassVar[str] = PeopleDataLabs.kind
    base_url = PeopleDataLabs.base_url
    key_page: ClassVar[str] = PeopleDataLabs.key_page
    limits: ClassVar[tuple[Limit, ...]] = (Limit(100, 60.0),)
    dialect: ClassVar[Dialect] = PeopleDataLabs.dialect
    cost: ClassVar[str] = "1 People Data Labs credit for an address found, nothing otherwise"
    reach: ClassVar[str] = "A person's address where our own guesses come to nothing"

    def credentials(self, key: str) -> dict[str, str]:
        return PeopleDataLabs().credentials(key)

    def find(self, door: Door, person: Person, domain: str) -> FoundAddress | None:
        """The address; None where it has none at this company. Raises Unanswered."""
        query = {"first_name": person.first, "last_name": person.last, "company": domain, "required": "work_email"}
        query |= {"min_likelihood": str(LIKELY), "data_include": FIELDS}
        names = (person.first, person.last)
        answer = door.get("/person/enrich", query, is_repeatable=False, hidden=names)
        told = answer.headers.get("x-call-credits-spent", "")
        door.charge(answer, int(told) if told.isdigit() else PRICE if answer.is_match else 0)
        return found_in(answer, domain, door.credits)

    def ask_test(self, door: Door) -> KeyTest:
        return PeopleDataLabs().ask_test(door)


def found_in(answer: Answer, domain: str, credits: Decimal = PRICE) -> FoundAddress | None:
    """Its answer in our terms; an address elsewhere is none here. Raises Unanswered for one that cannot be read.

    >>> found_in(Answer(Outcome.NO_MATCH, 404, {"status": 404}, {}), "acme.example")
    """
    if not answer.is_match:
        return None
    data: Any = answer.data.get("data") if isinstance(answer.data, dict) else None
    email = data.get("work_email") if isinstance(data, dict) else None
    if not isinstance(email, str) or check_syntax(email).status == "undeliverable":
        raise Unanswered(Outcome.GARBLED, f"{PeopleDataLabs.title} sent an answer that could not be read.")
    if email.lower().rpartition("@")[2] != domain.lower():
        return None
    likelihood = min(10, whole(answer.data.get("likelihood"))) / 10
    return FoundAddress(
        email=email.lower(), confidence=likelihood, position=text(data.get("job_title"))[:200], credits=credits
    )
