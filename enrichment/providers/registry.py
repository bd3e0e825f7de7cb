"""The providers of second opinions that are installed, and the order in which an address is taken to them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from django.conf import settings

from enrichment.providers.contract import Checker, EmailChecker
from enrichment.providers.hunter import HunterVerifier
from enrichment.providers.neverbounce import NeverBounce
from enrichment.providers.twilio import Twilio
from enrichment.providers.zerobounce import ZeroBounce

INSTALLED: tuple[Checker, ...] = (ZeroBounce(), NeverBounce(), HunterVerifier(), Twilio())
CHECKERS: dict[str, Checker] = {each.provider: each for each in INSTALLED}


def email_checkers() -> list[EmailChecker]:
    return [each for each in CHECKERS.values() if isinstance(each, EmailChecker)]


def cheapest_first(checkers: Iterable[EmailChecker]) -> list[EmailChecker]:
    """By what an answer costs at the provider, in money (CHECKER_PRICES); those without a price last."""
    return sorted(checkers, key=lambda each: (_price(each.provider), each.title))


def _price(provider: str) -> Decimal:
    try:
        return Decimal(settings.CHECKER_PRICES.get(provider, "Infinity"))
    except InvalidOperation:
        return Decimal("Infinity")
