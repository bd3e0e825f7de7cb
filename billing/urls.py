"""The URLs of the billing app: people and credits."""

from django.urls import path

from billing.views import (
    audit,
    credits,
    invitations,
    limits,
    members,
    notifications,
    passwords,
    privacy,
    sessions,
    settings,
)

app_name = "billing"
urlpatterns = [
    path("sign-in/", sessions.sign_in, name="sign-in"),
    path("sign-out/", sessions.sign_out, name="sign-out"),
    path("switch/", sessions.switch, name="switch"),
    path("password/", passwords.password_change, name="password-change"),
    path("password/reset/", passwords.password_reset, name="password-reset"),
    path("password/reset/sent/", passwords.password_reset_sent, name="password-reset-sent"),
    path("password/reset/<str:code>/<str:token>/", passwords.password_reset_confirm, name="password-reset-confirm"),
    path("members/", members.members, name="members"),
    path("members/<int:pk>/", members.member_edit, name="member-edit"),
    path("members/<int:pk>/deactivate/", members.member_deactivate, name="member-deactivate"),
    path("members/<int:pk>/reactivate/", members.member_reactivate, name="member-reactivate"),
    path("members/<int:pk>/reset-link/", members.member_reset_link, name="member-reset-link"),
    path("members/invite/", invitations.invitation_create, name="invitation-create"),
    path("members/invitations/<int:pk>/revoke/", invitations.invitation_revoke, name="invitation-revoke"),
    path("join/<str:token>/", invitations.invitation_accept, name="invitation-accept"),
    path("credits/", credits.credits, name="credits"),
    path("credits/ledger.csv", credits.ledger_csv, name="ledger-csv"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/read/", notifications.notifications_read, name="notifications-read"),
    path("notifications/<uuid:pk>/read/", notifications.notification_read, name="notification-read"),
    path("settings/", settings.settings, name="settings"),
    path("settings/profile/", settings.profile, name="settings-profile"),
    path("settings/display/", settings.display, name="settings-display"),
    path("settings/notifications/", notifications.settings_notifications, name="settings-notifications"),
    path("settings/limits/", settings.limits, name="settings-limits"),
    path("settings/limits/run/", limits.run_limit, name="run-limit"),
    path("settings/limits/confirm/", limits.confirm_sum, name="confirm-sum"),
    path("settings/limits/<int:pk>/", limits.member_limit, name="member-limit"),
    path("settings/privacy/", privacy.privacy, name="settings-privacy"),
    path("settings/privacy/known-days/", privacy.reuse_days, name="reuse-days"),
    path("settings/privacy/retention/", privacy.retention, name="retention"),
    path("settings/audit/", audit.audit, name="audit"),
]
