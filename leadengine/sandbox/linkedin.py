"""LinkedIn's Lead Sync in the sandbox: tokens, ad accounts, lead forms and their responses, by its specification."""

from __future__ import annotations

import hmac
import json
import time
from contextlib import closing
from http.client import HTTPConnection
from typing import Any
from urllib.parse import unquote, urlsplit

from leadengine.sandbox.scripted import Ask, Reply, Script
from leadengine.sandbox.world import Firm, Person, firms

BAD_KEY = "refused-key"
CODE, ACCESS, REFRESH = "sandbox-code", "sandbox-access-token", "sandbox-refresh-token"
ACCOUNT, FORM, VERSION = "urn:li:sponsoredAccount:1234567", 7234246, 1
SCOPES = "r_ads,r_marketing_leadgen_automation"
COUNTRIES = {"GB": "United Kingdom", "DE": "Germany", "AT": "Austria"}
# In the order of the form's questions; its last one is its owner's own.
ANSWERED = ("FIRST_NAME", "LAST_NAME", "EMAIL", "JOB_TITLE", "COMPANY_NAME", "CITY", "COUNTRY")
OWN = 807234246


def script(*, lasts: int = 60 * 86_400) -> Script:
    """Access tokens last so many seconds."""
    routes = (
        ("POST", "/oauth/v2/accessToken", lambda ask: _token(ask, lasts)),
        ("GET", "/adAccounts", lambda _ask: _listing([{"id": 1234567, "name": "Sandbox ads", "test": False}], 0, 10)),
        ("GET", "/leadForms", lambda ask: _listing([_form()], ask.number("start", 0), ask.number("count", 10))),
        ("GET", "/leadFormResponses", _responses),
        ("GET", "/leadFormResponses/([^/]+)", _response_by_id),
        ("POST", "/leadNotifications", _subscribe),
        ("DELETE", "/leadNotifications/([0-9]+)", lambda _ask: Reply(status=204, raw=b"")),
    )
    return Script(routes, _refusal)


def _refusal(ask: Ask) -> Reply | None:
    if ask.path.startswith("/oauth/"):
        return None
    if ask.headers.get("authorization", "") in ("", f"Bearer {BAD_KEY}"):
        return _error(401, "Invalid access token", 65600)
    if not ask.headers.get("linkedin-version", "").isdigit() or "x-restli-protocol-version" not in ask.headers:
        return _error(
            400, "A version must be present. Please specify a version by adding the LinkedIn-Version header.", 0
        )
    return None


def _error(status: int, message: str, code: int) -> Reply:
    return Reply({"status": status, "message": message, "serviceErrorCode": code}, status=status)


def _token(ask: Ask, lasts: int) -> Reply:
    """The form's fields come as a mapping of texts."""
    said = ask.body if isinstance(ask.body, dict) else {}
    if not said.get("client_id") or said.get("client_secret") == BAD_KEY:
        return _oauth_error("invalid_client", "Client authentication failed")
    wanted = {"authorization_code": ("code", CODE), "refresh_token": ("refresh_token", REFRESH)}
    name, value = wanted.get(said.get("grant_type", ""), ("", ""))
    if not name or said.get(name) != value or (name == "code" and not said.get("redirect_uri")):
        return _oauth_error(
            "invalid_request", "Unable to retrieve access token: appid/redirect uri/code does not match"
        )
    lives = {"expires_in": lasts, "refresh_token_expires_in": 365 * 86_400}
    return Reply({"access_token": ACCESS, "refresh_token": REFRESH, "scope": SCOPES, **lives})


def _oauth_error(error: str, description: str) -> Reply:
    return Reply({"error": error, "error_description": description}, status=400 if error == "invalid_request" else 401)


def _responses(ask: Ask) -> Reply:
    if ask.one("owner") != f"(sponsoredAccount:{ACCOUNT})":
        return _error(403, "Not enough permissions to access: owner", 100)
    begin, end = (int(part.partition(":")[2]) for part in ask.one("submittedAtTimeRange").strip("()").split(","))
    british = [firm for firm in firms() if firm.country == "GB"]
    found = [_response(firm, firm.people[0]) for firm in british if begin <= _submitted(firm) < end]
    return _listing(found, ask.number("start", 0), ask.number("count", 10))


def _response_by_id(ask: Ask) -> Reply:
    for firm in firms():
        if firm.country == "GB" and response_of(firm) == unquote(ask.found[0]):
            return Reply(_response(firm, firm.people[0]))
    return _error(404, "Entity not found", 0)


def response_of(firm: Firm) -> str:
    """The id of the response that somebody there sent in."""
    return f"sandbox-{firm.index:04}-1"


def _subscribe(ask: Ask) -> Reply:
    said = ask.body or {}
    if not str(said.get("webhook", "")).startswith("https://") or "sponsoredAccount" not in said.get("owner", {}):
        return _error(400, "webhook must be an https address, and owner a sponsored account", 0)
    return Reply(status=201, raw=b"", headers={"X-RestLi-Id": "4711"})


def challenge_answer(secret: str, code: str) -> str:
    """What LinkedIn wants to hear."""
    return hmac.digest(secret.encode(), code.encode(), "sha256").hex()


def notification(secret: str, action: str, response: str) -> tuple[bytes, str]:
    """An event of the webhook as LinkedIn sends it: the body and its signature."""
    told = {
        "type": "LEAD_ACTION",
        "leadGenFormResponse": f"urn:li:leadGenFormResponse:{response}",
        "owner": {"sponsoredAccount": ACCOUNT},
        "leadGenForm": f"urn:li:versionedLeadGenForm:(urn:li:leadGenForm:{FORM},{VERSION})",
        "leadType": "SPONSORED",
        "leadAction": action,
        "occurredAt": int(time.time() * 1000),
    }
    body = json.dumps(told, indent=1).encode()
    return body, hmac.digest(secret.encode(), b"hmacsha256=" + body, "sha256").hex()


def notify(webhook: str, secret: str, response: str, *, action: str = "CREATED") -> int:
    """Tells the webhook, as LinkedIn does over the network; the status of its answer."""
    body, signature = notification(secret, action, response)
    to = urlsplit(webhook)
    with closing(HTTPConnection(to.netloc, timeout=10)) as line:
        line.request("POST", to.path, body, {"Content-Type": "application/json", "X-LI-Signature": signature})
        return line.getresponse().status


def _listing(elements: list[dict[str, Any]], start: int, count: int) -> Reply:
    part = elements[start : start + count]
    return Reply({"paging": {"start": start, "count": count, "links": [], "total": len(elements)}, "elements": part})


def _form() -> dict[str, Any]:
    asked = [{"questionId": _question(name), "predefinedField": name, "name": name.title()} for name in ANSWERED]
    own = [{"questionId": OWN, "name": "When do you want to begin?"}]
    legal = {"consents": [{"id": 0, "checkRequired": True}], "privacyPolicyUrl": "https://sandbox.example/privacy"}
    content = {"questions": asked + own, "legalInfo": legal}
    owner = {"sponsoredAccount": ACCOUNT}
    return {
        "id": FORM,
        "versionId": VERSION,
        "name": "Guide to pumps",
        "state": "PUBLISHED",
        "owner": owner,
        "content": content,
    }


def _question(name: str) -> int:
    return (ANSWERED.index(name) + 1) * 100_000_000 + FORM


def _submitted(firm: Firm) -> int:
    """In milliseconds: one a day, the last of them yesterday."""
    return (int(time.time()) // 86_400 - 1 - firm.index) * 86_400_000 + 43_200_000


def _response(firm: Firm, person: Person) -> dict[str, Any]:
    place = (firm.city, COUNTRIES[firm.country])
    told = (person.given, person.family, person.email, person.role, firm.name, *place)
    answers = [_answer(_question(name), value) for name, value in zip(ANSWERED, told, strict=True)]
    chosen = {"questionId": OWN, "answerDetails": {"multipleChoiceAnswer": {"options": [0]}}}
    return {
        "id": response_of(firm),
        "owner": {"sponsoredAccount": ACCOUNT},
        "submitter": f"urn:li:person:SB{firm.index:06}",
        "leadType": "SPONSORED",
        "submittedAt": _submitted(firm),
        "testLead": False,
        "versionedLeadGenFormUrn": f"urn:li:versionedLeadGenForm:(urn:li:leadGenForm:{FORM},{VERSION})",
        "formResponse": {
            "answers": [chosen, *answers],
            "consentResponses": [{"accepted": firm.index % 3 > 0, "consentId": 0}],
        },
    }


def _answer(question: int, text: str) -> dict[str, Any]:
    return {"questionId": question, "answerDetails": {"textQuestionAnswer": {"answer": text}}}
