"""The rows of enrichment."""

from enrichment.models.check import EmailCheck
from enrichment.models.memory import Memory, MemoryKind

__all__ = ["EmailCheck", "Memory", "MemoryKind"]
