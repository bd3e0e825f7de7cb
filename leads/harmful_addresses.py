"""Addresses that may well take mail, and that nobody should write to."""

NOT_TO_WRITE = frozenset({"spamtrap_suspected", "do_not_mail", "disposable"})  # reasons of a verdict
