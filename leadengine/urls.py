"""The map of the site: each app's pages, the admin for ops, and what belongs to no app."""

from django.contrib import admin
from django.urls import include, path

from leadengine.views.frame import frame
from leadengine.views.health import health
from leadengine.views.help import help_page, keys
from leadengine.views.styleguide import styleguide
from leadengine.views.theme import theme

handler400 = "leadengine.views.errors.bad_request"
handler500 = "leadengine.views.errors.server_error"

ground = [
    path("theme/", theme, name="theme"),
    path("frame/", frame, name="frame"),
    path("help/", help_page, name="help"),
    path("keys/", keys, name="keys"),
    path("styleguide/", styleguide, name="styleguide"),
    path("healthz", health, name="health"),
]

admin.autodiscover()

urlpatterns = [
    path("", include("leads.urls")),
    path("", include("billing.urls")),
    path("", include("scoring.urls")),
    path("", include("enrichment.urls")),
    path("", include((ground, "leadengine"))),
    path("admin/", admin.site.urls),
]
