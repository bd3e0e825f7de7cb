"""Every code that a verdict may hold has words."""

from enrichment.verdict import Reason
from enrichment.verifying.providers import GROUPS, OTHER
from enrichment.wording import PROVIDERS, SENTENCES


def test_each_reason_and_each_group_of_providers_is_named():
    assert (set(SENTENCES), set(PROVIDERS)) == (set(Reason), {*GROUPS, OTHER})
