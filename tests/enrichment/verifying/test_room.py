"""Fewer recipients after a session that failed, and more again after some that went well."""

import pytest

from enrichment.verifying.room import Room, fewer


@pytest.mark.parametrize(
    ("room", "answers", "is_broken", "is_mixed_up", "left"),
    [
        (8, 3, True, False, 3),
        (8, 8, True, False, 7),
        (8, 0, True, False, 1),
        (8, 7, False, False, 3),
        (1, 1, False, False, 1),
        (8, 7, True, True, 1),
    ],
    ids=["after three", "after all", "at once", "at the end", "alone", "answers something else"],
)
def test_next_session_is_shorter_by_what_went_wrong(room, answers, is_broken, is_mixed_up, left):
    assert fewer(room, answers, is_broken=is_broken, is_mixed_up=is_mixed_up) == left


def after(*events):
    """The room after sessions with so many recipients went well ("8") or left room for fewer ("-3")."""
    room = Room()
    for each in events:
        if each < 0:
            room.shrink(-each)
        else:
            room.fits(each)
    return room.now


@pytest.mark.parametrize(
    ("events", "now"),
    [
        ((8, 8), 8),
        ((-3,), 3),
        ((-3, 3, 3), 6),
        ((-3, 3, 3, 6, 6), 8),
        ((-3, 2, 2, 2), 3),
        ((-3, 3, 3, -3, 3, 3, 3), 3),
        ((-3, -7), 3),
    ],
    ids=[
        "all well",
        "failed",
        "twice as many",
        "all again",
        "fewer prove nothing",
        "longer each time",
        "began earlier",
    ],
)
def test_room_is_found_again_and_a_limit_run_into_seldom(events, now):
    assert after(*events) == now


def test_what_the_server_says_of_its_limit_stays():
    room = Room()

    room.limit(2)
    room.fits(2)
    room.fits(2)

    assert room.now == 2
