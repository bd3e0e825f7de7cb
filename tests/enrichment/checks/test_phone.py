"""What a number tells by itself; the numbers are the examples that regulators set aside or of no one in particular."""

import pytest

from enrichment.checks.phone import check_phone


@pytest.mark.parametrize(
    ("raw", "hints", "e164", "region"),
    [
        pytest.param("+49 30 901820", (), "+4930901820", "DE", id="international"),
        pytest.param("030 901820", ("DE",), "+4930901820", "DE", id="national-with-a-hint"),
        pytest.param("030 901820", ("US", "DE"), "+4930901820", "DE", id="the-hint-that-fits"),
        pytest.param("+49 30 901820", ("US",), "+4930901820", "DE", id="a-code-beats-a-hint"),
    ],
)
def test_reading(raw, hints, e164, region):
    verdict = check_phone(raw, hints)

    assert (verdict.e164, verdict.region, verdict.valid, verdict.reason) == (e164, region, True, "valid")


@pytest.mark.parametrize(
    ("raw", "hints", "reason"),
    [
        ("call me", (), "not_a_number"),
        ("030 901820", (), "country_missing"),
        ("+49 30", (), "range_not_in_use"),
        ("+49 30 12345678901234", (), "too_long"),
    ],
)
def test_what_is_wrong(raw, hints, reason):
    verdict = check_phone(raw, hints)

    assert (verdict.valid, verdict.reason) == (False, reason)


def test_extension_is_kept():
    assert check_phone("+49 30 901820 ext. 12").extension == "12"


def test_time_zone_follows_from_the_region():
    assert check_phone("+49 30 901820").time_zones == ("Europe/Berlin",)
