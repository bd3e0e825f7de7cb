"""A verifier as the settings and a command's options describe it."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from enrichment.resolving import AioResolver
from enrichment.verifying.options import Options
from enrichment.verifying.proxy import Proxy
from enrichment.verifying.selftest import NameTest, PortTest
from enrichment.verifying.session import Caller
from enrichment.verifying.verifier import Verifier
from leadengine.guard import networks
from leads.identity import email_key

RETRIES = 3


def verifier_from(options: Mapping[str, Any]) -> Verifier:
    """To be called inside the running loop. ValueError names what is wrong with an option."""
    wait, proxy = options.get("greylist_wait"), options.get("proxy") or settings.VERIFY_PROXY
    caller = caller_of_settings(Proxy.from_url(proxy) if proxy else None)
    server = options.get("resolver") or settings.VERIFY_RESOLVER
    resolver = AioResolver([server] if server else [])
    is_test = bool(options.get("allow_network")) or (options.get("smtp_port") or 25) != 25
    return Verifier(
        resolver,
        Options(
            caller,
            port=options.get("smtp_port") or 25,
            allowed=(*networks(settings.GUARD_ALLOWED_NETWORKS), *networks(options.get("allow_network") or ())),
            concurrency=max(1, options.get("concurrency") or 50),
            per_host_sessions=options.get("per_host_sessions"),
            waits=(wait,) * RETRIES if wait is not None else (),
            is_probing=settings.VERIFY_SMTP and not options.get("no_smtp"),
            block_lists=(*settings.VERIFY_DOMAIN_LISTS, *(options.get("block_list") or ())),
            traps=traps_of(options.get("traps") or settings.VERIFY_TRAPS),
            is_disposable_final=not (settings.VERIFY_DISPOSABLE or options.get("ask_disposable")),
            skipped=frozenset((*settings.VERIFY_SKIP, *(options.get("skip_provider") or ()))),
            with_posture=not options.get("no_posture"),
            with_technologies=bool(options.get("technologies")),
            share=options.get("share") or 1,
        ),
        can_reach_port25=None if is_test or proxy else PortTest(resolver),
        can_resolve=None if is_test else NameTest(resolver),
    )


@lru_cache(maxsize=4)
def traps_of(path: str) -> frozenset[str]:
    """The addresses and domains in a file of the user's, one a line; ValueError says why it cannot be read."""
    if not path:
        return frozenset()
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} cannot be read.") from error
    return frozenset(email_key(text) or text for line in lines if (text := line.strip().lower()))


def caller_of_settings(proxy: Proxy | None = None) -> Caller:
    """Who asks: a host name with its PTR record, a sender on a domain with SPF; else what the machine calls itself."""
    name = settings.VERIFY_HELO or socket.gethostname()
    helo = name if "." in name else f"{name}.localdomain"
    return Caller(helo, settings.VERIFY_MAIL_FROM or f"verify@{helo}", proxy=proxy)
