"""What is said of an edit and of its undo: one lead by its name, many by their number, and what was left alone."""

from __future__ import annotations

from leadengine.wording import plural
from leads.editing import Undone
from leads.models import EditedField, Lead, LeadEdit

OFF = {EditedField.TAG, EditedField.LIST}
TWICE = "It was taken back already."


def said(made: LeadEdit) -> str:
    """As in: Stage: Working. 12 leads changed."""
    if not made.changed:
        return f"Nothing to change: {made.words} is set already."
    return f"{made.words}. {made.changed:,} {plural(made.changed, 'lead')} changed."


def said_of(lead: Lead, made: LeadEdit) -> str:
    """As in: Mira Sandoval: stage: Working. Of a lead that stood there already it says so."""
    if not made.changed:
        return f"{lead.display_name} had that already."
    return f"{lead.display_name}: {made.words[:1].lower()}{made.words[1:]}"


def said_back(made: LeadEdit, done: Undone) -> str:
    """As in: Undone: 97 leads put back. 3 were changed again since, and were left as they are."""
    if made.changed == 1 and done.ids:
        return _one_back(made, Lead.objects.select_related("stage", "owner", "company").get(pk=done.ids[0]))
    if made.changed == 1:
        return "The lead has been changed again since, and was left as it is."
    what = "taken off again" if made.field in OFF else "put back"
    number = len(done.ids)
    left = f" {done.left:,} {_were(done.left)} changed again since, and {_were(done.left)} left as "
    rest = left + ("it is." if done.left == 1 else "they are.") if done.left else ""
    return f"Undone: {number:,} {plural(number, 'lead')} {what}.{rest}"


def _one_back(made: LeadEdit, lead: Lead) -> str:
    if made.field == EditedField.STAGE:
        return f"{lead.display_name} is back in {lead.stage.name if lead.stage else 'no stage'}."
    if made.field == EditedField.OWNER:
        return f"{lead.display_name} is back with {lead.owner.name if lead.owner else 'nobody'}."
    if made.field == EditedField.OUTCOME:
        return "The outcome is back to what it was."
    return f"Undone for {lead.display_name}: {made.words[:1].lower()}{made.words[1:]}."


def _were(number: int) -> str:
    return "was" if number == 1 else "were"
