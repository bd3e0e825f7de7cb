"""The options by which a command says how mail servers are asked, the same for each command that asks them."""

from __future__ import annotations

from django.core.management.base import CommandParser

from enrichment.verifying.providers import GROUPS


def add_verifier_options(parser: CommandParser) -> None:
    parser.add_argument("--resolver", default="", metavar="HOST:PORT", help="name server; default: the machine's")
    parser.add_argument("--smtp-port", type=int, default=25)
    parser.add_argument("--allow-network", action="append", default=[], metavar="CIDR", help="for tests only")
    parser.add_argument("--concurrency", type=int, default=50, help="sessions at once, in all")
    parser.add_argument("--per-host-sessions", type=int, help="sessions at once with one host; default 2")
    parser.add_argument("--greylist-wait", type=float, metavar="SECONDS", help="come back after that time, 3 times")
    parser.add_argument("--no-smtp", action="store_true", help="do not ask the mail servers")
    parser.add_argument("--proxy", default="", metavar="URL", help="socks5://user:password@host:port")
    parser.add_argument(
        "--block-list", action="append", default=[], metavar="ZONE", help="DNS block list of domains to ask, too"
    )
    parser.add_argument(
        "--skip-provider", action="append", default=[], choices=sorted(GROUPS), help="leave its servers alone"
    )
    parser.add_argument("--traps", default="", metavar="FILE", help="addresses and domains said to catch spammers")
