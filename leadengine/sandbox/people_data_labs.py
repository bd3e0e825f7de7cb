"""People Data Labs in the sandbox: person search and enrichment, by its specification and its table of limits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from leadengine.sandbox.scripted import Ask, Reply, Script
from leadengine.sandbox.world import Firm, Person, firms

BAD_KEY = "refused-key"
COUNTRIES = {"GB": "united kingdom", "DE": "germany", "AT": "austria"}
LEVELS = {0: "cxo", 1: "cxo", 2: "director", 3: "manager", 4: "entry"}  # by the person's place at the company
ROLES = {"sales": "sales", "it": "engineering", "marketing": "marketing", "finance": "finance"}
INDUSTRIES = {
    "Software Development": "computer software",
    "IT Services and IT Consulting": "information technology and services",
    "Business Consulting and Services": "management consulting",
    "Engineering Services": "civil engineering",
    "Advertising Services": "marketing and advertising",
    "Wholesale": "wholesale",
}
AS_IT_IS = ("id", "linkedin_url", "work_email", "job_company_website", "job_company_linkedin_url")  # by titlecase, too
PROBLEMS = {400: "invalid_request_error", 401: "authentication_error", 402: "payment_required", 404: "not_found"}
Record = Mapping[str, Any]


class Account:
    """What the account has `left`, and the questions that spend it."""

    def __init__(self, credits: int) -> None:
        self.left = credits

    def refusal(self, ask: Ask) -> Reply | None:
        if ask.headers.get("x-api-key", BAD_KEY) == BAD_KEY:
            return _problem(401, "Request contained a missing or invalid key")
        return _problem(402, "You have reached your account maximum (all matches used)") if not self.left else None

    def search(self, ask: Ask) -> Reply:
        size = ask.body.get("size", 1)
        if not 1 <= size <= 100 or ("query" in ask.body) == ("sql" in ask.body):
            return _problem(400, "Request contained either missing or invalid parameters")
        asked = ask.body["query"]
        question = (json.loads(asked) if isinstance(asked, str) else asked)["query"]
        found = [each for each in people() if _holds(question, each)]
        start = int((ask.body.get("scroll_token") or "0").partition("$")[0])
        part = found[start : start + min(size, self.left)]
        if not part:
            return _problem(404, "No records were found matching your search", self._spend(0, "search"))
        end = start + len(part)
        more = {"scroll_token": f"{end}$14.2787"} if end < len(found) else {}
        data = [_sent(each, ask.body) for each in part]
        return Reply({"status": 200, "data": data, "total": len(found), **more}, 200, self._spend(len(part), "search"))

    def enrich(self, ask: Ask) -> Reply:
        found = [each for each in people() if _is_meant(each, ask)]
        if len(found) != 1 or (ask.one("required") and not found[0].get(ask.one("required"))):
            return _problem(404, "No records were found matching your request", self._spend(0, "enrich"))
        body = {"titlecase": ask.one("titlecase") == "true", "data_include": ask.one("data_include")}
        return Reply({"status": 200, "likelihood": 9, "data": _sent(found[0], body)}, 200, self._spend(1, "enrich"))

    def _spend(self, cost: int, kind: str) -> dict[str, str]:
        """The headers that tell it."""
        self.left -= cost
        now = {"x-call-credits-spent": str(cost), "x-call-credits-type": kind, "x-totallimit-remaining": str(self.left)}
        return now | {"x-ratelimit-remaining": '{"minute": 9, "day": null, "month": null}'}


def script(*, credits: int = 1240) -> Script:
    """`credits`: what the account has left."""
    account = Account(credits)
    routes = (("POST", "/person/search", account.search), ("GET", "/person/enrich", account.enrich))
    return Script(routes, account.refusal)


def _problem(status: int, message: str, headers: Mapping[str, str] | None = None) -> Reply:
    return Reply({"status": status, "error": {"type": PROBLEMS[status], "message": message}}, status, headers or {})


def _is_meant(record: Record, ask: Ask) -> bool:
    """By its number, or by a name at a company."""
    if ask.one("pdl_id"):
        return bool(record["id"] == ask.one("pdl_id"))
    names = (record["first_name"], record["last_name"], record["job_company_website"])
    return names == tuple(ask.one(each).lower() for each in ("first_name", "last_name", "company"))


def _holds(question: Mapping[str, Any], record: Record) -> bool:
    """One node of a question: those kinds that the provider allows and somebody here asks."""
    ((kind, told),) = question.items()
    if kind == "bool":
        either = told.get("should", [])
        all_of = all(_holds(each, record) for each in told.get("must", []))
        none_of = not any(_holds(each, record) for each in told.get("must_not", []))
        return all_of and none_of and (not either or any(_holds(each, record) for each in either))
    ((field, value),) = told.items()
    if kind == "exists":
        return bool(record[value])
    if kind == "range":
        year = int(record[field])
        return int(value.get("gte", year)) <= year < int(value.get("lt", year + 1))
    if kind == "match_phrase":
        return f" {value} " in f" {record[field]} "
    held = record[field] if isinstance(record[field], list) else [record[field]]
    return bool(set(held) & set(value if kind == "terms" else [value]))


def _sent(record: Record, body: Mapping[str, Any]) -> dict[str, Any]:
    """Only the fields that are wanted, written with capitals where that is."""
    wanted = (body.get("data_include") or "").split(",")
    kept = {name: value for name, value in record.items() if wanted == [""] or name in wanted}
    if not body.get("titlecase"):
        return kept
    return {name: value.title() if _is_spoken(name, value) else value for name, value in kept.items()}


def _is_spoken(name: str, value: Any) -> bool:
    return isinstance(value, str) and name not in AS_IT_IS


def people() -> list[Record]:
    return [_record(firm, person) for firm in firms() for person in firm.people]


def _record(firm: Firm, person: Person) -> Record:
    """Every fifth person cannot be reached, so nobody should pay for it; every third has a mobile phone."""
    number = firm.index * 7 + person.index
    at = {"locality": firm.city.lower(), "region": firm.region.lower() or None, "country": COUNTRIES[firm.country]}
    return {
        "id": f"{hashlib.sha256(person.email.encode()).hexdigest()[:22]}_0000",
        "first_name": person.given.lower(),
        "last_name": person.family.lower(),
        "sex": None,
        "birth_date": None,
        "linkedin_url": f"linkedin.com/in/{person.given}-{person.family}-{firm.index}".lower(),
        "work_email": None if number % 5 == 0 else person.email,
        "mobile_phone": f"+4420794600{number % 100:02}" if number % 3 == 0 and number % 5 else None,
        "job_title": person.role.lower(),
        "job_title_levels": [LEVELS[person.index]],
        "job_title_role": ROLES.get(person.department),
        "job_title_sub_role": None,
        "job_last_updated": "2026-05-04",
        "job_company_name": firm.name.lower(),
        "job_company_website": firm.domain,
        "job_company_size": firm.band,
        "job_company_founded": int(firm.founded[:4]),
        "job_company_industry": INDUSTRIES[firm.industry],
        "job_company_linkedin_url": f"linkedin.com/company/{firm.domain.partition('.')[0]}",
        **{f"location_{name}": value for name, value in at.items()},
        **{f"job_company_location_{name}": value for name, value in at.items()},
    }
