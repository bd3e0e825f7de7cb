"""The rows of enrichment."""

from enrichment.models.memory import Memory, MemoryKind

__all__ = ["Memory", "MemoryKind"]
