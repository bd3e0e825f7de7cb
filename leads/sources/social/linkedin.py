"""LinkedIn's Lead Sync: who sent in one of the workspace's own lead forms, with the consent that was given there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import quote

from django.conf import settings

from leadengine.gating import Limit
from leadengine.http import Unanswered
from leadengine.outcomes import Dialect, Outcome
from leads.candidate import Candidate
from leads.criteria import Criteria
from leads.models import LinkedInConnection
from leads.providers import linkedin
from leads.sources.base import Count, Cursor, Page, RecordFault, SearchRequest
from leads.sources.connector import Connector, KeyTest, holding, listed, read_each, text, whole
from leads.sources.door import SANDBOX_KEY, Door, is_loopback, is_stand_in, open_door
from leads.sources.social.linkedin_answers import Questions, candidate_of

SIZE, FORMS, MOST_FORMS = 50, 50, 500
MOST_URN = 60
KEPT = timedelta(days=364)  # LinkedIn keeps responses for 365 days
SANDBOX_ACCOUNT = "urn:li:sponsoredAccount:1234567"
UNCONNECTED = "LinkedIn is not connected yet. A manager connects it under Settings, Sources, LinkedIn."


class OAuth:
    """Where tokens come from, as a door sees it: asked without any header of ours."""

    provider: ClassVar[str] = "linkedin_oauth"
    title: ClassVar[str] = linkedin.NAME
    base_url: str = linkedin.OAUTH
    needs_key: ClassVar[bool] = False
    limits: ClassVar[tuple[Limit, ...]] = (Limit(60, 60.0),)
    dialect: ClassVar[Dialect] = linkedin.DIALECT
    keeps_for: ClassVar[int] = 0

    def address(self, key: str) -> str:
        return self.base_url

    def credentials(self, key: str) -> dict[str, str]:
        return {}

    def parameters(self, key: str) -> dict[str, str]:
        return {}


class LinkedIn(Connector):
    """One question for the forms and one for a page of responses, with the token of the workspace's connection."""

    name: ClassVar[str] = "linkedin"
    provider: ClassVar[str] = linkedin.PROVIDER
    title: ClassVar[str] = "LinkedIn: lead forms"
    kind: ClassVar[str] = "social"
    freshness: ClassVar[str] = "Live; kept there for a year"
    batch: ClassVar[int] = SIZE
    base_url = "https://api.linkedin.com/rest"
    key_page: ClassVar[str] = "https://www.linkedin.com/developers/apps"
    limits: ClassVar[tuple[Limit, ...]] = (Limit(60, 60.0),)
    dialect: ClassVar[Dialect] = linkedin.DIALECT
    knows: ClassVar[frozenset[str]] = frozenset({"titles", "seniorities", "departments", "places", "has_email"})
    cost: ClassVar[str] = "Free; your own ad account"
    reach: ClassVar[str] = "Who sent in your lead forms on LinkedIn, with their consent"

    def credentials(self, key: str) -> dict[str, str]:
        version = {"LinkedIn-Version": settings.LINKEDIN_VERSION, "X-Restli-Protocol-Version": "2.0.0"}
        return {"Authorization": f"Bearer {key}"} | version

    def oauth(self, *, in_sandbox: bool = False) -> Door:
        """The way to where tokens come from; beside the interface where an operator named another address for that."""
        to = OAuth()
        if is_loopback(self.base_url):
            to.base_url = f"{self.base_url}/oauth/v2"
        door = open_door(to, 0, key="", in_sandbox=False) if not in_sandbox else open_door(self, 0, in_sandbox=True)
        return replace(door, base_url=f"{door.base_url}/oauth/v2") if in_sandbox else door

    def open(self, request: SearchRequest) -> Door:
        found = None if request.is_sandboxed or is_stand_in(self) else connection(request.workspace_id)
        if found is None:
            return self._stand_in(request)
        return self.open_for(found)

    def open_for(self, found: LinkedInConnection) -> Door:
        """The door of a connection, its token made anew where that is due. Raises Unanswered."""
        return open_door(self, found.workspace_id, key=linkedin.access_token(self.oauth(), found))

    def _stand_in(self, request: SearchRequest) -> Door:
        if not request.is_sandboxed and not is_stand_in(self):
            raise Unanswered(Outcome.KEY_REFUSED, UNCONNECTED, was_asked=False)
        return open_door(self, request.workspace_id, key=SANDBOX_KEY, in_sandbox=request.is_sandboxed)

    def ask_count(self, door: Door, request: SearchRequest) -> Count:
        found = _responses(door, request, _until(request.now), 0, 1)
        return Count(whole(found.get("paging", {}).get("total")) if found else 0)

    def ask_page(self, door: Door, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        start, size = cursor.get("start", 0), cursor.get("size", min(limit, SIZE))
        until = cursor.get("until", _until(request.now))
        questions = questions_of(door, _account(request))
        found = _responses(door, request, until, start, size)
        sent = listed(found, "elements") if found else []
        candidates, faults = self._read(sent, questions)
        total, end = whole(found.get("paging", {}).get("total")), start + len(sent)
        is_last = not sent or end >= total if total else len(sent) < size
        return Page(candidates, None if is_last else {"start": end, "size": size, "until": until}, faults)

    def by_id(self, found: LinkedInConnection, ids: Sequence[str], *, now: datetime) -> tuple[Page, int]:
        """Those of the responses that LinkedIn has, and how many of the ids, from the first on, it was asked for in time.

        Raises SourceError.
        """
        asked = SearchRequest(criteria=Criteria(), workspace_id=found.workspace_id, new_only=True, now=now)
        with self._entered(asked, lambda: self.open_for(found)) as door:
            answers = [door.get(f"/leadFormResponses/{quote(each, safe='')}") for each in door.in_time(ids)]
            sent = [answer.data for answer in answers if answer.is_match]
            candidates, faults = self._read(sent, questions_of(door, found.account) if sent else {})
        return Page(candidates, None, faults, asked=door.asked), len(answers)

    def _read(self, sent: Sequence[Any], questions: Questions) -> tuple[tuple[Candidate, ...], tuple[RecordFault, ...]]:
        """Those that LinkedIn's own page for testing a form sent are left out."""
        real = [each for each in sent if not (isinstance(each, dict) and each.get("testLead"))]
        return read_each(real, lambda each: candidate_of(self.name, each, questions), _label)

    def test_key(self, key: str, *, in_sandbox: bool = False) -> KeyTest:
        """By a code that cannot be right: whom it does not know, LinkedIn refuses for that."""
        client_id, _, secret = key.partition(":")
        try:
            linkedin.exchange(
                self.oauth(in_sandbox=in_sandbox), linkedin.App(client_id, secret), code="none", back="none"
            )
        except Unanswered as error:
            if error.outcome != Outcome.BAD_REQUEST:
                raise
        return KeyTest("It is known to LinkedIn; connect an account next")

    def ask_test(self, door: Door) -> KeyTest:
        listed(door.get("/adAccounts?q=search").data, "elements")
        return KeyTest("It works")


def connection(workspace_id: int) -> LinkedInConnection | None:
    found: LinkedInConnection | None = LinkedInConnection.objects.of(workspace_id).first()
    return found


def accounts(door: Door) -> list[tuple[str, str]]:
    """The ad accounts that the person may use: (URN, name). Raises Unanswered."""
    answer = door.get(
        "/adAccounts?q=search&search=(status:(values:List(ACTIVE)),test:false)&fields=id,name&count=100&start=0"
    )
    found = listed(answer.data, "elements") if answer.is_match else []
    return [account for each in found if (account := _account_in(each))]


def _account_in(told: Any) -> tuple[str, str] | None:
    """None for what is no account: the others count all the same."""
    number = whole(told.get("id")) if isinstance(told, dict) else 0
    name = told.get("name") if number else ""
    urn = f"urn:li:sponsoredAccount:{number}"
    return (urn, name[:200] if isinstance(name, str) else "") if number and len(urn) <= MOST_URN else None


def questions_of(door: Door, account: str) -> Questions:
    """The questions of all forms that LinkedIn fills in itself: their number -> its name for them."""
    found: dict[int, str] = {}
    for start in range(0, MOST_FORMS, FORMS):
        answer = door.get(f"/leadForms?q=owner&owner={_owner(account)}&count={FORMS}&start={start}")
        forms = listed(answer.data, "elements") if answer.is_match else []
        for question in (each for form in forms for each in listed(form, "content", "questions")):
            found[whole(question.get("questionId"))] = text(question.get("predefinedField"))
        if len(forms) < FORMS:
            break
    return found


def _responses(door: Door, request: SearchRequest, until: int, start: int, size: int) -> dict[str, Any]:
    begin = int(datetime.combine(_since(request), datetime.min.time(), UTC).timestamp() * 1000)
    asked = f"q=owner&owner={_owner(_account(request))}&leadType=(leadType:SPONSORED)&limitedToTestLeads=false"
    span = f"submittedAtTimeRange=(start:{begin},end:{until})"
    answer = door.get(f"/leadFormResponses?{asked}&{span}&count={size}&start={start}")
    return holding(answer, "elements")


def _account(request: SearchRequest) -> str:
    found = None if request.is_sandboxed else connection(request.workspace_id)
    return found.account if found else SANDBOX_ACCOUNT


def _since(request: SearchRequest) -> date:
    found = None if request.is_sandboxed else connection(request.workspace_id)
    oldest = (request.now - KEPT).date()
    return max(found.since, oldest) if found else oldest


def _until(now: datetime) -> int:
    """The end of the day, in milliseconds, so that every page is of the same span."""
    return (int(now.timestamp()) // 86_400 + 1) * 86_400_000


def _owner(account: str) -> str:
    return f"(sponsoredAccount:{quote(account, safe='')})"


def _label(response: Any) -> tuple[str, str]:
    return response["id"], f"Response {response['id']}"
