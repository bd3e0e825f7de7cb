"""Addresses are one in the memory exactly where they are one mailbox."""

import pytest

from enrichment.remembering import mailbox_key


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Ada@ACME.com", "ada@acme.com", True),
        ("info@müller.de", "info@xn--mller-kva.de", True),
        ("info@MÜLLER.de", "info@müller.de", True),
        ("info@straße.de", "info@strasse.de", False),
        ("groß@acme.com", "gross@acme.com", False),
        ("ada@acme.com", "ada@acme.org", False),
    ],
)
def test_key_is_the_same_for_one_mailbox_only(one, other, is_same) -> None:
    keys = {mailbox_key(one), mailbox_key(other)}

    assert (len(keys) == 1) is is_same
