"""The URLs of the scoring app."""

from django.urls import path

from scoring.views import coverage, feedback, ideal, score

app_name = "scoring"
urlpatterns = [
    path("ideal-customer/", ideal.ideal_customer, name="ideal-customer"),
    path("leads/<uuid:pk>/score/", score.score_card, name="score-card"),
    path("leads/<uuid:pk>/score/advice/", score.score_advice, name="score-advice"),
    path("leads/<uuid:pk>/score/again/", score.score_again, name="score-again"),
    path("leads/<uuid:pk>/score/feedback/", feedback.feedback_panel, name="score-feedback"),
    path("leads/<uuid:pk>/score/feedback/give/", feedback.feedback_give, name="score-feedback-give"),
    path("leads/<uuid:pk>/score/feedback/withdraw/", feedback.feedback_withdraw, name="score-feedback-withdraw"),
    path("settings/score-feedback/", feedback.feedback_list, name="feedback-list"),
    path("companies/<uuid:pk>/coverage/", coverage.company_coverage, name="coverage"),
]
