"""What may be put on the suppression list, in which forms, and what it keeps."""

from datetime import UTC, datetime

import pytest

from leads.models import Suppression
from leads.suppressing import UnusableSuppression, canonical, suppress
from tests.factories import people

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "value", "key"),
    [
        ("email", " Ada.Byron@Acme.example ", "ada.byron@acme.example"),
        ("domain", "https://www.acme.example/about", "acme.example"),
        ("phone", "+49 30 901820", "+4930901820"),
        ("linkedin", "https://de.linkedin.com/in/Ada-Byron-1/", "ada-byron-1"),
        ("linkedin", "Ada-Byron-1", "ada-byron-1"),
    ],
)
def test_canonical_form(kind, value, key):
    assert canonical(kind, value) == key


@pytest.mark.parametrize(
    ("kind", "value"),
    [("email", "ada"), ("phone", "12"), ("linkedin", "ada byron"), ("linkedin", "https://acme.example/x")],
)
def test_canonical_refuses(kind, value):
    with pytest.raises(UnusableSuppression, match=r"is not an? "):
        canonical(kind, value)


@pytest.mark.django_db
def test_suppress_keeps_no_plain_value():
    entry = suppress("email", "ada@acme.example", workspace=people.workspace(), by=None, note="", now=NOW)

    stored = Suppression.objects.filter(pk=entry.pk).values().get()
    assert not any("ada" in str(value) for value in stored.values())


@pytest.mark.django_db
def test_suppress_twice_is_one_entry():
    workspace = people.workspace()

    for value in ("ada@acme.example", "ADA@acme.example"):
        suppress("email", value, workspace=workspace, by=None, note="", now=NOW)

    assert Suppression.objects.count() == 1
