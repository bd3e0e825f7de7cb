"""Addresses are one in the memory exactly where they are one mailbox; what an older rule learned is not recalled."""

import pytest
from django.utils import timezone

from enrichment import remembering
from enrichment.remembering import learn_habits, mailbox_key, recall_habits
from enrichment.verifying.habits import CatchAll


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Ada@ACME.com", "ada@acme.com", True),
        ("info@müller.de", "info@xn--mller-kva.de", True),
        ("info@MÜLLER.de", "info@müller.de", True),
        ("info@straße.de", "info@strasse.de", False),
        ("groß@acme.com", "gross@acme.com", False),
        ("ada@acme.com", "ada@acme.org", False),
    ],
)
def test_key_is_the_same_for_one_mailbox_only(one, other, is_same) -> None:
    keys = {mailbox_key(one), mailbox_key(other)}

    assert (len(keys) == 1) is is_same


@pytest.mark.django_db
def test_habit_that_an_older_rule_learned_is_not_believed(monkeypatch) -> None:
    now = timezone.now()
    habit = CatchAll(is_known=True, value=False, code=550, at=now, place="192.0.2.1")
    learn_habits({"acme.com": {"192.0.2.1": habit}}, now=now)
    today = recall_habits(["acme.com"], now=now)

    monkeypatch.setattr(remembering, "PROBE_RULE", remembering.PROBE_RULE + 1)

    assert {place: known.value for place, known in today["acme.com"].items()} == {"192.0.2.1": False}
    assert recall_habits(["acme.com"], now=now) == {}
