"""The operator's page for granting a workspace credits, or taking some back, with a reason."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from billing import ledger
from billing.models import Workspace

RIGHT = "billing.add_creditentry"


class CreditsForm(forms.Form):
    """How much and why; the key, made with the form, keeps a doubled click from counting twice."""

    amount = forms.DecimalField(
        max_digits=12, decimal_places=2, help_text="Credits to grant; with a minus, to take back what is not held."
    )
    note = forms.CharField(label="Reason", max_length=200, help_text="The workspace reads it in its ledger.")
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_amount(self) -> Any:
        if not self.cleaned_data["amount"]:
            raise forms.ValidationError("Give an amount other than zero.")
        return self.cleaned_data["amount"]

    def apply(self, workspace: Workspace, by: Any) -> bool:
        """Moves the credits; a refusal becomes an error of the form, and False."""
        amount, note, key = (self.cleaned_data[name] for name in ("amount", "note", "key"))
        try:
            if amount > 0:
                ledger.grant(workspace, amount, key=f"grant:{key}", by=by, note=note)
            else:
                ledger.expire(workspace, -amount, key=f"expire:{key}", by=by, note=note)
        except ledger.InsufficientCredits as refusal:
            self.add_error("amount", f"Only {refusal.available} credits are available.")
        except ledger.KeyReuse:
            self.add_error(None, "This form was sent before with other values. Open it again.")
        return not self.errors


@require_http_methods(["GET", "POST"])
def adjust_credits(request: HttpRequest, pk: int) -> HttpResponse:
    """For operators who may add entries; wrapped by the admin."""
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    workspace = get_object_or_404(Workspace, pk=pk)
    form = CreditsForm(request.POST or None)
    if form.is_valid() and form.apply(workspace, request.user):
        available = ledger.balance(workspace).available
        messages.success(request, f"{workspace} has {available:,.2f} credits available now.")
        return redirect("admin:billing_workspace_change", pk)
    return render(
        request, "admin/billing/credits.html", page(request, workspace, form), status=422 if form.errors else 200
    )


def page(request: HttpRequest, workspace: Workspace, form: CreditsForm) -> dict[str, Any]:
    return {
        **admin.site.each_context(request),
        "title": f"Credits of {workspace}",
        "workspace": workspace,
        "balance": ledger.balance(workspace),
        "form": form,
    }
