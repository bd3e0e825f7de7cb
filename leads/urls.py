"""The URLs of the leads app."""

from django.urls import path

from leads.views.board import board, board_column
from leads.views.bulk import lead_edit, lead_row
from leads.views.choosing import company_choose
from leads.views.companies import company_detail, company_list, company_relation, company_search
from leads.views.complaints import lead_report, suppress
from leads.views.edit_undo import edit_undo
from leads.views.edits import lead_note, lead_note_undo, lead_outcome, lead_owner, lead_pick, lead_stage
from leads.views.enriching import lead_enrich, lead_enrich_cost, lead_enrich_effect
from leads.views.estimates import search_estimate, search_suggest
from leads.views.exclusions import exclusion_include, run_exclusions
from leads.views.exhibits import styleguide_search, styleguide_work
from leads.views.exports import lead_export
from leads.views.files import file_columns, file_delete, file_upload
from leads.views.finding import find
from leads.views.home import home, home_runs
from leads.views.import_run import import_check, import_countries, import_detail, import_start
from leads.views.import_steps import import_column, import_columns, import_read
from leads.views.imports import import_discard, import_errors, import_new, import_template, import_undo
from leads.views.lead import lead_detail, lead_pipeline, lead_timeline
from leads.views.leads import lead_list, lead_turn
from leads.views.linkedin import (
    linkedin_account,
    linkedin_callback,
    linkedin_disconnect,
    linkedin_page,
    linkedin_webhook,
)
from leads.views.linkedin_hook import linkedin_hook
from leads.views.lists import list_add, list_delete, list_detail, list_list, list_remove, list_rename
from leads.views.look import lead_look
from leads.views.memberships import lead_lists, lead_tags
from leads.views.moves import lead_move
from leads.views.peek import lead_peek
from leads.views.people import person_detail, person_erase, person_export, person_find
from leads.views.progress import run_progress
from leads.views.providers import (
    provider_key_remove,
    provider_key_set,
    provider_key_test,
    provider_list,
    provider_opinions,
    provider_signs,
)
from leads.views.repeating import run_again
from leads.views.runs import run_detail, run_list, run_pause, run_resume, run_stop, run_watch
from leads.views.saved import (
    search_detail,
    search_fresh,
    search_list,
)
from leads.views.saved_views import view_add, view_delete, view_edit, view_renew, view_restore
from leads.views.schedules import (
    search_schedule,
    search_schedule_pause,
    search_schedule_remove,
    search_schedule_restore,
)
from leads.views.search_actions import search_delete, search_duplicate, search_restore
from leads.views.searches import search_new, search_save
from leads.views.sharing import search_share
from leads.views.suppressions import suppression_add, suppression_list, suppression_remove
from leads.views.tags import group_restore, tag_delete, tag_list, tag_merge, tag_rename
from leads.views.traces import traces_erase, traces_export
from leads.views.verifying import lead_verify, verification, verification_stop

app_name = "leads"
urlpatterns = [
    path("", home, name="home"),
    path("find/", find, name="find"),
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
    path("searches/<int:pk>/schedule/", search_schedule, name="search-schedule"),
    path("searches/<int:pk>/schedule/pause/", search_schedule_pause, name="search-schedule-pause"),
    path("searches/<int:pk>/schedule/remove/", search_schedule_remove, name="search-schedule-remove"),
    path("searches/<int:pk>/schedule/restore/", search_schedule_restore, name="search-schedule-restore"),
    path("files/upload/", file_upload, name="file-upload"),
    path("files/<uuid:pk>/", file_columns, name="file-columns"),
    path("files/<uuid:pk>/delete/", file_delete, name="file-delete"),
    path("imports/new/", import_new, name="import-new"),
    path("imports/template/", import_template, name="import-template"),
    path("imports/<uuid:pk>/", import_detail, name="import-detail"),
    path("imports/<uuid:pk>/columns/", import_columns, name="import-columns"),
    path("imports/<uuid:pk>/column/", import_column, name="import-column"),
    path("imports/<uuid:pk>/read/", import_read, name="import-read"),
    path("imports/<uuid:pk>/check/", import_check, name="import-check"),
    path("imports/<uuid:pk>/countries/", import_countries, name="import-countries"),
    path("imports/<uuid:pk>/start/", import_start, name="import-start"),
    path("imports/<uuid:pk>/errors/", import_errors, name="import-errors"),
    path("imports/<uuid:pk>/undo/", import_undo, name="import-undo"),
    path("imports/<uuid:pk>/discard/", import_discard, name="import-discard"),
    path("leads/", lead_list, name="lead-list"),
    path("leads/page/", lead_turn, name="lead-turn"),
    path("leads/look/", lead_look, name="lead-look"),
    path("leads/edit/", lead_edit, name="lead-edit"),
    path("leads/edits/<uuid:pk>/undo/", edit_undo, name="edit-undo"),
    path("leads/export/", lead_export, name="lead-export"),
    path("leads/enrich/", lead_enrich, name="lead-enrich"),
    path("leads/enrich/cost/", lead_enrich_cost, name="lead-enrich-cost"),
    path("leads/enrich/effect/", lead_enrich_effect, name="lead-enrich-effect"),
    path("leads/verify/", lead_verify, name="lead-verify"),
    path("leads/verifications/<int:pk>/", verification, name="verification"),
    path("leads/verifications/<int:pk>/stop/", verification_stop, name="verification-stop"),
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
    path("leads/<uuid:pk>/outcome/", lead_outcome, name="lead-outcome"),
    path("leads/<uuid:pk>/pipeline/", lead_pipeline, name="lead-pipeline"),
    path("leads/<uuid:pk>/timeline/", lead_timeline, name="lead-timeline"),
    path("leads/<uuid:pk>/notes/", lead_note, name="lead-note"),
    path("leads/<uuid:pk>/notes/undo/", lead_note_undo, name="lead-note-undo"),
    path("leads/<uuid:pk>/pick/", lead_pick, name="lead-pick"),
    path("leads/<uuid:pk>/report/", lead_report, name="lead-report"),
    path("leads/<uuid:pk>/suppress/", suppress, name="suppress"),
    path("runs/", run_list, name="run-list"),
    path("runs/<uuid:pk>/", run_detail, name="run-detail"),
    path("runs/<uuid:pk>/again/", run_again, name="run-again"),
    path("runs/<uuid:pk>/progress/", run_progress, name="run-progress"),
    path("runs/<uuid:pk>/stop/", run_stop, name="run-stop"),
    path("runs/<uuid:pk>/pause/", run_pause, name="run-pause"),
    path("runs/<uuid:pk>/resume/", run_resume, name="run-resume"),
    path("runs/<uuid:pk>/watch/", run_watch, name="run-watch"),
    path("runs/<uuid:pk>/left-out/", run_exclusions, name="run-exclusions"),
    path("runs/<uuid:pk>/left-out/include/", exclusion_include, name="exclusion-include"),
    path("sources/", provider_list, name="provider-list"),
    path("sources/linkedin/", linkedin_page, name="linkedin"),
    path("sources/linkedin/callback/", linkedin_callback, name="linkedin-callback"),
    path("sources/linkedin/hook/<uuid:pk>/", linkedin_hook, name="linkedin-hook"),
    path("sources/linkedin/webhook/", linkedin_webhook, name="linkedin-webhook"),
    path("sources/linkedin/account/", linkedin_account, name="linkedin-account"),
    path("sources/linkedin/disconnect/", linkedin_disconnect, name="linkedin-disconnect"),
    path("sources/signs/", provider_signs, name="provider-signs"),
    path("sources/opinions/", provider_opinions, name="provider-opinions"),
    path("sources/key/", provider_key_set, name="provider-key-set"),
    path("sources/keys/<int:pk>/test/", provider_key_test, name="provider-key-test"),
    path("sources/keys/<int:pk>/remove/", provider_key_remove, name="provider-key-remove"),
    path("suppressions/", suppression_list, name="suppression-list"),
    path("suppressions/add/", suppression_add, name="suppression-add"),
    path("suppressions/<int:pk>/remove/", suppression_remove, name="suppression-remove"),
    path("settings/privacy/person/", person_find, name="person-find"),
    path("settings/privacy/person/records/download/", traces_export, name="person-records-export"),
    path("settings/privacy/person/records/erase/", traces_erase, name="person-records-erase"),
    path("settings/privacy/person/<uuid:pk>/", person_detail, name="person-detail"),
    path("settings/privacy/person/<uuid:pk>/download/", person_export, name="person-export"),
    path("settings/privacy/person/<uuid:pk>/erase/", person_erase, name="person-erase"),
    path("pipeline/", board, name="board"),
    path("pipeline/column/", board_column, name="board-column"),
    path("leads/<uuid:pk>/move/", lead_move, name="lead-move"),
    path("companies/", company_list, name="company-list"),
    path("companies/<uuid:pk>/", company_detail, name="company-detail"),
    path("companies/<uuid:pk>/relation/", company_relation, name="company-relation"),
    path("companies/<uuid:pk>/choose/", company_choose, name="company-choose"),
    path("companies/<uuid:pk>/search/", company_search, name="company-search"),
    path("leads/<uuid:pk>/tags/", lead_tags, name="lead-tags"),
    path("leads/<uuid:pk>/lists/", lead_lists, name="lead-lists"),
    path("lists/", list_list, name="list-list"),
    path("lists/<int:pk>/", list_detail, name="list-detail"),
    path("lists/<int:pk>/rename/", list_rename, name="list-rename"),
    path("lists/<int:pk>/delete/", list_delete, name="list-delete"),
    path("lists/<int:pk>/add/", list_add, name="list-add"),
    path("lists/<int:pk>/remove/", list_remove, name="list-remove"),
    path("tags/", tag_list, name="tag-list"),
    path("tags/<int:pk>/rename/", tag_rename, name="tag-rename"),
    path("tags/<int:pk>/merge/", tag_merge, name="tag-merge"),
    path("tags/<int:pk>/delete/", tag_delete, name="tag-delete"),
    path("groups/<int:pk>/restore/", group_restore, name="group-restore"),
    path("styleguide/work/", styleguide_work, name="styleguide-work"),
    path("styleguide/search/", styleguide_search, name="styleguide-search"),
]
