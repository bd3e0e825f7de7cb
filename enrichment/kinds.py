"""What can be asked about leads in an enrichment: what each kind gets, how fresh that is, and the presets. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from enrichment.models import EnrichmentKind


@dataclass(frozen=True, slots=True)
class KindInfo:
    """`days`: for so long what was asked is good, and is not asked again."""

    kind: EnrichmentKind
    icon: str
    gets: str
    freshness: str
    days: int = 30

    @property
    def label(self) -> str:
        return str(self.kind.label)


INFO = {
    each.kind: each
    for each in (
        KindInfo(
            EnrichmentKind.EMAIL,
            "at-sign",
            "An address where none is known, or the known one is dead: guessed by the company's pattern, confirmed by its "
            "mail server, or told by a provider whose key is there.",
            "Asked when you start",
        ),
        KindInfo(
            EnrichmentKind.VERIFY,
            "mail-check",
            "Whether mail arrives. Risky and unknown cost nothing.",
            "Asked when you start; good for 30 days",
        ),
        KindInfo(
            EnrichmentKind.LINE,
            "phone",
            "Mobile or landline, and the carrier of today.",
            "Asked when you start; good for 30 days",
        ),
        KindInfo(
            EnrichmentKind.COMPANY,
            "server",
            "Technologies in use, who takes the company's mail, and how that is guarded.",
            "Public DNS, asked when you start; good for 30 days",
        ),
        KindInfo(
            EnrichmentKind.PROFILES,
            "link",
            "The company's accounts: Bluesky by its own DNS; LinkedIn, X and GitHub as Wikidata has them.",
            "DNS, asked when you start; Wikidata as volunteers keep it",
        ),
    )
}
ABOUT_COMPANIES = (EnrichmentKind.COMPANY, EnrichmentKind.PROFILES)
PRESETS = {
    "call": ("Ready to call", (EnrichmentKind.LINE, EnrichmentKind.COMPANY)),
    "mail": ("E-mail only", (EnrichmentKind.EMAIL, EnrichmentKind.VERIFY)),
}


def in_order(kinds: Iterable[str]) -> tuple[EnrichmentKind, ...]:
    """Those that there are, each once, in the order in which people see them."""
    wanted = set(kinds)
    return tuple(kind for kind in INFO if kind in wanted)
