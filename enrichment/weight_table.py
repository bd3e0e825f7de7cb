"""The weights of the deliverability score as people read them."""

from __future__ import annotations

from enrichment.verifying.weighing import START, WEIGHTS

STARTS = {
    "deliverable": "The server takes this address, and no invented one",
    "verifier_confirmed": "A provider of verifications says that mail arrives",
    "accept_all": "The server takes any address",
    "provider_unverifiable": "The provider takes any address at first",
    "unknown": "Nobody could tell",
    "mailbox_full": "The mailbox is full",
    "risky": "Any other doubt, such as a throw-away provider",
    "undeliverable": "It cannot arrive",
}
FACTS = {
    "dmarc_enforced": "Its domain has forged mail refused or put aside (DMARC)",
    "spf_valid": "Its domain has a valid SPF record",
    "pattern_confirmed": "Built like two known addresses of a company that takes any",
    "seen_on_site": "The company's own site shows it",
    "role": "A function rather than a person: info@, sales@",
    "disposable": "A throw-away provider",
    "gibberish": "Letters in no order",
}


def starts() -> list[tuple[str, int]]:
    """Where the score starts, by what was found."""
    return sorted(((words, START[name]) for name, words in STARTS.items()), key=lambda line: -line[1])


def weights() -> list[tuple[str, int]]:
    """What moves it from there."""
    return sorted(((words, WEIGHTS[name]) for name, words in FACTS.items()), key=lambda line: -line[1])
