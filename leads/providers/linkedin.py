"""LinkedIn's OAuth: what is asked of a person, and the tokens that come of it, kept sealed and made anew in time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from leadengine.http import Call, Unanswered
from leadengine.outcomes import Dialect, Outcome, own_words
from leadengine.sealing import CannotOpen, seal, unseal
from leads.models import LinkedInConnection, Standing
from leads.providers.keys import key_of

PROVIDER, NAME = "linkedin", "LinkedIn"
OAUTH = "https://www.linkedin.com/oauth/v2"
SCOPES = ("r_marketing_leadgen_automation", "r_ads")
EARLY = timedelta(minutes=5)  # before its end a token is made anew
GONE = "The permission at LinkedIn is over. A manager connects it again under Settings, Sources."


@dataclass(frozen=True, slots=True)
class App:
    """Who we are for LinkedIn: the two parts of the key that a manager, or the operator, entered."""

    client_id: str
    secret: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """What LinkedIn handed out; `refresh` "" where it gives none, so that one has to connect again at the end."""

    access: str
    ends_at: datetime
    refresh: str = ""
    refresh_ends_at: datetime | None = None
    scopes: str = ""


def app_of(workspace_id: int) -> App:
    """Raises Unanswered without a key, or with one that is no pair."""
    try:
        client_id, _, secret = key_of(workspace_id, PROVIDER).partition(":")
    except CannotOpen as error:
        raise _refused(f"{NAME}: {error}") from error
    if not client_id or not secret:
        raise _refused(
            "LinkedIn needs a key: client ID, a colon, client secret. A manager enters it under Settings, Sources."
        )
    return App(client_id, secret)


def authorize_url(app: App, *, back: str, state: str, oauth: str = OAUTH) -> str:
    """Where a person allows us what we ask; LinkedIn sends them `back` with a code and our state."""
    asked = {"response_type": "code", "client_id": app.client_id, "redirect_uri": back, "state": state}
    return f"{oauth}/authorization?{urlencode(asked | {'scope': ' '.join(SCOPES)})}"


def exchange(door: Any, app: App, *, code: str, back: str) -> Tokens:
    """The tokens for a code, which works once. Raises Unanswered."""
    return _ask(door, app, {"grant_type": "authorization_code", "code": code, "redirect_uri": back})


def access_token(door: Any, found: LinkedInConnection, app: App | None = None) -> str:
    """A token that works for a while yet; made anew where it is about to end. Raises Unanswered."""
    try:
        kept = json.loads(unseal(found.sealed))
    except CannotOpen as error:
        raise _refused(GONE) from error
    if timezone.now() < found.ends_at - EARLY:
        return str(kept["access"])
    if not kept["refresh"]:
        _note(found, Standing.KEY_REFUSED, GONE)
        raise _refused(GONE)
    return _renewed(door, found, app or app_of(found.workspace_id), kept["refresh"])


def keep(found: LinkedInConnection, tokens: Tokens) -> None:
    """Puts the tokens on the row; the caller saves. Raises NoSealingKey."""
    found.sealed = seal(json.dumps({"access": tokens.access, "refresh": tokens.refresh}))
    found.ends_at, found.refresh_ends_at = tokens.ends_at, tokens.refresh_ends_at
    found.scopes = tokens.scopes[:300] or found.scopes
    found.standing, found.said = Standing.WORKING, ""


def _renewed(door: Any, found: LinkedInConnection, app: App, refresh: str) -> str:
    try:
        tokens = _ask(door, app, {"grant_type": "refresh_token", "refresh_token": refresh})
    except Unanswered as error:
        if error.is_permanent:
            _note(found, Standing.KEY_REFUSED, GONE)
            raise _refused(GONE) from error
        raise
    keep(found, tokens)
    found.save(update_fields=["sealed", "ends_at", "refresh_ends_at", "scopes", "standing", "said"])
    return tokens.access


def _note(found: LinkedInConnection, standing: Standing, said: str) -> None:
    LinkedInConnection.objects.filter(pk=found.pk).update(standing=standing, said=said)


def _ask(door: Any, app: App, said: Mapping[str, str]) -> Tokens:
    form = {**said, "client_id": app.client_id, "client_secret": app.secret}
    secrets = (app.secret, *(said[name] for name in ("code", "refresh_token") if name in said))
    call = Call(url=f"{door.base_url}/accessToken", method="POST", body=form, is_form=True, is_repeatable=False)
    answer = door.ask(replace(call, hidden=secrets))
    return _read(answer.data, timezone.now(), said.get("refresh_token", ""))


def _read(data: Any, now: datetime, refresh: str) -> Tokens:
    try:
        ends_at = now + timedelta(seconds=int(data["expires_in"]))
        lasting = data.get("refresh_token_expires_in")
        scopes = str(data.get("scope") or "").replace(",", " ")
        later = now + timedelta(seconds=int(lasting)) if lasting else None
        return Tokens(str(data["access_token"]), ends_at, str(data.get("refresh_token") or refresh), later, scopes)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise Unanswered(Outcome.GARBLED, f"{NAME} sent an answer that could not be read.") from error


def said(data: Any) -> str:
    """LinkedIn's own words, of its interface or of its OAuth."""
    return own_words(data, "message", "error_description")


_STATUSES = {201: Outcome.OK, 204: Outcome.OK}  # these two may have no text
_STATUSES |= {401: Outcome.KEY_REFUSED, 403: Outcome.KEY_REFUSED}  # its OAuth has the key in the question's body
DIALECT = Dialect(said=said, statuses=_STATUSES)


def _refused(words: str) -> Unanswered:
    return Unanswered(Outcome.KEY_REFUSED, words, was_asked=False)
