"""The options by which a command says how mail servers are asked, the same for each command that asks them."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Callable
from ipaddress import ip_address

from django.core.management.base import CommandParser

from enrichment.verifying.providers import GROUPS


def add_resolver_option(parser: CommandParser) -> None:
    parser.add_argument("--resolver", type=name_server, metavar="HOST:PORT", help="name server; default: the machine's")


def add_verifier_options(parser: CommandParser) -> None:
    add_resolver_option(parser)
    parser.add_argument("--smtp-port", type=_whole(1, 65_535), default=25)
    parser.add_argument("--allow-network", action="append", default=[], metavar="CIDR", help="for tests only")
    parser.add_argument("--concurrency", type=_whole(1, 10_000), default=50, help="sessions at once, in all")
    parser.add_argument("--per-host-sessions", type=_whole(1, 100), help="sessions at once with one host; default 2")
    parser.add_argument("--greylist-wait", type=_seconds, metavar="SECONDS", help="come back after that time, 3 times")
    parser.add_argument("--no-smtp", action="store_true", help="do not ask the mail servers")
    parser.add_argument("--proxy", default="", metavar="URL", help="socks5://user:password@host:port")
    parser.add_argument(
        "--block-list", action="append", default=[], metavar="ZONE", help="DNS block list of domains to ask, too"
    )
    parser.add_argument(
        "--skip-provider", action="append", default=[], choices=sorted(GROUPS), help="leave its servers alone"
    )
    parser.add_argument("--ask-disposable", action="store_true", help="throw-away domains are flagged, and asked")
    parser.add_argument("--traps", default="", metavar="FILE", help="addresses and domains said to catch spammers")


def name_server(text: str) -> str:
    """An address with or without a port: a name would need a name server itself."""
    host, _, port = text.rpartition(":") if text.count(":") == 1 or "]:" in text else (text, "", "53")
    try:
        ip_address(host.strip("[]"))
        _whole(1, 65_535)(port)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is no address of a name server, such as 127.0.0.1:53") from error
    return text


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text) if text.isascii() and text.isdecimal() else low - 1
        if not low <= number <= high:
            raise ArgumentTypeError(f"“{text}” is no whole number from {low:,} to {high:,}")
        return number

    return read


def _seconds(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 86_400:
        raise ArgumentTypeError(f"“{text}” is no number of seconds from 0 to 86,400")
    return number
