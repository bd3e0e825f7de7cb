"""Where leads and what is said of them come from: a source's share of a run, or an import."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID


class Origin(Protocol):
    """What its leads need to know: the workspace, the source's name, as of when it speaks, and whose they become."""

    @property
    def workspace_id(self) -> int: ...

    @property
    def source(self) -> str: ...

    @property
    def asked_at(self) -> datetime: ...

    @property
    def owner_id(self) -> int | None: ...

    @property
    def run_id(self) -> UUID | None: ...
