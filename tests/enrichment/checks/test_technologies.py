"""Markers fit by whole labels, and the user's own folder adds to them."""

from datetime import UTC, datetime

import pytest

from enrichment.checks.technologies import Marker, Record, fits, markers_of, merged, read_markers, technologies


@pytest.mark.parametrize(
    ("kind", "pattern", "text", "expected"),
    [
        ("MX", "mimecast.com", "eu-smtp-1.mimecast.com", True),
        ("MX", "mimecast.com", "notmimecast.com", False),
        ("MX", "mimecast.com", "mimecast.com.acme.example", False),
        ("NS", "awsdns-*", "ns-562.awsdns-06.co.uk", True),
        ("CNAME", "netlify.*", "acme.netlify.app", True),
        ("CNAME", "netlify.*", "notnetlify.app", False),
        ("MX", "inbound-smtp.*.amazonaws.com", "inbound-smtp.eu-west-1.amazonaws.com", True),
        ("TXT", "pardot#=", "pardot123=abc", True),
        ("TXT", "MS=ms#", "ms=MS12345", True),
        ("TXT", "docusign=", "not docusign=", False),
    ],
)
def test_markers_fit_by_whole_labels(kind, pattern, text, expected):
    assert fits(Marker(kind, pattern, "Vendor", "email"), text) is expected


def test_the_users_folder_adds_markers(tmp_path):
    (tmp_path / "mine.csv").write_text(
        "\ufeffrecord,pattern,vendor,category\nMX,mx.own.example,Own Mail,email\n", "utf-8"
    )

    found = technologies([Record("a.example", "MX", "5 in.mx.own.example")], folder=tmp_path)

    assert [each.vendor for each in found] == ["Own Mail"]


def test_a_wrong_row_is_named(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("record,pattern,vendor,category\nFOO,x,Y,z\n")

    with pytest.raises(ValueError, match="row 1"):
        read_markers(path)


@pytest.mark.parametrize(
    "written",
    ["FOO,x,Y,z", f"TXT,{'x' * 140_000},Y,z", b"TXT,\xff,Y,z"],
    ids=["another kind of record", "a field too long", "not UTF-8"],
)
def test_what_is_no_table_of_markers_is_said(tmp_path, written):
    path, header = tmp_path / "mine.csv", b"\xef\xbb\xbfrecord,pattern,vendor,category\n"
    path.write_bytes(header + (written if isinstance(written, bytes) else written.encode()))

    with pytest.raises(ValueError, match=r"mine\.csv"):
        read_markers(path)


def test_first_seen_stays_and_last_seen_moves():
    first, later = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
    record = Record("a.example", "MX", "1 aspmx.l.google.com")

    (found,) = merged(technologies([record], at=first), technologies([record], at=later))

    assert (found.first_seen, found.last_seen) == (first, later)


def test_our_own_table_is_whole():
    markers = markers_of()

    assert len(markers) > 250
    assert len({(marker.record, marker.pattern) for marker in markers}) == len(markers)
