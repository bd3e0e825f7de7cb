"""Where a visitor comes from, and how an address is read."""

import pytest
from django.test import RequestFactory

from billing.addresses import sign_in_name
from billing.throttling import client_address


@pytest.mark.parametrize(
    ("is_behind_proxy", "forwarded", "found"),
    [
        (False, "1.2.3.4", "10.0.0.1"),
        (True, "1.2.3.4", "1.2.3.4"),
        (True, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (True, "not an address", "10.0.0.1"),
        (True, "", "10.0.0.1"),
    ],
    ids=["nobody's word", "the proxy's word", "the visitor's word before it", "nonsense", "no header"],
)
def test_place_is_what_our_own_proxy_says(settings, is_behind_proxy, forwarded, found) -> None:
    settings.BEHIND_PROXY = is_behind_proxy
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)

    assert client_address(request) == found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (" Ana@X.de ", "ana@x.de"),
        ("\uff21na@x.de", "ana@x.de"),
        ("ana@stra\u00dfe.de", "ana@stra\u00dfe.de"),
        (None, ""),
    ],
)
def test_sign_in_name_is_one_for_all_spellings(text: str | None, name: str) -> None:
    assert sign_in_name(text) == name
