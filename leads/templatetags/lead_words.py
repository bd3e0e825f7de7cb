"""Codes as people read them: sources, industries, places, sizes, verdicts on contact data, names of fields."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from leadengine.templatetags.ui import icon
from leadengine.wording import in_credits
from leads import bounces, fact_words
from leads.models import Company, EmailStatus, Evidence, Reason, SignalKind
from leads.names import trading_name
from leads.sources import registry
from leads.vocabulary import funding, industries, titles

register = template.Library()

FIELDS = {
    "full_name": "Name",
    "first_name": "First name",
    "last_name": "Last name",
    "email": "E-mail",
    "linkedin_url": "LinkedIn profile",
    "linkedin_slug": "LinkedIn profile",
    "company.linkedin_url": "Company's LinkedIn page",
    "company.employees": "Company: employees",
    "employees": "Employees",
    "company.employees_min": "Company: employees, from",
    "company.employees_max": "Company: employees, to",
    "company.revenue_usd": "Company: revenue in US dollars",
    "company.industry_raw": "Company: industry in the source's words",
}
EMAIL_REASONS = {
    "not_checked": "the form is right, no server was asked",
    "syntax_invalid": "not an e-mail address",
    "domain_reserved": "no mail system has this domain",
    "reported_bounced": "reported as bounced",
    "domain_not_found": "the domain does not exist",
    "null_mx": "the domain takes no mail",
    "no_mail_route": "the domain has no mail server",
    "dns_timeout": "the domain could not be looked up",
    "mailbox_accepted": "the mail server takes mail for it",
    "mailbox_not_found": "there is no such mailbox",
    "accept_all": "the domain takes any address",
    "greylisted": "the mail server asks us to come back",
    "ip_blocked": "the mail server refuses our calls",
}
FLAGS = {"role": "shared mailbox", "free": "free mail provider", "disposable": "throw-away address"}
EMAIL_PICTURES = {
    EmailStatus.DELIVERABLE: ("mail-check", "good"),
    EmailStatus.RISKY: ("mail-warning", "warn"),
    EmailStatus.UNKNOWN: ("mail-question-mark", "quiet"),
    EmailStatus.UNCHECKED: ("mail", "quiet"),
    EmailStatus.UNDELIVERABLE: ("mail-x", "bad"),
}
PHONE_PICTURES = {
    True: ("phone-call", "good", "Phone: valid"),
    False: ("phone-missed", "bad", "Phone: not valid"),
    None: ("phone", "quiet", "Phone: not checked"),
}


@register.filter
def verdict_tone(status: str) -> str:
    """The tone of a tag for a verdict on an address."""
    return EMAIL_PICTURES[EmailStatus(status)][1]


register.filter("can_be_written_to", bounces.can_be_written_to)
register.filter("email_standing", bounces.email_standing)
register.filter("lacks_email", bounces.lacks_email)
register.filter("trading_name", trading_name)


@register.filter
def source_title(name: str) -> str:
    """The title of a source, or what stands for a source that is not installed: its name."""
    return registry.title(name)


@register.filter
def industry_label(code: str) -> str:
    return industries.label(code)


@register.filter
def country_name(code: str) -> str:
    return fact_words.country(code)


@register.filter
def seniority_label(code: str) -> str:
    return titles.seniority_label(code) if code else ""


@register.filter
def department_label(code: str) -> str:
    return titles.department_label(code) if code else ""


@register.filter
def funding_label(code: str) -> str:
    return funding.label(code)


@register.filter
def reason_label(code: str) -> str:
    """The reason of an exclusion in words."""
    return Reason(code).label


@register.filter
def field_label(name: str) -> str:
    """A stored field as people call it: "company.founded_year" is "Company: founded year"."""
    if name in FIELDS:
        return FIELDS[name]
    of, _, field = name.rpartition(".")
    words = field.replace("_", " ")
    return f"{of.capitalize()}: {words}" if of else words.capitalize()


@register.simple_tag
def field_value(name: str, value: str) -> str:
    """A stored value as people read it."""
    return fact_words.in_words(name, value)


@register.simple_tag
def facts_told(rows: Iterable[Evidence], company: Company | None = None) -> tuple[fact_words.Told, ...]:
    """Evidence as it is listed, both ends of a number of people as one line."""
    return fact_words.told(rows, company)


@register.simple_tag
def employees(low: int | None, high: int | None) -> str:
    """A head count or a band: "120", "51–200", "1,001+"; empty when unknown."""
    return fact_words.people(low, high)


@register.simple_tag
def signal_words(kind: str, detail: str) -> str:
    """A signal in a few words: "Growing: +27 % employees", and "Hiring in IT" where the detail says it all."""
    label, told = str(SignalKind(kind).label), fact_words.signal_detail(kind, detail)
    if told.lower().startswith(label.lower()):
        return told
    return f"{label}: {told}" if told else label


@register.simple_tag
def email_words(status: str, reason: str, flags: str) -> str:
    """The verdict on an e-mail address in a sentence: "Unknown: the form is right, no server was asked (shared mailbox)"."""
    words = EmailStatus(status).label
    if reason:
        words += f": {EMAIL_REASONS.get(reason, reason.replace('_', ' '))}"
    said = [FLAGS.get(flag, flag.replace("_", " ")) for flag in flags.split(",") if flag]
    return f"{words} ({', '.join(said)})" if said else words


@register.filter
def no_email_words(reason: str) -> str:
    """Why a lead has no address: the one that was found is no good, or none was found."""
    return f"None that takes mail: {EMAIL_REASONS[reason]}" if reason in EMAIL_REASONS else "Not known"


@register.simple_tag
def phone_words(kind: str, is_valid: bool | None) -> str:
    """The verdict on a phone number."""
    if is_valid is None:
        return "Not checked"
    told = "" if kind in ("", "unknown") else f"{fact_words.phone_kind(kind)} "
    return f"Valid {told}number" if is_valid else "Not a valid number"


@register.simple_tag
def email_icon(email: str, status: str) -> SafeString:
    """What is known of the address, as a picture with words for screen readers."""
    name, tone = EMAIL_PICTURES[EmailStatus(status)] if email else ("mail-x", "none")
    words = f"E-mail: {EmailStatus(status).label.lower()}" if email else "No e-mail"
    return _picture(name, tone, words)


@register.simple_tag
def phone_icon(phone: str, is_valid: bool | None) -> SafeString:
    """What is known of the number; each verdict has its own picture, so that none is told by colour alone."""
    return _picture(*PHONE_PICTURES[is_valid]) if phone else _picture("phone-off", "none", "No phone")


def _picture(name: str, tone: str, words: str) -> SafeString:
    return format_html(
        '<span class="data-icon {}" title="{}">{}<span class="sr-only">{}</span></span>',
        tone,
        words,
        icon(name, 16),
        words,
    )


@register.filter
def price(credits: Decimal) -> str:
    """What a paid button says after its verb: "12 credits", or "free"."""
    return in_credits(credits) if credits else "free"


@register.filter
def duration(seconds: float) -> str:
    """Seconds as people say them: "under 1 s", "8 s", "4 min", "2 h 5 min"."""
    if seconds < 1:
        return "under 1 s"
    minutes, rest = divmod(int(timedelta(seconds=seconds).total_seconds()), 60)
    if not minutes:
        return f"{rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
