"""Takes one record of a source out of all that is kept beside the leads: what was left out, and answers not used yet."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q

from leads.identity import hash64
from leads.models import Exclusion, SourceAnswer

GONE: dict[str, Any] = {"candidate": None, "keys": [], "label": "", "detail": "", "grade": "", "total": None}


@transaction.atomic
def forget_record(workspace_id: int, source: str, record_id: str) -> int:
    """In how many rows it stood. Harmless to repeat."""
    named = Q(candidate__contains={"source": source, "record_id": record_id})
    named |= Q(source=source, label__endswith=f"({record_id})")
    hashed = Q(keys__contains=[hash64("record", f"{source}:{record_id}")])
    left_out = Exclusion.objects.of(workspace_id).filter(named | hashed)
    return left_out.update(**GONE) + _forget_answers(workspace_id, source, record_id)


def _forget_answers(workspace_id: int, source: str, record_id: str) -> int:
    """Of answers that a run may still use, paid for or not."""
    named = {"candidates": [{"source": source, "record_id": record_id}]}
    answers = SourceAnswer.objects.of(workspace_id).filter(candidates__contains=named)
    found = list(answers.select_for_update(no_key=True))
    for answer in found:
        told = answer.candidates["candidates"]
        answer.candidates["candidates"] = [each for each in told if each.get("record_id") != record_id]
        answer.save(update_fields=["candidates"])
    return len(found)
