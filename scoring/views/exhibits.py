"""The style guide's page of what is said of a score, and of the panel beside a list: the real parts, invented people."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadengine.access import staff_required
from leadengine.request import Request
from leadengine.workflows.exhibits.leads import looked_at, votes
from scoring.forms.feedback import FeedbackForm


@staff_required
@require_safe
def styleguide_scores(request: Request) -> HttpResponse:
    """`?state=` says which of the states of a vote is shown: there is one vote on a page."""
    lead, states = looked_at(), _states()
    state = request.GET.get("state", "")
    context = {"lead": lead, "peek": lead, "states": states, "state": state} | states.get(state, states[""])
    return render(request, "styleguide/scores.html", context)


def _states() -> dict[str, dict[str, Any]]:
    """By name: nobody voted, a vote that was refused, one's own votes, and those of others alone."""
    wrong, right = votes()
    return {
        "": {"feedback_form": FeedbackForm()},
        "refused": {"feedback_form": FeedbackForm({"is_right": "0", "factor": ""})},
        "wrong": {"vote": wrong, "votes": [wrong, right]},
        "right": {"vote": right, "votes": [right]},
        "others": {"votes": [wrong, right], "feedback_form": FeedbackForm()},
    }
