"""What tests of code that runs a loop of its own need in a process where a browser was driven before."""

import asyncio
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def no_loop_of_a_browser() -> Iterator[None]:
    """Playwright leaves its loop marked as running in this thread between two tests, though nothing runs there then."""
    loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(loop)
