"""The URLs of the scoring app."""

from django.urls import path

from scoring.views import (
    coverage,
    dashboard,
    draft_ideal,
    exhibits,
    feedback,
    figures,
    ideal,
    laboratory,
    profiles,
    rolling_back,
    score,
)

app_name = "scoring"
urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/export/", dashboard.dashboard_export, name="dashboard-export"),
    path("ideal-customer/", ideal.ideal_customer, name="ideal-customer"),
    path("leads/<uuid:pk>/score/", score.score_card, name="score-card"),
    path("leads/<uuid:pk>/score/advice/", score.score_advice, name="score-advice"),
    path("leads/<uuid:pk>/score/again/", score.score_again, name="score-again"),
    path("leads/<uuid:pk>/score/feedback/", feedback.feedback_panel, name="score-feedback"),
    path("leads/<uuid:pk>/score/feedback/give/", feedback.feedback_give, name="score-feedback-give"),
    path("leads/<uuid:pk>/score/feedback/withdraw/", feedback.feedback_withdraw, name="score-feedback-withdraw"),
    path("settings/score-feedback/", feedback.feedback_list, name="feedback-list"),
    path("leads/<uuid:pk>/score/trend/", figures.score_trend, name="score-trend"),
    path("scoring/", profiles.profile_list, name="profiles"),
    path("scoring/figures/", figures.scoring_figures, name="figures"),
    path("scoring/rescoring/", profiles.rescoring_progress, name="rescoring-progress"),
    path("scoring/adopt/", profiles.profiles_adopt, name="profiles-adopt"),
    path("scoring/lab/", laboratory.lab, name="lab"),
    path("scoring/lab/review/", laboratory.lab_review, name="lab-review"),
    path("scoring/lab/publish/", laboratory.lab_publish, name="lab-publish"),
    path("scoring/lab/keep/", laboratory.lab_keep, name="lab-keep"),
    path("scoring/profiles/<int:pk>/", profiles.profile_detail, name="profile-detail"),
    path("scoring/profiles/<int:pk>/compare/", profiles.profile_compare, name="profile-compare"),
    path("scoring/profiles/<int:pk>/ideal/", draft_ideal.profile_ideal, name="profile-ideal"),
    path("scoring/profiles/<int:pk>/roll-back/", rolling_back.profile_roll_back, name="profile-roll-back"),
    path("scoring/profiles/<int:pk>/withdraw/", profiles.profile_withdraw, name="profile-withdraw"),
    path("scoring/profiles/<int:pk>/discard/", profiles.profile_discard, name="profile-discard"),
    path("companies/<uuid:pk>/coverage/", coverage.company_coverage, name="coverage"),
    path("styleguide/scores/", exhibits.styleguide_scores, name="styleguide-scores"),
]
