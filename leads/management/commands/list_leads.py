"""Lists the leads of a workspace that match a query, as the page of leads does."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from leads import listing
from leads.management.browsing_command import BrowsingCommand, Matching
from leads.models import Lead
from leads.query.terms import LeadQuery


class Command(BrowsingCommand):
    help = f"Lists leads, {listing.PAGE} a page: what each row of the page shows, and how many there are of each grade."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--sort", default=listing.BEST_FIRST, choices=[*listing.SORTS])
        parser.add_argument("--page", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        found = self.matching(options)
        counts = listing.count(found.leads, LeadQuery())
        page = listing.page_of(found.leads, options["sort"], options["page"], counts)
        data = {
            "query": found.query.text,
            "total": counts.total,
            "grades": dict(counts.by_grade),
            "page": page.number,
            "pages": page.paginator.num_pages,
            "leads": [_row(lead) for lead in page.object_list],
        }
        self.put(data, options, _text(found, data))


def _row(lead: Lead) -> dict[str, Any]:
    score = getattr(lead, "score", None)
    return {
        "id": str(lead.pk),
        "name": lead.full_name,
        "title": lead.title,
        "company": lead.company.name if lead.company else "",
        "grade": score.grade if score else None,
        "score": score.total if score else None,
        "stage": lead.stage.key if lead.stage else None,
        "owner": lead.owner.email if lead.owner else None,
        "do_not_contact": lead.do_not_contact,
    }


def _text(found: Matching, data: dict[str, Any]) -> str:
    lines = [f"{each['grade'] or '-':3}{each['score'] or '':>4}  {_who(each)}" for each in data["leads"]]
    head = f"{data['total']:,} leads match “{found.query.text}”. Page {data['page']} of {data['pages']}."
    return "\n".join([head, *lines])


def _who(row: dict[str, Any]) -> str:
    return ", ".join(filter(None, (row["name"], row["title"], row["company"])))
