"""Keys of providers, sealed as the product seals them."""

from __future__ import annotations

from typing import Any

from billing.models import Workspace
from leadengine.leased import LeaseState
from leadengine.sealing import seal
from leads.models import ProviderKey
from leads.providers.gate import digest_of


def key(of: Workspace | None, provider: str = "hunter", text: str = "k3y-of-a-test-0815", **fields: Any) -> ProviderKey:
    """A key that is not waiting for a test; no workspace means the server's."""
    given = {"sealed": seal(text), "digest": digest_of(text), "ending": text[-4:], "state": LeaseState.DONE}
    return ProviderKey.objects.create(workspace=of, provider=provider, **given | fields)
