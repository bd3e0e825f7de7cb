"""Django system checks of an installation's configuration."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security, deploy=True)
def check_database_roles(**_kwargs: Any) -> list[CheckMessage]:
    """Warns when the application connects as the role that owns the tables, which may also truncate and drop them."""
    if settings.DB_APP_ROLE != settings.DB_OWNER_ROLE:
        return []
    return [
        Warning(
            "The application connects to the database as the owner of its tables.",
            hint="Give DATABASE_OWNER_URL, a role that migrates, and in DATABASE_URL a role that owns nothing.",
            id="leadengine.W001",
        )
    ]


@register(Tags.security, deploy=True)
def check_allowed_networks(**_kwargs: Any) -> list[CheckMessage]:
    """Warns when addresses inside our own network may be connected to, which only tests need."""
    if not settings.GUARD_ALLOWED_NETWORKS:
        return []
    return [
        Warning(
            "Addresses that strangers name may lead into your own network.",
            hint="Leave GUARD_ALLOWED_NETWORKS empty: it is for tests.",
            id="leadengine.W002",
        )
    ]


@register(Tags.files)
def check_fingerprints(**_kwargs: Any) -> list[CheckMessage]:
    """Warns when the user's folder of technology markers is not there: our own are used alone then."""
    if not settings.FINGERPRINTS or Path(settings.FINGERPRINTS).is_dir():
        return []
    return [
        Warning(
            f"FINGERPRINTS names no folder: {settings.FINGERPRINTS}.",
            hint="Correct it or leave it empty; until then technologies are told by our own markers alone.",
            id="leadengine.W004",
        )
    ]


@register(Tags.security, deploy=True)
def check_field_keys(**_kwargs: Any) -> list[CheckMessage]:
    """Warns when providers' keys cannot be kept, because there is nothing to seal them with."""
    if settings.FIELD_KEYS:
        return []
    return [
        Warning(
            "Keys of providers cannot be stored.",
            hint="Set FIELD_KEYS to a long random text; when it is to change, put the new one in front, comma between.",
            id="leadengine.W003",
        )
    ]
