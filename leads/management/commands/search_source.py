"""Asks one source as a run would, and prints what it answers: to try criteria, mappings and connectors."""

import json
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from leadengine.management.workspace_command import json_argument
from leads.criteria import Criteria, InvalidCriteria
from leads.models import SourceFile
from leads.sources.base import Count, Page, SearchRequest, Source, SourceError
from leads.sources.connector import Connector
from leads.sources.registry import SOURCES, UnknownSource, get


class Command(BaseCommand):
    help = "Asks one source for candidates: its count, the first of them, and where it would go on. Changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help=", ".join(SOURCES))
        parser.add_argument("--criteria", default="{}", help="criteria as JSON, or the name of a file that holds it")
        parser.add_argument("--file", type=UUID, help="the uploaded file that the source “file” reads")
        parser.add_argument("--workspace", default="", help="the workspace with whose keys providers are asked")
        parser.add_argument(
            "--base-url",
            default="",
            help="a stand-in of the provider, such as one on this machine: it is sent no real key",
        )
        parser.add_argument("--sandbox", action="store_true", help="ask the provider's stand-in, with invented data")
        parser.add_argument("--limit", type=int, default=10, help="the most candidates, over as many pages as it takes")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, source: str, limit: int, **options: Any) -> None:
        try:
            asked, request = _source(source, options["base_url"]), _request(options)
            count, pages = _count(asked, request), _pages(asked, request, limit)
        except (UnknownSource, InvalidCriteria, SourceError) as error:
            raise CommandError(str(error)) from error
        found = [each for page in pages for each in page.candidates]
        answer = {
            "source": asked.name,
            "count": count.value if count else None,
            "is_capped": bool(count and count.is_capped),
            "unsupported": list(asked.unsupported(request.criteria)),
            "unknown": list(asked.unknown(request.criteria)) if isinstance(asked, Connector) else [],
            "pages": len(pages),
            "asked": sum(page.asked for page in pages),
            "provider_credits": float(sum(page.provider_credits for page in pages)),
            "next_cursor": pages[-1].next_cursor if pages else {},
            "candidates": [each.to_json() for each in found],
            "faults": [[fault.label, fault.reason] for page in pages for fault in page.faults],
        }
        words = [
            f"{asked.title}: {count} match." if count else f"{asked.title}: not counted, for that costs there, too."
        ]
        words += [", ".join(filter(None, (each.name, each.title, each.company.name, each.email))) for each in found]
        self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else "\n".join(words))


def _source(name: str, base_url: str) -> Source:
    """The source, at another address where one is given. Raises UnknownSource or CommandError."""
    source = get(name)
    if not base_url:
        return source
    if not isinstance(source, Connector):
        raise CommandError(f"{source.title} is not on the network: leave out --base-url.")
    if not base_url.startswith(("http://", "https://")):
        raise CommandError("--base-url begins with http:// or https://.")
    return type(source)(base_url)


def _count(source: Source, request: SearchRequest) -> Count | None:
    """None where the provider charges for it."""
    return None if isinstance(source, Connector) and not source.is_count_free else source.count(request)


def _request(options: dict[str, Any]) -> SearchRequest:
    """Asks for no workspace but the one that is named, or the file's: of new and known, real and invented alike."""
    file = SourceFile.objects.filter(pk=options["file"]).first() if options["file"] else None
    if options["sandbox"] and not settings.SANDBOX:
        raise CommandError("This server has no sandbox: set SANDBOX=1 for it, or leave out --sandbox.")
    return SearchRequest(
        criteria=Criteria.from_json(json_argument(options["criteria"])),
        workspace_id=file.workspace_id if file else _workspace_id(options["workspace"]),
        new_only=False,
        now=timezone.now(),
        file_id=options["file"],
        includes_samples=True,
        is_sandboxed=options["sandbox"],
    )


def _workspace_id(slug: str) -> int:
    """0 for none: then only keys of the whole server are used."""
    if not slug:
        return 0
    model = SourceFile._meta.get_field("workspace").related_model
    found = model._default_manager.filter(slug=slug).values_list("pk", flat=True).first()
    if found is None:
        raise CommandError(f"There is no workspace “{slug}”.")
    return int(found)


def _pages(source: Source, request: SearchRequest, limit: int) -> list[Page]:
    pages: list[Page] = []
    cursor: dict[str, Any] | None = {}
    while cursor is not None and limit > 0:
        page = source.search(request, cursor, min(limit, source.batch))
        pages.append(page)
        limit -= len(page.candidates) + len(page.faults)
        cursor = page.next_cursor
    return pages
