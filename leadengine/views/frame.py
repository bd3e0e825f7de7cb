"""The live parts of the frame, renewed out of band while a page is open: badges, credits, and word of runs that ended."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.toasts import toast


@member_required
@require_safe
def frame(request: Request) -> HttpResponse:
    if not request.htmx:
        return SeeOther("/")
    response = render(request, "components/_frame_live.html")
    text, url = request.word_of_ends()
    return toast(response, text, url=url) if text else response
