"""`manage.py enrich_leads`: enrich leads by a query or by name as the page does, or only see what it would cost and do."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.core.management.base import CommandError, CommandParser

from leadengine.wording import in_credits
from leadengine.workflows.enriching import REFUSALS, Order, start_enrichment
from leadengine.workflows.enrichment_offer import Offer, make_offer
from leadengine.workflows.enrichment_words import KINDS
from leadengine.workflows.following_enrichment import follow_enrichment, in_words, told
from leads.management.browsing_command import BrowsingCommand, Matching
from leads.management.leads_arguments import leads_named


class Command(BrowsingCommand):
    help = "Ask for what is missing of many leads; it is held for at most, and charged by what is found."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--leads", nargs="+", metavar="LEAD", help="ids or e-mail addresses, instead of --query")
        parser.add_argument("--kinds", nargs="+", required=True, choices=[kind for kind, _label in KINDS])
        parser.add_argument("--most-credits", type=Decimal, help="it ends there; default: whatever it takes at most")
        parser.add_argument("--dry-run", action="store_true", help="only tell what it would cost and do")
        parser.add_argument("--test", action="store_true", help="ask about the five best of them")
        parser.add_argument("--follow", action="store_true", help="work at it until it has ended")

    def handle(self, *args: Any, **options: Any) -> None:
        found = self.matching(options)
        leads = leads_named(found.workspace, options["leads"]) if options["leads"] else found.leads
        if options["dry_run"]:
            most = options["most_credits"]
            offer = make_offer(
                leads, options["kinds"], most_credits=most, workspace=found.workspace, by=found.by, now=found.now
            )
            return self.put(quoted(offer), options, quoted_in_words(offer))
        job = self.started(found, leads, options)
        job = follow_enrichment(job) if options["follow"] else job
        return self.put(told(job), options, in_words(job))

    def started(self, found: Matching, leads: Any, options: dict[str, Any]) -> Any:
        order = Order(options["kinds"], uuid4(), is_test=options["test"], most_credits=options["most_credits"])
        try:
            return start_enrichment(leads, order, workspace=found.workspace, by=found.by, now=found.now)
        except REFUSALS as refusal:
            raise CommandError(str(refusal)) from refusal


def quoted(offer: Offer) -> dict[str, Any]:
    return {
        "selected": offer.plan.selected,
        "leads": offer.leads,
        "skipped": offer.skipped,
        "at_most": float(offer.at_most),
        "expected": float(offer.expected),
        "left_afterwards": float(offer.balance_after),
        "become_a_at_best": offer.effect and offer.effect.at_best,
        "become_a_expected": offer.effect and offer.effect.expected,
        "a_already": offer.effect and offer.effect.already,
        "become_a_plus_at_best": offer.effect and offer.effect.to_best,
        "obstacle": offer.obstacle,
        "kinds": [
            {
                "kind": str(each.info.kind),
                "chosen": each.is_chosen,
                "to_ask": each.number,
                "known": each.planned.have,
                "left_out": dict(each.reasons),
                "locked": each.locked,
                "price": float(each.price),
                "found_percent": each.coverage.percent,
            }
            for each in offer.kinds
        ],
    }


def quoted_in_words(offer: Offer) -> str:
    lines = [f"{each.info.label}: {each.number:,} to ask, {each.planned.have:,} known." for each in offer.chosen]
    lines.append(f"{offer.leads:,} leads, {offer.skipped:,} skipped: at most {in_credits(offer.at_most)}.")
    lines.append(f"Expected {in_credits(offer.expected)}.")
    if offer.effect:
        lines.append(f"At best {offer.effect.at_best:,} become A or better.")
        lines.append(f"{offer.effect.already:,} are A already, {offer.effect.to_best:,} could become A+.")
    return "\n".join([*lines, *filter(None, [offer.obstacle])])
