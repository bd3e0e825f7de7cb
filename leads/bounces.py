"""Whether a lead may be written to, by its verdict and by mails that came back: what every page shows."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.fields.json import KT

from leads.harmful_addresses import takes_mail
from leads.models import Activity, ActivityKind, EmailStatus, Lead
from leads.models.email_status import stands
from leads.models.lead import LeadQuerySet


def with_bounces(leads: LeadQuerySet) -> LeadQuerySet:
    """The same leads, each with `has_bounced`; for lists, which ask it of many."""
    return leads.annotate(has_bounced=came_back())


def came_back() -> Exists:
    """Of a lead, as `scoring.heeding` has it: a mail to the address in use came back, no check has found it deliverable
    since, and nobody has answered since.
    """
    answered = Activity.objects.filter(
        lead=OuterRef("lead"), kind=ActivityKind.EMAIL_REPLIED, occurred_at__gt=OuterRef("occurred_at")
    )
    found_since = Q(lead__email_status=EmailStatus.DELIVERABLE, lead__email_checked_at__gt=F("occurred_at"))
    returned = Activity.objects.filter(lead=OuterRef("pk"), kind=ActivityKind.EMAIL_BOUNCED)
    of_address = returned.annotate(proved=KT("detail__proved")).filter(proved=F("lead__email"))
    return Exists(of_address.exclude(found_since).filter(~Exists(answered)))


def has_bounced(lead: Lead) -> bool:
    """Known of leads that were read `with_bounces`; of another it is asked once."""
    if "has_bounced" not in vars(lead):
        one = with_bounces(Lead.objects.of(lead.workspace_id).filter(pk=lead.pk))
        lead.has_bounced = bool(one.values_list("has_bounced", flat=True).first())
    return lead.has_bounced


def can_be_written_to(lead: Lead) -> bool:
    """Whether a letter to the address is wanted and may arrive."""
    is_sound = bool(lead.email) and takes_mail(lead.email_status, lead.email_reason, lead.email_flags)
    return is_sound and not lead.do_not_contact and not has_bounced(lead)


def email_standing(lead: Lead) -> EmailStatus:
    """The status of the address by all that is known: what came back is undeliverable, whatever a check said before."""
    return EmailStatus.UNDELIVERABLE if lead.email and has_bounced(lead) else lead.email_verdict


def lacks_email(lead: Lead) -> bool:
    """Whether there is no address, or one that is known not to work: another may be looked for."""
    return not lead.email or email_standing(lead) == EmailStatus.UNDELIVERABLE


def has_standing(value: str) -> Q:
    """The leads whose `email_standing` is this."""
    found, returned = stands(value), Q(came_back())
    told = found | returned if value == EmailStatus.UNDELIVERABLE else found & ~returned
    return told & ~Q(email="")
