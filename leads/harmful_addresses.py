"""Addresses that may well take mail, and that nobody should write to."""

NOT_TO_WRITE = frozenset({"spamtrap_suspected", "do_not_mail", "disposable"})  # reasons of a verdict


def takes_mail(status: str, reason: str, flags: str) -> bool:
    """Whether mail to an address of this verdict may arrive, and does no harm.

    >>> takes_mail("risky", "accept_all", ""), takes_mail("risky", "spamtrap_suspected", "")
    (True, False)
    """
    is_harmful = reason in NOT_TO_WRITE or "disposable" in flags
    return status != "undeliverable" and not is_harmful
