"""The rows of enrichment."""

from enrichment.models.check import EmailCheck
from enrichment.models.enriched import MEASURED, UNDO_FOR, EnrichedField, FieldState, Mark
from enrichment.models.job import UNDER_WAY, Enrichment, EnrichmentItem, EnrichmentKind, ItemState
from enrichment.models.lookup import Lookup, LookupKind
from enrichment.models.memory import Memory, MemoryKind
from enrichment.models.opinion_choice import OpinionChoice
from enrichment.models.outside import OutsideAnswer
from enrichment.models.technology import DomainTechnology

__all__ = [
    "MEASURED",
    "UNDER_WAY",
    "UNDO_FOR",
    "DomainTechnology",
    "EmailCheck",
    "EnrichedField",
    "Enrichment",
    "EnrichmentItem",
    "EnrichmentKind",
    "FieldState",
    "ItemState",
    "Lookup",
    "LookupKind",
    "Mark",
    "Memory",
    "MemoryKind",
    "OpinionChoice",
    "OutsideAnswer",
]
