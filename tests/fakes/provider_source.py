"""A connector to the sandbox's provider: the contract of every network source, in its smallest form. Not installed."""

from __future__ import annotations

import json
from http.client import HTTPException
from typing import Any, ClassVar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from leads.candidate import Candidate
from leads.sources.base import Count, Cursor, Page, RecordFault, SearchRequest, Source, SourceError

SECONDS = 10.0
PERMANENT = {400, 401, 402, 403}


class SandboxSource(Source):
    """Pages through what the provider at `base_url` has; every failure is a SourceError with a sentence."""

    name: ClassVar[str] = "sandbox"
    title: ClassVar[str] = "Sandbox (invented data)"
    kind: ClassVar[str] = "email_provider"

    def __init__(self, base_url: str, *, batch: int = 50) -> None:
        self.base_url = base_url
        self.page_size = batch

    def count(self, request: SearchRequest) -> Count:
        return Count(int(self._ask({"start": 0, "limit": 0})["total"]))

    def search(self, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        answer = self._ask({"start": cursor.get("start", 0), "limit": min(limit, self.page_size)})
        candidates, faults = [], []
        for record in answer["records"]:
            if "unusable" in record:
                faults.append(RecordFault(record["record_id"], record["record_id"], record["unusable"]))
            else:
                candidates.append(Candidate.from_json({"source": self.name, **record}))
        following = answer["next"]
        return Page(tuple(candidates), None if following is None else {"start": following}, tuple(faults))

    def _ask(self, query: dict[str, Any]) -> dict[str, Any]:
        request = Request(f"{self.base_url}/records?{urlencode(query)}")  # noqa: S310 - the sandbox's own loopback address
        try:
            with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
                return json.load(answer)
        except HTTPError as error:
            wait = error.headers.get("Retry-After")
            raise SourceError(
                f"It answered {error.code}",
                permanent=error.code in PERMANENT,
                retry_after=float(wait) if wait else None,
            ) from error
        except (OSError, HTTPException) as error:
            raise SourceError(f"It does not answer: {type(error).__name__}", permanent=False) from error
        except ValueError as error:
            raise SourceError("Its answer could not be read", permanent=False) from error
