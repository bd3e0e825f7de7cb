"""What an e-mail address tells by itself: syntax, kind of mailbox, likely typing mistakes; nothing is asked."""

import re
from functools import lru_cache
from typing import NamedTuple

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

from enrichment.checks.legibility import NOT_UTF8, is_text
from enrichment.checks.mailboxes import is_disposable, kinds
from enrichment.checks.typos import meant_domain
from enrichment.verdict import EmailVerdict, Reason
from leads.identity import MAILBOX_DOMAINS, email_key, has_listed_suffix

__all__ = ["check_syntax", "is_disposable", "meant_domain"]
SYNTAX_CONFIDENCE = 0.99
UNCHECKED_CONFIDENCE = 0.3
# What providers say that a mailbox of theirs may be named, tags and ignored characters off.
_NAMES = {"gmail.com": re.compile(r"[a-z0-9]{1,30}")}
# A left half without capitals and rare characters, and of a length that no domain makes too long.
_PLAIN_LOCAL = re.compile(r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*")
_SAFE_LENGTH = 64
LONGEST_TEXT = 1000  # nothing longer is looked at, nor remembered
_ADDRESS = re.compile(r"[^\s<>\"(),;:|@]+@[^\s<>\"'(),;:|@]+\.[^\s<>\"'(),;:|@]+")
_QUOTED = re.compile(r"^'(.+)'$")
_ANGLED = re.compile(r"<([^<>]*)>")
# What surely ends a word beside an address: a comma does with a space after it (john,smith@acme.com is one word), and
# a space does not after the dot of "john. smith@acme.com".
_BETWEEN = re.compile(
    r"""["')\]]?[,;:|](?!\S)|(?<!\w[._+-])\s+|(?<!\S)["(\[]|[")\]](?!\S)|(?<!\S)mailto:""", re.IGNORECASE
)


class _Parsed(NamedTuple):
    local_part: str
    normalized: str
    domain: str
    ascii_domain: str


def check_syntax(email: str) -> EmailVerdict:
    """`undeliverable` if no mail system could take it (reason syntax_invalid or domain_reserved), else `unknown`.

    The reserved domains of RFC 2606 and 6761 that no server may answer for (.invalid, .localhost ...) are undeliverable;
    `.example`, on which invented people have their addresses, and `.test` are only not checked. `suggestion` is a likelier
    spelling, to be believed only where the domain as it was typed turns out to take no mail; or the one address in a text
    that holds more than that, such as "Ada Byron <ada@acme.com>".
    """
    if len(email) > LONGEST_TEXT:
        return _invalid(f"An address has at most 254 characters, this text {len(email):,}.")
    return _checked(email.strip(" \t"))


@lru_cache(maxsize=65_536)
def _checked(text: str) -> EmailVerdict:
    if not is_text(text):
        return _invalid(NOT_UTF8)
    try:
        parsed = _parsed(text)
    except EmailNotValidError as error:
        return _wrong(text, str(error))
    normalized, domain = parsed.normalized, parsed.ascii_domain
    canonical = email_key(normalized)
    if not _may_be_named(canonical):
        return _wrong(text, f"{canonical.rpartition('@')[2]} has no mailbox with such a name.")
    flags = kinds(parsed.local_part, domain, canonical)
    return EmailVerdict(
        status="unknown",
        reason=Reason.NOT_CHECKED,
        flags=flags if parsed.domain == domain else flags | {"idn"},
        normalized=normalized,
        canonical=canonical,
        suggestion=_suggested(parsed.local_part, domain),
        confidence=UNCHECKED_CONFIDENCE,
    )


def _parsed(text: str) -> _Parsed:
    """Nearly all addresses have a plain left half, which follows one rule: their domain is read once."""
    local, _, domain = text.rpartition("@")
    if len(text) < _SAFE_LENGTH and _PLAIN_LOCAL.fullmatch(local) and domain.isascii() and (known := _domain(domain)):
        return _Parsed(local, f"{local}@{known.domain}", known.domain, known.ascii_domain)
    return _read(text)


@lru_cache(maxsize=65_536)
def _domain(domain: str) -> _Parsed | None:
    """None: something is wrong with it, which the reading of the whole address tells."""
    try:
        return _read(f"a@{domain}")
    except EmailNotValidError:
        return None


def _read(text: str) -> _Parsed:
    """A top-level domain alone may take mail (test@io), a bare host name (test@acme) is no address; quotes are for ASCII."""
    domain = text.rpartition("@")[2]
    read = validate_email(
        text,
        check_deliverability=False,
        test_environment=True,
        strict=True,
        allow_quoted_local=True,
        allow_smtputf8=not text.startswith('"'),
        globally_deliverable="." in domain or not has_listed_suffix(domain),
    )
    return _Parsed(read.local_part, read.normalized, read.domain, read.ascii_domain)


def _invalid(why: str, suggestion: str = "") -> EmailVerdict:
    return EmailVerdict(
        "undeliverable", Reason.SYNTAX_INVALID, suggestion=suggestion, confidence=SYNTAX_CONFIDENCE, detail=why
    )


def _address_within(text: str) -> str:
    """The only address of a text that says more: a name beside it, or a row of a table; "" if there is none, or several."""
    words = [*_ANGLED.findall(text), *_BETWEEN.split(_ANGLED.sub(" ", text))]
    found = {_QUOTED.sub(r"\1", word.strip()) for word in words if word.rpartition("@")[0].strip()} - {text}
    within = found.pop() if len(found) == 1 else ""
    return within if _ADDRESS.fullmatch(within) else ""


def _wrong(text: str, why: str) -> EmailVerdict:
    within = _address_within(text)
    if within and check_syntax(within).status != "undeliverable":
        return _invalid(f"This is more than an address; in it stands {within}.", within)
    local, _, domain = text.rpartition("@")
    reason = Reason.DOMAIN_RESERVED if _is_reserved(domain.lower()) else Reason.SYNTAX_INVALID
    suggestion = (
        _suggested(local, domain.lower()) if reason is Reason.SYNTAX_INVALID and local and "@" not in local else ""
    )
    return EmailVerdict("undeliverable", reason, suggestion=suggestion, confidence=SYNTAX_CONFIDENCE, detail=why)


def _is_reserved(domain: str) -> bool:
    return any(domain == name or domain.endswith(f".{name}") for name in SPECIAL_USE_DOMAIN_NAMES)


def _may_be_named(canonical: str) -> bool:
    local, _, domain = canonical.rpartition("@")
    rule = _NAMES.get(MAILBOX_DOMAINS.get(domain, domain))
    return rule is None or bool(rule.fullmatch(local))


def _suggested(local: str, domain: str) -> str:
    """The address at the domain that this one misspells, or "" (also where the other half is no good either)."""
    meant = meant_domain(domain) if domain else ""
    return f"{local}@{meant}" if meant and re.fullmatch(r"[^\s<>\"(),;:\\]+", local) else ""
