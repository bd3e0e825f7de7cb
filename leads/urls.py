"""The URLs of the leads app."""

from django.urls import path

from leads.views.bulk import edit_undo, lead_edit, lead_row
from leads.views.edits import lead_note, lead_owner, lead_report, lead_stage, suppress
from leads.views.estimates import search_estimate
from leads.views.exclusions import exclusion_include, run_exclusions
from leads.views.exports import lead_export
from leads.views.files import file_columns, file_upload
from leads.views.home import home, home_runs
from leads.views.lead import lead_detail
from leads.views.leads import lead_list
from leads.views.look import lead_look
from leads.views.peek import lead_peek
from leads.views.progress import run_progress
from leads.views.runs import run_detail, run_list, run_pause, run_resume, run_stop
from leads.views.saved_views import view_add, view_delete, view_edit, view_renew, view_restore
from leads.views.searches import search_delete, search_list, search_new, search_save
from leads.views.suppressions import suppression_add, suppression_list, suppression_remove

app_name = "leads"
urlpatterns = [
    path("", home, name="home"),
    path("home/runs/", home_runs, name="home-runs"),
    path("searches/new/", search_new, name="search-new"),
    path("searches/estimate/", search_estimate, name="search-estimate"),
    path("searches/save/", search_save, name="search-save"),
    path("searches/", search_list, name="search-list"),
    path("searches/<int:pk>/delete/", search_delete, name="search-delete"),
    path("files/upload/", file_upload, name="file-upload"),
    path("files/<uuid:pk>/", file_columns, name="file-columns"),
    path("leads/", lead_list, name="lead-list"),
    path("leads/look/", lead_look, name="lead-look"),
    path("leads/edit/", lead_edit, name="lead-edit"),
    path("leads/edits/<uuid:pk>/undo/", edit_undo, name="edit-undo"),
    path("leads/export/", lead_export, name="lead-export"),
    path("leads/views/add/", view_add, name="view-add"),
    path("leads/views/<int:pk>/", view_edit, name="view-edit"),
    path("leads/views/<int:pk>/renew/", view_renew, name="view-renew"),
    path("leads/views/<int:pk>/delete/", view_delete, name="view-delete"),
    path("leads/views/<int:pk>/restore/", view_restore, name="view-restore"),
    path("leads/<uuid:pk>/", lead_detail, name="lead-detail"),
    path("leads/<uuid:pk>/peek/", lead_peek, name="lead-peek"),
    path("leads/<uuid:pk>/row/stage/", lead_row, {"field": "stage"}, name="lead-row-stage"),
    path("leads/<uuid:pk>/row/owner/", lead_row, {"field": "owner"}, name="lead-row-owner"),
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
