"""The enrichment app."""

from django.apps import AppConfig


class EnrichmentConfig(AppConfig):
    name = "enrichment"
