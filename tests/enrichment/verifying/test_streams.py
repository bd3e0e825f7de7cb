"""Lines are taken as they come, what is unread is known, and nobody fills the memory by talking on."""

import asyncio

import pytest

from enrichment.verifying.streams import LONGEST_LINE, MOST_UNREAD, Stream


class Wire(asyncio.Transport):
    """The network's side of a stream."""

    def __init__(self, stream):
        super().__init__()
        self.listens = True
        stream.connection_made(self)

    def pause_reading(self):
        self.listens = False

    def resume_reading(self):
        self.listens = True


@pytest.fixture
def stream():
    return Stream()


@pytest.fixture
def wire(stream):
    return Wire(stream)


def test_line_is_there_when_all_of_it_has_come(stream, wire):
    stream.data_received(b"250 O")
    early = stream.line()

    stream.data_received(b"k\r\n250")

    assert (early, stream.line(), stream.line(), stream.unread) == (None, b"250 Ok\r\n", None, 3)


def test_what_came_before_the_end_is_heard_and_then_nothing(stream, wire):
    stream.data_received(b"421 Bye\r\n42")
    stream.eof_received()

    assert [stream.line() for _ in range(3)] == [b"421 Bye\r\n", b"42", b""]


def test_line_that_came_before_a_failure_is_heard(stream, wire):
    stream.data_received(b"421 Bye\r\n")
    stream.connection_lost(ConnectionResetError("reset"))

    assert stream.line() == b"421 Bye\r\n"
    with pytest.raises(ConnectionResetError):
        stream.line()


@pytest.mark.parametrize("end", [b"", b"\r\n"], ids=["still going on", "ended"])
def test_line_that_is_too_long_is_none(stream, wire, end):
    stream.data_received(b"2" * (LONGEST_LINE + 1) + end)

    with pytest.raises(ValueError, match="without an end"):
        stream.line()


def test_who_talks_on_is_not_listened_to_until_it_is_read(stream, wire):
    stream.data_received(b"250 Ok\r\n" * (MOST_UNREAD // 8 + 1))
    was_heard_out = wire.listens

    while stream.unread > LONGEST_LINE:
        stream.line()

    assert (was_heard_out, wire.listens) == (False, True)


def test_bytes_that_do_not_come_are_missed(stream, wire):
    stream.data_received(b"\x05")
    stream.eof_received()

    with pytest.raises(asyncio.IncompleteReadError):
        asyncio.run(stream.exactly(2))


def waiting(stream, *seconds):
    """What comes of waiting in turn for so long each, while something comes after 0.03 s."""

    async def scene():
        loop, found = asyncio.get_running_loop(), []
        loop.call_later(0.03, stream.data_received, b"2")
        for each in seconds:
            try:
                found.append(await stream.more(loop.time() + each))
            except TimeoutError:
                found.append("late")
        return found

    return asyncio.run(asyncio.wait_for(scene(), 5))


@pytest.mark.parametrize(
    ("seconds", "found"),
    [((60, 0.01), [None, "late"]), ((0.01, 60), ["late", None])],
    ids=["longer first", "shorter first"],
)
def test_each_wait_has_its_own_end(stream, wire, seconds, found):
    assert waiting(stream, *seconds) == found


def test_who_talks_without_a_pause_is_not_heard_for_longer(stream, wire):
    async def scene():
        loop = asyncio.get_running_loop()

        def talk():
            stream.data_received(b"250 Ok\r\n")
            loop.call_soon(talk)

        talk()
        until = loop.time() + 0.02
        while stream.line() or not await stream.more(until):
            pass

    with pytest.raises(TimeoutError, match="past"):
        asyncio.run(asyncio.wait_for(scene(), 2))
