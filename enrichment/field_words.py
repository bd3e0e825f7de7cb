"""Fields of an enrichment as people read them: names, values, sources, and the picture of each mark. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from enrichment.models import EnrichedField, FieldState, Mark
from leads import fact_words
from leads.sources import registry
from leads.vocabulary import technologies

LABELS: Mapping[str, str] = {
    "email": "E-mail",
    "email_status": "E-mail verdict",
    "phone_type": "Phone line",
    "technologies": "Technologies",
    "mail_provider": "Mail provider",
    "mail_security": "Mail security",
    "linkedin_url": "LinkedIn page",
    "bluesky": "Bluesky",
    "x": "X",
    "github": "GitHub",
}
SOURCES: Mapping[str, str] = {
    "dns": "DNS",
    "verification": "Mail server",
    "finder": "Mail server, by pattern",
    "twilio": "Twilio Lookup",
}
MARKS: Mapping[str, tuple[str, str]] = {
    Mark.ADDED: ("plus", "good"),
    Mark.CHANGED: ("pencil", "accent"),
    Mark.SAME: ("equal", "quiet"),
    Mark.CONFLICT: ("triangle-alert", "warn"),
}


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One row of the table before and after; what a list keeps stands in `stays`, and `after` is what is added to it."""

    field: EnrichedField
    label: str
    before: str
    after: str
    source: str
    icon: str
    tone: str
    can_undo: bool
    stays: str = ""

    @property
    def percent(self) -> int | None:
        return None if self.field.confidence is None else round(100 * self.field.confidence)

    @property
    def state(self) -> str:
        """What was decided; "" where there is nothing to say."""
        if self.field.mark == Mark.SAME or self.field.state == FieldState.OPEN:
            return ""
        return FieldState(self.field.state).label


def line_of(field: EnrichedField, *, now: datetime) -> FieldLine:
    icon, tone = MARKS[field.mark]
    stays, after = _merged(field)
    return FieldLine(
        field=field,
        label=LABELS.get(field.field, field.field.replace("_", " ").capitalize()),
        before=in_words(field.field, field.before),
        after=in_words(field.field, after),
        source=SOURCES.get(field.source) or registry.title(field.source),
        icon=icon,
        tone=tone,
        can_undo=field.can_be_undone(now),
        stays=stays,
    )


def _merged(field: EnrichedField) -> tuple[str, str]:
    """Technologies are added to those that are there, and replace none: what stays, and what is new."""
    if field.field != "technologies" or not field.before:
        return "", field.after
    new = technologies.unlisted(technologies.listed(field.after), technologies.listed(field.before))
    return field.before, ", ".join(new)


def in_words(name: str, value: str) -> str:
    """A value as it is told: ("phone_type", "fixed") is Landline."""
    if name == "phone_type":
        return fact_words.phone_kind(value).capitalize()
    return value.capitalize() if name == "email_status" else value
