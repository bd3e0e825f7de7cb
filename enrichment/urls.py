"""The URLs of the enrichment app."""

from django.urls import path

from enrichment.views.company_dns import company_dns
from enrichment.views.deciding import field_accept, field_again, field_keep, field_undo, job_accept, job_again, job_undo
from enrichment.views.email_check import email_check, email_check_start, email_correct
from enrichment.views.jobs import job, job_found, job_list, job_progress, job_stop
from enrichment.views.lookups import email_find, email_find_start, email_use, phone_line, phone_line_start
from enrichment.views.mail_checks import mail_checks, mail_checks_test
from enrichment.views.phone import phone_check

app_name = "enrichment"
urlpatterns = [
    path("leads/<uuid:pk>/email/", email_check, name="email-check"),
    path("leads/<uuid:pk>/email/verify/", email_check_start, name="email-check-start"),
    path("leads/<uuid:pk>/email/correct/", email_correct, name="email-correct"),
    path("leads/<uuid:pk>/phone/", phone_check, name="phone-check"),
    path("leads/<uuid:pk>/email/find/", email_find, name="email-find"),
    path("leads/<uuid:pk>/email/find/start/", email_find_start, name="email-find-start"),
    path("leads/<uuid:pk>/email/use/", email_use, name="email-use"),
    path("leads/<uuid:pk>/phone/line/", phone_line, name="phone-line"),
    path("leads/<uuid:pk>/phone/line/start/", phone_line_start, name="phone-line-start"),
    path("companies/<uuid:pk>/dns/", company_dns, name="company-dns"),
    path("enrichment/", job_list, name="job-list"),
    path("enrichment/<uuid:pk>/", job, name="job"),
    path("enrichment/<uuid:pk>/progress/", job_progress, name="job-progress"),
    path("enrichment/<uuid:pk>/found/", job_found, name="job-found"),
    path("enrichment/<uuid:pk>/stop/", job_stop, name="job-stop"),
    path("enrichment/<uuid:pk>/accept/", job_accept, name="job-accept"),
    path("enrichment/<uuid:pk>/undo/", job_undo, name="job-undo"),
    path("enrichment/<uuid:pk>/again/", job_again, name="job-again"),
    path("enrichment/fields/<int:pk>/accept/", field_accept, name="field-accept"),
    path("enrichment/fields/<int:pk>/keep/", field_keep, name="field-keep"),
    path("enrichment/fields/<int:pk>/again/", field_again, name="field-again"),
    path("enrichment/fields/<int:pk>/undo/", field_undo, name="field-undo"),
    path("settings/mail-checks/", mail_checks, name="mail-checks"),
    path("settings/mail-checks/test/", mail_checks_test, name="mail-checks-test"),
]
