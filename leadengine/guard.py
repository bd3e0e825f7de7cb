"""Which addresses may be connected to: the one wall between names that strangers give us and our own network.

Resolve a name once, judge every address of the answer, connect to a judged address and never to the name. HTTP uses
`addresses_of`, mail `judged`; both connect by number, so that a second look-up (DNS rebinding) has nothing to change.
"""

import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Networks = Sequence[IPv4Network | IPv6Network]
Lookup = Callable[..., Sequence[tuple[Any, ...]]]

WEB_PORTS = {"http": 80, "https": 443}
# `is_global` is not enough: on some Python versions it lets pass multicast, NAT64, 6to4, site-local and ::/96.
DENIED: Networks = [
    ip_network(text)
    for text in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24"
        " 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24"
        " 203.0.113.0/24 224.0.0.0/3 ::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 3fff::/20 5f00::/16"
        " fc00::/7 fe80::/10 fec0::/10 ff00::/8"
    ).split()
]
NAT64 = IPv6Network("64:ff9b::/96")
UNICAST = IPv6Network("2000::/3")  # all that is given out of IPv6 for the open internet
ISATAP = {0x00005EFE, 0x02005EFE}  # the upper half of such an interface's number (RFC 5214, 6.1)


class UnsafeAddress(OSError):
    """Somewhere that must not be connected to; says which name and address."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a URL leads: `host` is the name for TLS and the Host header, `addresses` may be connected to."""

    scheme: str
    host: str
    port: int
    addresses: tuple[str, ...]


def networks(texts: Iterable[str]) -> Networks:
    """Networks of a setting or an option: "127.0.0.0/8" (a single address is a network too)."""
    return tuple(ip_network(text.strip(), strict=False) for text in texts if text.strip())


@lru_cache(maxsize=65_536)
def is_public(text: str) -> bool:
    """True for a unicast address of the open internet, also when it is wrapped into IPv6 (mapped, NAT64, 6to4, Teredo, ISATAP).

    >>> is_public("93.184.215.14"), is_public("64:ff9b::7f00:1"), is_public("2002:7f00:1::")
    (True, False, False)
    """
    try:
        found = ip_address(text)
    except ValueError:
        return False
    return all(_is_public(each) for each in (found, *_wrapped(found)))


def is_allowed(text: str, allowed: Networks = ()) -> bool:
    """Public, or inside one of the `allowed` networks (for tests; never set in production)."""
    if allowed and any(address in network for address in _parsed(text) for network in allowed):
        return True
    return is_public(text)


def judged(name: str, addresses: Iterable[str], allowed: Networks = ()) -> tuple[str, ...]:
    """The addresses of one answer, all of them safe; UnsafeAddress if a single one is not: it spoils the name."""
    found = tuple(dict.fromkeys(addresses))
    for address in found:
        if not is_allowed(address, allowed):
            raise UnsafeAddress(f"{name} leads to {address}, which is not on the open internet.")
    return found


def addresses_of(
    host: str, port: int, *, lookup: Lookup = socket.getaddrinfo, allowed: Networks = ()
) -> tuple[str, ...]:
    """Where `host` is, asked once and judged; UnsafeAddress, or OSError when it has no address."""
    try:
        answers = lookup(host.rstrip("."), port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(f"{host[:80]} is not a host name.") from error
    found = judged(host, (str(answer[4][0]) for answer in answers), allowed)
    if not found:
        raise OSError(f"{host[:80]} has no address.")
    return found


def target_of(
    url: str, *, ports: Iterable[int] = (80, 443), lookup: Lookup = socket.getaddrinfo, allowed: Networks = ()
) -> Target:
    """Where a URL leads, judged; to be called again for each redirect. No credentials, no other schemes, few ports."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise UnsafeAddress(f"This is not an address of the web: {url[:80]}") from error
    if parts.scheme not in WEB_PORTS or not host or "@" in parts.netloc:
        raise UnsafeAddress(f"Only plain http and https addresses are fetched, not {url[:80]}")
    port = WEB_PORTS[parts.scheme] if port is None else port
    if port not in ports:
        raise UnsafeAddress(f"Port {port} is not one of the web.")
    return Target(parts.scheme, host, port, addresses_of(host, port, lookup=lookup, allowed=allowed))


def _is_public(address: Address) -> bool:
    is_denied = any(address in network for network in DENIED if network.version == address.version)
    is_given_out = address in UNICAST if isinstance(address, IPv6Address) else True
    return address in NAT64 or (address.is_global and is_given_out and not is_denied) or _is_transition(address)


def _is_transition(address: Address) -> bool:
    """6to4 and mapped addresses are judged by what they wrap, and by nothing else."""
    return isinstance(address, IPv6Address) and (address.sixtofour is not None or address.ipv4_mapped is not None)


def _wrapped(address: Address) -> list[Address]:
    """The IPv4 addresses that an IPv6 one stands for; a Teredo one stands for its server and its client."""
    if isinstance(address, IPv4Address):
        return []
    inner: list[Address | None] = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in NAT64 or (int(address) >> 32) & 0xFFFFFFFF in ISATAP:
        inner.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [each for each in inner if each is not None]


def _parsed(text: str) -> list[Address]:
    """The address, unwrapped if it is an IPv4 one in IPv6 clothes (so that an allowed network is one however written)."""
    try:
        found = ip_address(text)
    except ValueError:
        return []
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return [mapped or found]
