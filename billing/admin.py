"""Support of people and credits in the Django admin; every change goes through the same functions as the pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db.models import Count, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone

from billing import membership, reset_links
from billing.confirm_sum import set_confirm_sum
from billing.models import AuditEvent, CreditEntry, Hold, Invitation, Membership, Price, Role, User, Workspace
from billing.repricing import set_price
from billing.run_limit import set_run_limit
from billing.views.adjusting import adjust_credits
from leadengine.answers import SeeOther
from leadengine.support import NoDeletion, ReadOnly, operator
from leadengine.workflows.workspaces import create_workspace


@admin.register(Workspace)
class WorkspaceAdmin(NoDeletion):
    list_display = ("name", "slug", "available", "held", "members", "is_sample", "created_at")
    list_select_related = ("credit_account",)
    list_filter = ("is_sample",)
    search_fields = ("name", "slug", "memberships__user__email")
    ordering = ("name", "pk")
    exclude = ("next_run_number", "answers_epoch")
    prepopulated_fields = {"slug": ("name",)}
    change_form_template = "admin/billing/workspace_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Workspace]:
        active = Count("memberships", filter=Q(memberships__is_active=True))
        return super().get_queryset(request).annotate(member_count=active)

    def get_urls(self) -> list[URLPattern]:
        credits = self.admin_site.admin_view(adjust_credits)
        return [path("<int:pk>/credits/", credits, name="billing_workspace_credits"), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Workspace, form: ModelForm, change: bool) -> None:
        """A new one is opened as everywhere: with account, pipeline and profile; its limits are changed with their audit."""
        if not change:
            made = create_workspace(obj.name, slug=obj.slug, owner=None, now=timezone.now())
            obj.pk, obj.created_at, obj._state.adding = made.pk, made.created_at, False
        if "most_credits_per_run" in form.changed_data:
            set_run_limit(obj, obj.most_credits_per_run, by=operator(request), now=timezone.now())
        if "confirm_above" in form.changed_data:
            set_confirm_sum(obj, obj.confirm_above, by=operator(request), now=timezone.now())
        super().save_model(request, obj, form, change)

    @admin.display(description="Credits available")
    def available(self, workspace: Workspace) -> str:
        account = workspace.credit_account
        return f"{account.posted - account.held:,.2f}"

    @admin.display(description="Held")
    def held(self, workspace: Workspace) -> str:
        return f"{workspace.credit_account.held:,.2f}"

    @admin.display(description="Members")
    def members(self, workspace: Any) -> int:
        return int(workspace.member_count)


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email",)


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Deactivated, never deleted."""

    add_form = NewUserForm
    list_display = ("email", "first_name", "last_name", "is_staff", "is_active", "last_login")
    search_fields = ("email", "first_name", "last_name")
    ordering = ("email",)
    actions = ("make_password_links",)
    fieldsets = (
        (None, {"fields": ("email", "password", "first_name", "last_name")}),
        ("Rights", {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "usable_password", "password1", "password2")}),)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description="Make links for new passwords", permissions=["change"])
    def make_password_links(self, request: HttpRequest, users: QuerySet[User]) -> None:
        """Shows them to the operator, who hands them over; only a superuser may for staff."""
        allowed = (
            users.filter(is_active=True) if request.user.is_superuser else users.filter(is_active=True, is_staff=False)
        )
        for user in allowed.order_by("email"):
            link = reset_links.make_link_as_operator(user, by=operator(request), now=timezone.now())
            messages.success(request, f"{user.email}: {request.build_absolute_uri(link)}")


@admin.register(Membership)
class MembershipAdmin(NoDeletion):
    list_display = ("user", "workspace", "role", "monthly_limit", "is_active", "last_seen_at")
    list_select_related = ("user", "workspace")
    list_filter = ("role", "is_active")
    search_fields = ("user__email", "workspace__name")
    autocomplete_fields = ("user", "workspace")
    ordering = ("workspace__name", "user__email")

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        return ("workspace", "user") if obj else ()

    def save_model(self, request: HttpRequest, obj: Membership, form: ModelForm, change: bool) -> None:
        if change:
            self._apply(request, obj, form)
        else:
            self._add(request, obj)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What the rules forbid is said above the form, and nothing is saved."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except membership.NotAllowed as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return SeeOther(request.get_full_path())

    def _add(self, request: HttpRequest, obj: Membership) -> None:
        who: dict[str, Any] = {"by": operator(request), "now": timezone.now()}
        made = membership.add(obj.workspace, obj.user, role=Role(obj.role), **who)
        if obj.monthly_limit is not None:
            membership.change(made, role=Role(obj.role), monthly_limit=obj.monthly_limit, **who)
        obj.pk, obj._state.adding = made.pk, False

    def _apply(self, request: HttpRequest, obj: Membership, form: ModelForm) -> None:
        who: dict[str, Any] = {"by": operator(request), "now": timezone.now()}
        if {"role", "monthly_limit"} & set(form.changed_data):
            membership.change(obj, role=Role(obj.role), monthly_limit=obj.monthly_limit, **who)
        if "is_active" in form.changed_data:
            (membership.reactivate if obj.is_active else membership.deactivate)(obj, **who)


@admin.register(Price)
class PriceAdmin(NoDeletion):
    """A new price is a new row: what was charged by an old one stays explained."""

    list_display = ("kind", "source", "amount", "valid_from")
    list_filter = ("kind",)
    ordering = ("kind", "source", "-valid_from")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Price, form: ModelForm, change: bool) -> None:
        given: dict[str, Any] = {"source": obj.source, "valid_from": obj.valid_from}
        obj.pk = set_price(obj.kind, obj.amount, **given, by=operator(request), now=timezone.now()).pk


@admin.register(CreditEntry)
class CreditEntryAdmin(ReadOnly):
    list_display = ("created_at", "workspace", "kind", "posted", "held", "price_kind", "source", "key", "note")
    list_select_related = ("workspace",)
    list_filter = ("kind", "price_kind")
    search_fields = ("=key", "=run_id", "=delivery_id", "workspace__slug")
    search_help_text = "An entry's exact key, a run's or delivery's id, or a workspace's short name"
    ordering = ("-pk",)
    show_full_result_count = False


@admin.register(Hold)
class HoldAdmin(ReadOnly):
    list_display = ("created_at", "workspace", "purpose", "remaining", "captured", "run_id")
    list_select_related = ("workspace",)
    search_fields = ("=run_id", "workspace__slug")
    list_filter = ("purpose",)
    ordering = ("-pk",)


@admin.register(Invitation)
class InvitationAdmin(ReadOnly):
    list_display = ("created_at", "workspace", "email", "role", "invited_by", "expires_at", "accepted_at", "revoked_at")
    list_select_related = ("workspace", "invited_by")
    search_fields = ("email", "workspace__slug")
    exclude = ("token_hash",)
    ordering = ("-pk",)


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnly):
    list_display = ("created_at", "verb", "workspace_id", "actor_id", "object_type", "object_id", "before", "after")
    list_filter = ("verb",)
    search_fields = ("=workspace_id", "=actor_id", "=object_id")
    search_help_text = "The number of a workspace, a person or an object"
    ordering = ("-pk",)
    show_full_result_count = False
