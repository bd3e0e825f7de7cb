"""A candidate that breaks the judgement is left out; what breaks for all is raised."""

from __future__ import annotations

import pytest

from leadengine.workflows import lanes
from leadengine.workflows.judging import judge
from leadengine.workflows.judging_apart import judged_apart
from leads.models import Exclusion
from tests.factories import people
from tests.factories.candidates import person
from tests.fakes.workers import provider, record, start, work_off


def names(candidates):
    if any(each.name == "Bad" for each in candidates):
        raise ValueError("no name")
    return [each.name for each in candidates]


def test_broken_candidate_is_a_fault_and_the_others_are_judged_together():
    judged, faults = judged_apart([person("Ida"), person("Bad"), person("Bo")], names)

    assert judged == ["Ida", "Bo"]
    assert [(fault.label, fault.reason) for fault in faults] == [
        ("Bad", "It cannot be read by us (ValueError: no name).")
    ]


def test_batch_without_a_sound_candidate_is_raised():
    with pytest.raises(ValueError, match="no name"):
        judged_apart([person("Bad"), person("Bad")], names)


def test_judgement_that_breaks_only_as_a_whole_is_raised():
    def lonely(candidates):
        return 1 / (2 - len(candidates))

    with pytest.raises(ZeroDivisionError):
        judged_apart([person("Ida"), person("Bo")], lonely)


@pytest.mark.django_db
def test_run_goes_on_without_the_record_that_breaks_our_code(monkeypatch):
    def fragile(candidates, **how):
        return judge(candidates, **how) if all("7" not in each.record_id for each in candidates) else 1 / 0

    monkeypatch.setattr(lanes, "judge", fragile)
    with provider(monkeypatch, [record(number) for number in range(9)]):
        run = work_off(start(people.workspace(credits=50), most_leads=20))

    assert (run.state, run.found, run.delivered) == ("finished", 9, 8)
    assert Exclusion.objects.get(run=run).reason == "source_error"
