"""Admin classes for support: records that are looked at, or changed by an action, never edited or deleted by hand."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest


class NoDeletion(admin.ModelAdmin):
    """Records that others name are never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnly(NoDeletion):
    """Looked at, never touched; actions may still do their work."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def operator(request: HttpRequest) -> Any:
    """Who is signed in; the admin lets nobody else in."""
    return cast(Any, request.user)
