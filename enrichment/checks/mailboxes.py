"""What kind of mailbox an address names: throw-away, free, of a role, behind a relay, or a row of random letters."""

import re
from collections.abc import Container
from functools import cache, lru_cache
from pathlib import Path

from disposable_email_domains import blocklist
from MailChecker import MailChecker

from leads.identity import domain_key, email_key, host_name, is_free_mail, is_role_mailbox

RELAYS = Path(__file__).resolve().parent.parent / "data" / "relay_services.txt"
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop", "qsdfghjklm", "1234567890")
_RUN = 5
_IN_A_ROW = re.compile("|".join(row[at : at + _RUN] for row in _KEYBOARD for at in range(len(row) - _RUN + 1)))
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{7,}")
_RARE_PAIRS = re.compile(r"[jqxvz][bcdfghjkmnpqrtvwxz]|[bcdfghjkmpqstvwxz][jqx](?![aeiouy])|q[^uiao\d._-]")
_HEXADECIMAL = re.compile(r"(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{12,}")
_SHORTEST = 6


def is_on(names: Container[str], host: str) -> bool:
    """Whether a list of domains names the host, or its registrable domain: one of those above it, of which public
    suffixes tell only where the list has one of them. They are slow to read, and most hosts are on no list.
    """
    if host in names:
        return True
    labels = host_name(host).split(".")
    return any(".".join(labels[at:]) in names for at in range(len(labels) - 1)) and domain_key(host) in names


def is_disposable(domain: str) -> bool:
    """True for providers of throw-away mailboxes. Tested before free mail: the lists overlap, and this one wins."""
    host = domain.lower()
    return is_on(blocklist, host) or is_on(MailChecker.blacklist, host)


def is_relay_service(domain: str) -> bool:
    """True for services that hide the mailbox behind: the mail arrives, but names nobody and may be switched off."""
    return is_on(_relays(), domain.lower())


def is_alias(email: str) -> bool:
    """True if the provider delivers it to a mailbox of another name: "j.doe@googlemail.com" -> jdoe@gmail.com."""
    return _is_alias(email, email_key(email))


def is_gibberish(local: str) -> bool:
    """True for letters in no order: keys in a row ("asdfgh"), hexadecimal, digits sprinkled in, or unpronounceable."""
    text = local.lower().split("+")[0]
    letters = re.sub(r"[^a-z]", "", text)
    if len(text) < _SHORTEST or not text.isascii():
        return False
    if _IN_A_ROW.search(letters):
        return True
    sprinkled = len(re.findall(r"\d(?=[a-z])|[a-z](?=\d)", text)) >= 5
    return sprinkled or bool(_HEXADECIMAL.fullmatch(text)) or _is_unpronounceable(text, letters)


def kinds(local: str, domain: str, canonical: str) -> frozenset[str]:
    """The flags that hold of an address's two halves: "info", "acme.com" -> {"role"}; `canonical` is its mailbox."""
    found = _kinds_of_domain(domain) | _kinds_of_name(local)
    return found | {"alias_of"} if _is_alias(f"{local}@{domain}", canonical) else found


@lru_cache(maxsize=65_536)
def _kinds_of_name(local: str) -> frozenset[str]:
    """Lists have the same names at many domains: info, jane, j.doe."""
    found = {"role": is_role_mailbox(f"{local}@"), "plus_tag": "+" in local, "gibberish": is_gibberish(local)}
    return frozenset(flag for flag, holds in found.items() if holds)


@lru_cache(maxsize=65_536)
def _kinds_of_domain(domain: str) -> frozenset[str]:
    disposable = is_disposable(domain)
    found = {
        "disposable": disposable,
        "free": not disposable and is_free_mail(domain),
        "relay_service": is_relay_service(domain),
    }
    return frozenset(flag for flag, holds in found.items() if holds)


def _is_alias(email: str, canonical: str) -> bool:
    local, _, domain = email.lower().rpartition("@")
    return canonical not in ("", f"{local.split('+')[0]}@{domain}")


def _is_unpronounceable(text: str, letters: str) -> bool:
    if len(letters) < _SHORTEST:
        return False
    vowels = sum(letter in "aeiouy" for letter in letters)
    words = re.split(r"[^a-z]+", text)
    rare = sum(len(_RARE_PAIRS.findall(word)) for word in words)
    return any(_CONSONANTS.search(word) for word in words) or rare >= 3 or (rare >= 2 and vowels * 5 < len(letters))


@cache
def _relays() -> frozenset[str]:
    lines = RELAYS.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
