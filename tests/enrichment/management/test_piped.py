"""Lines of a pipe, for as long as somebody reads what is made of them."""

import asyncio
import os

import pytest

from enrichment.management import piped
from enrichment.management.piped import piped_lines


@pytest.fixture
def ends():
    """(to read, to write) of a pipe in, then of one out; all that a test left open is closed."""
    pipes = [os.pipe(), os.pipe()]
    is_open = {end for pipe in pipes for end in pipe}

    def close(end):
        is_open.remove(end)
        os.close(end)

    yield (*pipes[0], *pipes[1], close)
    for end in is_open:
        os.close(end)


async def read_all(source, reader):
    return [line async for line in piped_lines(source, reader)]


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        (b"\xef\xbb\xbfada@acme.example\nbob@acme.example\n", ["ada@acme.example", "bob@acme.example"]),
        (b"a\r\nb", ["a", "b"]),
        ("jörg@x".encode(), ["jörg@x"]),
        (b"a\xff\n\n", ["a\udcff", ""]),
        (b"", []),
    ],
    ids=["with a mark", "no end of the last", "UTF-8", "no UTF-8", "nothing"],
)
def test_lines_of_a_pipe_are_read_to_its_end(ends, written, lines):
    source, into, _heard, out, close = ends
    os.write(into, written)
    close(into)

    assert asyncio.run(read_all(source, out)) == lines


def test_lines_that_come_in_pieces_are_put_together(ends, monkeypatch):
    monkeypatch.setattr(piped, "AT_ONCE", 2)
    source, into, _heard, out, close = ends
    os.write(into, "\ufeffjörg@acme.example\r\n\nbo".encode())
    close(into)

    assert asyncio.run(read_all(source, out)) == ["jörg@acme.example", "", "bo"]


def test_who_waits_for_lines_hears_that_nobody_reads_any_more(ends):
    source, _into, heard, out, close = ends
    close(heard)

    with pytest.raises(BrokenPipeError):
        asyncio.run(asyncio.wait_for(read_all(source, out), 10))
