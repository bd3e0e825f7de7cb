"""Support of scoring in the Django admin: profiles and scores to look at; changes go through the product's pages."""

from __future__ import annotations

from django.contrib import admin

from leadengine.support import ReadOnly
from scoring.models import LeadScore, Profile, Rescoring, ScoreChange, ScoreFeedback


@admin.register(Profile)
class ProfileAdmin(ReadOnly):
    list_display = ("workspace", "industry", "version", "state", "created_by", "published_at", "note")
    list_filter = ("state",)
    list_select_related = ("workspace", "created_by")
    search_fields = ("workspace__name", "workspace__slug", "industry", "note")
    ordering = ("workspace", "industry", "-version")


@admin.register(LeadScore)
class LeadScoreAdmin(ReadOnly):
    list_display = ("lead", "workspace", "grade", "total", "low", "high", "confidence", "profile", "scored_at")
    list_filter = ("grade",)
    list_select_related = ("lead", "workspace", "profile")
    search_fields = ("lead__full_name", "lead__email", "workspace__slug")
    ordering = ("workspace", "-total", "lead")
    show_full_result_count = False


@admin.register(ScoreChange)
class ScoreChangeAdmin(ReadOnly):
    list_display = ("changed_at", "lead", "workspace", "grade_before", "total_before", "grade", "total", "why")
    list_select_related = ("lead", "workspace")
    search_fields = ("lead__full_name", "lead__email", "why")
    ordering = ("-changed_at", "-id")
    show_full_result_count = False


@admin.register(Rescoring)
class RescoringAdmin(ReadOnly):
    list_display = ("created_at", "workspace", "why", "state", "done", "leads", "stalls", "error", "started_by")
    list_filter = ("state",)
    list_select_related = ("workspace", "started_by")
    search_fields = ("workspace__name", "workspace__slug", "why")
    ordering = ("-created_at", "-id")


@admin.register(ScoreFeedback)
class ScoreFeedbackAdmin(ReadOnly):
    list_display = ("created_at", "workspace", "lead", "grade", "total", "is_right", "factor", "by")
    list_filter = ("is_right", "factor")
    list_select_related = ("lead", "workspace", "by")
    search_fields = ("workspace__slug", "lead__full_name", "text")
    ordering = ("-created_at", "-id")
