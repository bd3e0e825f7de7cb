"""Verdicts on e-mail addresses in words."""

from __future__ import annotations

from enrichment.verdict import Reason

SENTENCES: dict[Reason, str] = {
    Reason.MAILBOX_ACCEPTED: "The mail server takes mail for this address, and refuses one that was made up.",
    Reason.MAILBOX_RATE_LIMITED: "The mailbox exists; its server limits how much it takes.",
    Reason.PROVIDER_CONFIRMED: "The mail provider confirmed the mailbox.",
    Reason.VERIFIER_CONFIRMED: "A provider of verifications says that mail to it arrives.",
    Reason.SYNTAX_INVALID: "This is not a valid e-mail address.",
    Reason.DOMAIN_NOT_FOUND: "The domain does not exist.",
    Reason.DOMAIN_RESERVED: "No mail system can have this domain.",
    Reason.NULL_MX: "The domain says that it takes no mail.",
    Reason.NO_MAIL_ROUTE: "The domain has no mail server.",
    Reason.MX_UNRESOLVABLE: "The domain names a mail server that cannot be found.",
    Reason.MAILBOX_NOT_FOUND: "The mail server says that there is no such mailbox.",
    Reason.MAILBOX_DISABLED: "The mail server says that the mailbox is closed.",
    Reason.MAILBOX_MOVED: "The mail server says that the mailbox has moved.",
    Reason.VERIFIER_DENIED: "A provider of verifications says that mail to it does not arrive.",
    Reason.ACCEPT_ALL: "The mail server takes any address of this domain, so nobody can tell if this one is read.",
    Reason.MAILBOX_FULL: "The mailbox exists but is full.",
    Reason.PROVIDER_UNVERIFIABLE: "This mail provider does not tell which mailboxes exist.",
    Reason.DISPOSABLE: "A throw-away address.",
    Reason.SPAMTRAP_SUSPECTED: "It may be a trap for senders of spam.",
    Reason.TYPO_SUSPECTED: "The domain looks misspelt.",
    Reason.DO_NOT_MAIL: "A provider of verifications advises against writing to it.",
    Reason.GREYLISTED: "The mail server puts strangers off at first and asks them to come back.",
    Reason.RATE_LIMITED: "The mail server answers no more questions for now.",
    Reason.SERVER_BUSY: "The mail server is busy.",
    Reason.IP_BLOCKED: "The mail server refuses calls from our address.",
    Reason.SENDER_REJECTED: "The mail server refuses our sender.",
    Reason.RELAY_DENIED: "The mail server says that it does not take mail for this domain.",
    Reason.TLS_REQUIRED: "The mail server wants encryption that could not be agreed on.",
    Reason.CONNECT_REFUSED: "The mail server refuses connections.",
    Reason.CONNECT_TIMEOUT: "The mail server could not be reached in time.",
    Reason.NO_BANNER: "The mail server took the call and said nothing.",
    Reason.SMTP_TIMEOUT: "The mail server did not answer in time.",
    Reason.DISCONNECTED: "The mail server hung up.",
    Reason.UNCLEAR_REPLY: "The mail server's answer says neither yes nor no.",
    Reason.DNS_SERVFAIL: "The domain's name servers fail.",
    Reason.DNS_TIMEOUT: "The domain could not be looked up.",
    Reason.UNSAFE_ADDRESS: "The domain's mail server is not on the open internet, so it was not asked.",
    Reason.PROBE_DISABLED: "Asking mail servers is switched off here.",
    Reason.PROVIDER_SKIPPED: "Mail servers of this provider are not asked here.",
    Reason.PORT25_BLOCKED: "No mail server can be reached from here.",
    Reason.NOT_CHECKED: "The form is right; no server was asked.",
}
CUT_OFF = {
    Reason.PORT25_BLOCKED: "Mail servers cannot be asked from this machine: port 25 is closed. Until it is open, "
    "verdicts stay unknown and cost nothing.",
    Reason.DNS_TIMEOUT: "Names cannot be looked up from this machine. Until they can, verdicts stay unknown and cost "
    "nothing.",
}
FLAGS = {
    "role": "Shared mailbox",
    "free": "Free mail provider",
    "disposable": "Throw-away address",
    "plus_tag": "Has a tag after +",
    "gibberish": "Looks made up",
    "idn": "International domain",
    "implicit_mx": "Mail goes to the web server",
    "catch_all": "Domain takes any address",
    "relay_service": "Forwarding service",
    "alias_of": "Alias of another mailbox",
}
PROVIDERS = {
    "google": "Google Workspace",
    "m365": "Microsoft 365",
    "outlook_consumer": "Outlook.com",
    "yahoo": "Yahoo",
    "mail_ru": "Mail.ru",
    "proofpoint": "Proofpoint",
    "mimecast": "Mimecast",
    "barracuda": "Barracuda",
    "other": "Own or unknown",
}


def sentence(reason: str) -> str:
    """Why the verdict is what it is; a code that is of another time says itself."""
    return SENTENCES[Reason(reason)] if reason in SENTENCES else f"{reason.replace('_', ' ').capitalize()}."


def yes_no(value: bool | None) -> str:
    """A fact that may be unknown.

    >>> yes_no(None)
    'Not known'
    """
    return "Not known" if value is None else "Yes" if value else "No"
