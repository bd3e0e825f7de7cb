"""What the pages of leads say of enrichment: its kinds, its presets, and the choice that is made for whoever begins. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from enrichment.kinds import INFO, PRESETS, in_order
from enrichment.models import EnrichmentKind

KINDS = [(str(kind), info.label) for kind, info in INFO.items()]
FIRST = (EnrichmentKind.EMAIL, EnrichmentKind.VERIFY)


def presets() -> list[tuple[str, str]]:
    """Name and title of each."""
    return [(name, title) for name, (title, _kinds) in PRESETS.items()]


def chosen_kinds(ticked: Sequence[str], *, preset: str, is_first: bool) -> tuple[EnrichmentKind, ...]:
    """Those of the preset that was pressed, else what is ticked; e-mail for whoever comes for the first time."""
    if preset in PRESETS:
        return PRESETS[preset][1]
    return FIRST if is_first else in_order(ticked)
