"""A SOCKS5 proxy is asked for judged addresses, with its password, and its refusals are told apart."""

import asyncio

import pytest

from enrichment.verdict import Reason
from enrichment.verifying.connection import Lost, Patience, connect
from enrichment.verifying.proxy import Proxy


async def proxied(status, asked, proxy_options=""):
    """What a connection through a proxy with that status brings; `asked` gets what it was asked for."""
    is_over = asyncio.Event()

    async def serve(reader, writer):
        _, count = await reader.readexactly(2)
        methods = await reader.readexactly(count)
        writer.write(bytes([5, methods[0]]))
        if methods[0] == 2:
            _, length = await reader.readexactly(2)
            user = await reader.readexactly(length)
            password = await reader.readexactly((await reader.readexactly(1))[0])
            asked.append((user, password))
            writer.write(bytes([1, 0]))
        asked.append(await reader.readexactly(10))
        writer.write(bytes([5, status, 0, 1, 0, 0, 0, 0, 0, 0]) + b"220 mx.example ESMTP\r\n")
        await reader.read()
        writer.close()
        await writer.wait_closed()
        is_over.set()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        proxy = Proxy.from_url(f"socks5://{proxy_options}127.0.0.1:{port}")
        try:
            connection = await connect("1.2.3.4", 25, patience=Patience(connect=2), proxy=proxy)
            banner = await connection.banner()
            connection.stream.close()
            return banner
        finally:
            await is_over.wait()


def test_server_is_reached_by_its_number():
    asked = []

    banner = asyncio.run(proxied(0, asked))

    assert (banner.code, asked) == (220, [bytes([5, 1, 0, 1, 1, 2, 3, 4, 0, 25])])


def test_password_is_given():
    asked = []

    asyncio.run(proxied(0, asked, "ada:s%40cret@"))

    assert asked[0] == (b"ada", b"s@cret")


@pytest.mark.parametrize(("status", "reason"), [(5, Reason.CONNECT_REFUSED), (4, Reason.CONNECT_TIMEOUT)])
def test_refusal_is_told(status, reason):
    with pytest.raises(Lost) as lost:
        asyncio.run(proxied(status, []))

    assert lost.value.reason == reason


def test_password_that_cannot_be_sent_is_a_sentence():
    with pytest.raises(ValueError, match="at most 255 bytes each"):
        Proxy.from_url(f"socks5://ada:{'p' * 256}@proxy.example:1080")


def test_proxy_that_says_nothing_is_hung_up_on():
    async def scene():
        was_left = asyncio.Event()

        async def serve(reader, writer):
            await reader.read()
            writer.close()
            was_left.set()

        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            proxy = Proxy("127.0.0.1", server.sockets[0].getsockname()[1])
            with pytest.raises(Lost):
                await connect("1.2.3.4", 25, patience=Patience(connect=0.05), proxy=proxy)
            await asyncio.wait_for(was_left.wait(), 5)

    asyncio.run(scene())
