"""The sandbox's providers of this process: each started when it is first asked for, and there until the process ends."""

from __future__ import annotations

import threading
from collections.abc import Callable

from leadengine.sandbox import (
    apollo,
    bluesky,
    companies_house,
    github,
    gleif,
    hunter,
    linkedin,
    mastodon,
    neverbounce,
    people_data_labs,
    sec_edgar,
    twilio,
    wikidata,
    x,
    zerobounce,
)
from leadengine.sandbox.scripted import Script, start

SCRIPTS: dict[str, Callable[[], Script]] = {
    "companies_house": companies_house.script,
    "gleif": gleif.script,
    "sec_edgar": sec_edgar.script,
    "wikidata": wikidata.script,
    "hunter": hunter.script,
    "apollo": apollo.script,
    "people_data_labs": people_data_labs.script,
    "github": github.script,
    "bluesky": bluesky.script,
    "mastodon": mastodon.script,
    "x": x.script,
    "linkedin": linkedin.script,
    "zerobounce": zerobounce.script,
    "neverbounce": neverbounce.script,
    "twilio": twilio.script,
}
_running: dict[str, Script] = {}
_lock = threading.Lock()


def base_url(provider: str) -> str:
    """Where the provider's sandbox answers. Raises SandboxForbidden where there is none, LookupError for an unknown one."""
    with _lock:
        if provider not in _running:
            script = SCRIPTS[provider]()
            start(script)
            _running[provider] = script
        return _running[provider].base_url
