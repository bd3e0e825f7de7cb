"""The URLs of the enrichment app."""

from django.urls import path

from enrichment.views.mail_checks import mail_checks, mail_checks_test

app_name = "enrichment"
urlpatterns = [
    path("settings/mail-checks/", mail_checks, name="mail-checks"),
    path("settings/mail-checks/test/", mail_checks_test, name="mail-checks-test"),
]
