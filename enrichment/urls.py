"""The URLs of the enrichment app."""

from django.urls import path

from enrichment.views.email_check import email_check, email_check_start, email_correct

app_name = "enrichment"
urlpatterns = [
    path("leads/<uuid:pk>/email/", email_check, name="email-check"),
    path("leads/<uuid:pk>/email/verify/", email_check_start, name="email-check-start"),
    path("leads/<uuid:pk>/email/correct/", email_correct, name="email-correct"),
]
