"""The URLs of the leads app."""

from django.urls import path

from leads.views.edits import lead_note, lead_owner, lead_report, lead_stage, suppress
from leads.views.estimates import search_estimate, search_suggest
from leads.views.exclusions import exclusion_include, run_exclusions
from leads.views.files import file_columns, file_delete, file_upload
from leads.views.home import home, home_runs
from leads.views.lead import lead_detail
from leads.views.leads import lead_list
from leads.views.progress import run_progress
from leads.views.runs import run_detail, run_list, run_pause, run_resume, run_stop
from leads.views.saved import (
    search_delete,
    search_detail,
    search_duplicate,
    search_fresh,
    search_list,
    search_restore,
    search_share,
)
from leads.views.searches import search_new, search_save
from leads.views.suppressions import suppression_add, suppression_list, suppression_remove

app_name = "leads"
urlpatterns = [
    path("", home, name="home"),
    path("home/runs/", home_runs, name="home-runs"),
    path("searches/new/", search_new, name="search-new"),
    path("searches/estimate/", search_estimate, name="search-estimate"),
    path("searches/suggest/", search_suggest, name="search-suggest"),
    path("searches/save/", search_save, name="search-save"),
    path("searches/", search_list, name="search-list"),
    path("searches/restore/", search_restore, name="search-restore"),
    path("searches/<int:pk>/", search_detail, name="search-detail"),
    path("searches/<int:pk>/new/", search_fresh, name="search-fresh"),
    path("searches/<int:pk>/duplicate/", search_duplicate, name="search-duplicate"),
    path("searches/<int:pk>/share/", search_share, name="search-share"),
    path("searches/<int:pk>/delete/", search_delete, name="search-delete"),
    path("files/upload/", file_upload, name="file-upload"),
    path("files/<uuid:pk>/", file_columns, name="file-columns"),
    path("files/<uuid:pk>/delete/", file_delete, name="file-delete"),
    path("leads/", lead_list, name="lead-list"),
    path("leads/<uuid:pk>/", lead_detail, name="lead-detail"),
    path("leads/<uuid:pk>/stage/", lead_stage, name="lead-stage"),
    path("leads/<uuid:pk>/owner/", lead_owner, name="lead-owner"),
    path("leads/<uuid:pk>/notes/", lead_note, name="lead-note"),
    path("leads/<uuid:pk>/report/", lead_report, name="lead-report"),
    path("leads/<uuid:pk>/suppress/", suppress, name="suppress"),
    path("runs/", run_list, name="run-list"),
    path("runs/<uuid:pk>/", run_detail, name="run-detail"),
    path("runs/<uuid:pk>/progress/", run_progress, name="run-progress"),
    path("runs/<uuid:pk>/stop/", run_stop, name="run-stop"),
    path("runs/<uuid:pk>/pause/", run_pause, name="run-pause"),
    path("runs/<uuid:pk>/resume/", run_resume, name="run-resume"),
    path("runs/<uuid:pk>/left-out/", run_exclusions, name="run-exclusions"),
    path("runs/<uuid:pk>/left-out/include/", exclusion_include, name="exclusion-include"),
    path("suppressions/", suppression_list, name="suppression-list"),
    path("suppressions/add/", suppression_add, name="suppression-add"),
    path("suppressions/<int:pk>/remove/", suppression_remove, name="suppression-remove"),
]
