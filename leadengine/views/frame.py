"""The live parts of the frame, renewed out of band while a page is open: badges and credits."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.request import Request


@member_required
@require_safe
def frame(request: Request) -> HttpResponse:
    return render(request, "components/_frame_live.html") if request.htmx else SeeOther("/")
