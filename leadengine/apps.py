"""The ground and roof of the project as a Django app, for its commands and template tags."""

from django.apps import AppConfig

from leadengine import checks  # noqa: F401 - registers them


class LeadEngineConfig(AppConfig):
    name = "leadengine"
    verbose_name = "LeadEngine"
