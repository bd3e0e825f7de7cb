"""What the worker's supervisor does now and then costs nobody the worker."""

import pytest
from django.db import OperationalError

from leadengine.workflows import supervising
from leadengine.workflows.supervising import Supervisor


@pytest.fixture
def supervisor():
    return Supervisor(sweep_at=float("inf"))


def failing(fault: Exception):
    def start_nightly(*, now):
        raise fault

    return start_nightly


def test_fault_of_the_housekeeping_is_told_and_not_died_of(supervisor, monkeypatch, caplog):
    monkeypatch.setattr(supervising, "start_nightly", failing(RuntimeError("odd")))

    supervisor._tidy()

    assert "housekeeping failed" in caplog.text


def test_database_that_is_down_is_left_to_the_look(supervisor, monkeypatch):
    monkeypatch.setattr(supervising, "start_nightly", failing(OperationalError("down")))

    with pytest.raises(OperationalError):
        supervisor._tidy()
