"""Hunter's finder and verifier in the sandbox, by their specifications: one address for a name, one verdict for an address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from leadengine.sandbox.invented_mail import drawn, is_invented, verdict_at_last
from leadengine.sandbox.scripted import Ask, Reply, Route
from leadengine.sandbox.world import firm_of

STATUSES = ("valid", "invalid", "accept_all", "webmail", "disposable", "unknown")
FOUND = 60  # of 100 names at a company that the world does not know
RESTRICTED = {"errors": [{"id": "claimed_email", "code": 451, "details": "This person does not want to be found"}]}
FAILED = {"errors": [{"id": "smtp_error", "code": 222, "details": "Unexpected response of the remote SMTP server"}]}
NOBODY = {"errors": [{"id": "not_found", "code": 404, "details": "Nobody was found"}]}


@dataclass(slots=True)
class Desk:
    """`charge` takes credits from the account, or gives the refusal where there are not so many; `working`: asked before."""

    charge: Callable[[float], Reply | None]
    working: set[str] = field(default_factory=set)

    @property
    def routes(self) -> tuple[Route, ...]:
        return (("GET", "/email-verifier", self.verify), ("GET", "/email-finder", self.find))

    def verify(self, ask: Ask) -> Reply:
        email = ask.one("email").lower()
        local, at, _ = email.partition("@")
        if not at:
            return Reply(_wrong("email"), status=400)
        if local in ("claimed", "smtp"):
            return Reply(RESTRICTED, status=451) if local == "claimed" else Reply(FAILED, status=222)
        if self._is_slow(local, email):
            return Reply({"data": None, "meta": {"params": {"email": email}}}, status=202)
        return self.charge(0.5) or Reply({"data": _verdict(email), "meta": {"params": {"email": email}}})

    def find(self, ask: Ask) -> Reply:
        first, last, domain = ask.one("first_name"), ask.one("last_name"), ask.one("domain").lower()
        if not domain or not (first and last):
            return Reply(_wrong("domain" if not domain else "last_name"), status=400)
        if first == "Claimed":
            return Reply(RESTRICTED, status=451)
        if self._is_slow(first.lower(), last):
            return Reply({"data": None}, status=202)
        found = _address(first, last, domain)
        if found is None:
            return Reply(NOBODY, status=404)
        return self.charge(1) or Reply({"data": found, "meta": {"params": {"domain": domain}}})

    def _is_slow(self, name: str, asked: str) -> bool:
        """Whoever is called so is worked on when asked about first."""
        is_new = name == "slow" and asked not in self.working
        self.working.add(asked)
        return is_new


def _wrong(name: str) -> dict[str, Any]:
    return {"errors": [{"id": "wrong_params", "code": 400, "details": f"{name} is missing or invalid"}]}


def _verdict(email: str) -> dict[str, Any]:
    local, _, domain = email.partition("@")
    status = local if local in STATUSES else _drawn(email)
    is_found = status in ("valid", "accept_all")
    return {
        "status": status,
        "result": {"valid": "deliverable", "invalid": "undeliverable"}.get(status, "risky"),
        "score": 97 if status == "valid" else 0 if status == "invalid" else 50,
        "email": email,
        "regexp": True,
        "gibberish": False,
        "disposable": status == "disposable",
        "webmail": status == "webmail",
        "mx_records": True,
        "smtp_server": True,
        "smtp_check": is_found,
        "accept_all": status == "accept_all",
        "block": False,
        "sources": [_seen(domain)] if is_found else [],
    }


def _drawn(email: str) -> str:
    """It knows half of what a mail server does not tell."""
    said = verdict_at_last(email)
    if said in ("deliverable", "undeliverable"):
        return "valid" if said == "deliverable" else "invalid"
    if drawn(f"hunter {email}") < 50:
        return "valid"
    return "accept_all" if said == "risky" else "unknown"


def _address(first: str, last: str, domain: str) -> dict[str, Any] | None:
    firm = firm_of(domain)
    person = next((each for each in firm.people if (each.given, each.family) == (first, last)), None) if firm else None
    guess = f"{first}.{last}@{domain}".lower()
    if person is None and (firm or not is_invented(guess) or drawn(f"finder {guess}") >= FOUND):
        return None
    email = person.email if person else guess
    return {
        "first_name": first,
        "last_name": last,
        "email": email,
        "score": 60 + drawn(f"score {email}") * 2 // 5,
        "domain": domain,
        "accept_all": verdict_at_last(email) == "risky",
        "position": person.role if person else None,
        "twitter": None,
        "linkedin_url": None,
        "phone_number": None,
        "company": firm.name if firm else None,
        "sources": [_seen(domain)],
        "verification": _verification(email),
    }


def _verification(email: str) -> dict[str, Any]:
    is_checked = drawn(f"checked {email}") < 50
    return {"date": "2026-06-02", "status": _verdict(email)["status"]} if is_checked else {"date": None, "status": None}


def _seen(domain: str) -> dict[str, Any]:
    days = {"extracted_on": "2026-02-11", "last_seen_on": "2026-06-02"}
    return {"domain": domain, "uri": f"http://{domain}/team", **days, "still_on_page": True}
