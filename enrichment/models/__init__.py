"""The rows of enrichment."""

from enrichment.models.check import EmailCheck
from enrichment.models.lookup import Lookup, LookupKind
from enrichment.models.memory import Memory, MemoryKind
from enrichment.models.opinion_choice import OpinionChoice
from enrichment.models.outside import OutsideAnswer
from enrichment.models.technology import DomainTechnology

__all__ = [
    "DomainTechnology",
    "EmailCheck",
    "Lookup",
    "LookupKind",
    "Memory",
    "MemoryKind",
    "OpinionChoice",
    "OutsideAnswer",
]
