"""A quick loop leaves the collector of garbage as it was."""

import asyncio
import gc

from enrichment.verifying.loops import EXTRA_ROOM, quick_runner


def test_collector_is_as_before_when_the_command_has_ended():
    before = gc.get_threshold(), gc.get_freeze_count() > 0

    with quick_runner() as runner:
        runner.run(asyncio.sleep(0))
        meanwhile = gc.get_threshold()[0]

    assert meanwhile == EXTRA_ROOM
    assert (gc.get_threshold(), gc.get_freeze_count() > 0) == before
