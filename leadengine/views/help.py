"""Help that stands in the same place on every page: how the product counts, grades and charges, and its keys."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadengine.access import sign_in_required
from leadengine.request import Request


@require_safe
@sign_in_required
def help_page(request: Request) -> HttpResponse:
    return render(request, "help/help.html")


@require_safe
@sign_in_required
def keys(request: Request) -> HttpResponse:
    return render(request, "help/keys.html")
