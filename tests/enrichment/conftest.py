"""What tests of asynchronous code need in a process where a browser was driven before."""

import asyncio
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def no_loop_of_a_browser(request: pytest.FixtureRequest) -> Iterator[None]:
    """Playwright leaves its loop marked as running in this thread between two tests, though nothing runs there then.

    Django keeps one connection for threads with such a mark and another for those without: who uses it must not change
    the mark.
    """
    if request.node.get_closest_marker("django_db"):
        yield
        return
    loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(loop)
