"""Who may ask a provider about an address: one at a time, and nobody while an answer is good."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from enrichment import kept_opinions
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine():
    return people.workspace().pk, "zerobounce", "a-keyed-hash"


def test_claim_keeps_others_out_until_it_falls(mine):
    now = timezone.now()

    claims = [kept_opinions.claim(*mine, asked_for=None, now=now + timedelta(minutes=each)) for each in (0, 1, 3)]

    assert claims == [True, False, True]


@pytest.mark.parametrize(("minutes", "is_ours"), [(30, False), (90, True)])
def test_answer_keeps_everybody_out_while_it_is_good(mine, minutes, is_ours):
    now = timezone.now()
    kept_opinions.claim(*mine, asked_for=None, now=now)
    kept_opinions.keep(*mine, {"said": "valid"}, credits=Decimal(1), until=now + timedelta(hours=1))

    assert kept_opinions.claim(*mine, asked_for=None, now=now + timedelta(minutes=minutes)) is is_ours


def test_question_without_an_answer_may_be_asked_again_and_an_answer_stays(mine):
    now = timezone.now()
    kept_opinions.claim(*mine, asked_for=None, now=now)
    kept_opinions.give_up(*mine)
    assert kept_opinions.claim(*mine, asked_for=None, now=now)
    kept_opinions.keep(*mine, {"said": "valid"}, credits=Decimal(1), until=now + timedelta(hours=1))

    kept_opinions.give_up(*mine)

    assert kept_opinions.kept(mine[0], [mine[2]], now=now)
    assert kept_opinions.forget_expired(now=now + timedelta(hours=2)) == 1
