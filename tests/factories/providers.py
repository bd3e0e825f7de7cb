"""Keys of providers, sealed as the product seals them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.utils import timezone

from billing.models import Workspace
from leadengine.leased import LeaseState
from leadengine.sandbox import linkedin as stand_in
from leadengine.sealing import seal
from leads.models import LinkedInConnection, ProviderKey
from leads.providers.gate import digest_of
from tests.factories import people


def linkedin_connection(of: Workspace, secret: str, **fields: Any) -> LinkedInConnection:
    """The sandbox's ad account, with a token that lasts, and the key of the app."""
    key(of, "linkedin", f"client-0815:{secret}")
    now = timezone.now()
    given = {"sealed": seal(json.dumps({"access": "a-token", "refresh": ""})), "ends_at": now + timedelta(days=60)}
    given |= {"account": stand_in.ACCOUNT, "account_name": "Sandbox ads", "since": now.date()}
    given["connected_by"] = fields.pop("by", None) or people.manager(of)
    return LinkedInConnection.objects.create(workspace=of, **given | fields)


def key(of: Workspace | None, provider: str = "hunter", text: str = "k3y-of-a-test-0815", **fields: Any) -> ProviderKey:
    """A key that is not waiting for a test; no workspace means the server's."""
    given = {"sealed": seal(text), "digest": digest_of(text), "ending": text[-4:], "state": LeaseState.DONE}
    return ProviderKey.objects.create(workspace=of, provider=provider, **given | fields)
