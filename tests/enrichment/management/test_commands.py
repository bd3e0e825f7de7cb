"""The commands read a line and print a line, in words or as JSON, and say what is wrong in a sentence."""

import io
import json

import pytest
from django.core.management import CommandError, call_command, load_command_class

from leadengine.sandbox import hunter, people_data_labs
from leadengine.sandbox.aside import serving
from leadengine.sandbox.names import NameServer
from leadengine.sandbox.scripted import serve
from leadengine.sandbox.world import firms
from tests.factories import people


def said(*arguments, **options):
    out = io.StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def records(*arguments, **options):
    return [json.loads(line) for line in said(*arguments, json=True, **options).splitlines()]


def test_a_reply_is_classed():
    (record,) = records("classify_reply", "550 5.1.1 <x@y.example>: User unknown")

    assert (record["class"], record["code"], record["enhanced"]) == ("no_mailbox", 550, "5.1.1")


def test_a_file_of_replies_gives_a_line_each(tmp_path):
    path = tmp_path / "replies.txt"
    path.write_text("550 No such user\n\n421 Too many connections\n", encoding="utf-8")

    assert [record["class"] for record in records("classify_reply", str(path))] == ["no_mailbox", "rate_limited"]


def test_the_stage_counts():
    assert said("classify_reply", "550 No such user", stage="mail").startswith("sender_rejected:")


def test_phones_are_checked_line_by_line(tmp_path):
    path = tmp_path / "phones.txt"
    path.write_text("030 901820 / 0171 2345678\ncall me\n", encoding="utf-8")

    found = records("check_phones", str(path), region=["de"])

    assert [[number["e164"] for number in record["numbers"]] for record in found] == [
        ["+4930901820", "+491712345678"],
        [""],
    ]
    assert found[0]["numbers"][0]["call_hours"]["is_open"] in (True, False)


def test_what_is_no_text_is_told_of_its_line_alone(tmp_path):
    path = tmp_path / "phones.txt"
    path.write_bytes(b"\xef\xbb\xbf+49 30 901820\n\xff030 901820\n\x00\n" + b"1;" * 9_000)

    found = [each["numbers"][0]["reason"] for each in records("check_phones", str(path), region=["de"])]

    assert found == ["valid", "not_utf8", "not_a_number", "too_long"]


def test_replies_in_another_encoding_are_read_by_their_codes(tmp_path):
    path = tmp_path / "replies.txt"
    path.write_bytes(b"550 5.1.1 Empf\xe4nger ung\xfcltig\n" + b"550 " + b"a" * 100_000)

    found = records("classify_reply", str(path))

    assert [each["class"] for each in found] == ["no_mailbox", "other_permanent"]
    assert "\ufffd" in found[0]["reply"]


@pytest.mark.parametrize(
    "text", ["not..a..domain", "a" * 300 + ".com", "192.0.2.1", "http://[::1/", "\udcff.com", "-x-.com", "a\0b", ""]
)
def test_what_is_no_domain_ends_with_a_sentence_and_code_2(text):
    with pytest.raises(CommandError, match=r"^“.*” is (no|an IP)[ a-zA-Z,]* domain\.$") as caught:
        said("inspect_domain", "--no-keep", "--", text)

    assert caught.value.returncode == 2


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(CommandError, match=r"nothing\.txt"):
        said("check_phones", "nothing.txt")


def test_a_domain_without_a_name_server_is_shown_as_not_answered():
    (record,) = records("inspect_domain", "acme.example", resolver="127.0.0.1:9", no_keep=True)

    assert record["rcode"] in ("servfail", "timeout")
    assert (record["technologies"], record["questions"]) == ([], 34)


def test_a_text_that_is_no_domain_is_named_and_the_rest_goes_on(tmp_path):
    path = tmp_path / "domains.txt"
    path.write_bytes(b"not a domain\n\xff.com\nhttps://acme.example/x\n")

    first, second, third = records("inspect_domain", str(path), resolver="127.0.0.1:9", no_keep=True)

    assert "no domain" in first["error"]
    assert "no domain" in second["error"]
    assert third["domain"] == "acme.example"


def test_a_wrong_fingerprint_is_named(tmp_path):
    (tmp_path / "mine.csv").write_text("record,pattern,vendor,category\nFOO,x,Y,z\n")

    with pytest.raises(CommandError, match="row 1"):
        said("inspect_domain", "acme.example", fingerprints=tmp_path)


def test_an_address_is_suggested_where_nobody_may_be_asked(tmp_path):
    known = tmp_path / "known.csv"
    known.write_text("email,first,last\nghopper@acme.example,Grace,Hopper\n", encoding="utf-8")
    options = {
        "first": "Ada",
        "last": "Byron",
        "domain": "acme.example",
        "known": str(known),
        "resolver": "127.0.0.1:9",
    }

    (record,) = records("find_email", **options, no_smtp=True)

    assert (record["email"], record["status"]) == (None, "unknown")
    assert record["alternatives"][0]["email"] == "abyron@acme.example"


@pytest.mark.parametrize(
    ("options", "complaint"),
    [({"first": "Ada", "domain": "no domain"}, "is no domain"), ({"domain": "acme.example"}, "Give a name")],
)
def test_the_finder_says_what_it_needs(options, complaint):
    with pytest.raises(CommandError, match=complaint):
        said("find_email", **options)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("of", "first", "told"),
    [
        (hunter, "", "is asked with a given name"),
        (hunter, "Nobody", "has no address"),
        (hunter, firms()[1].people[0].given, "; 1 Hunter credit"),
        (people_data_labs, firms()[1].people[0].given, "; 1 People Data Labs credit"),
    ],
)
def test_a_provider_is_asked_where_we_find_nobody_and_says_what_it_cost(settings, of, first, told):
    settings.SANDBOX = True
    firm, workspace = firms()[1], people.workspace()
    options = {"first": first, "last": firm.people[0].family, "domain": firm.domain, "no_smtp": True}
    with serve(of.script()) as script:
        options |= {
            "of": of.__name__.rpartition(".")[2],
            "ask": workspace.slug,
            "base_url": script.base_url,
            "resolver": "127.0.0.1:9",
        }

        line = said("find_email", **options)

    assert told in line
    assert len(script.asked) == bool(first)


@pytest.mark.django_db
def test_without_a_key_our_own_suggestions_come_with_a_sentence():
    workspace = people.workspace()
    options = {"first": "Ada", "last": "Byron", "domain": "acme.example", "no_smtp": True, "resolver": "127.0.0.1:9"}

    (record,) = records("find_email", **options, ask=workspace.slug)

    assert record["alternatives"]
    assert "needs a key" in record["evidence"]["outside"]["left_out"]


@pytest.mark.django_db
def test_technologies_keep_when_they_were_first_seen():
    table = {("acme.example", "MX"): ("1 aspmx.l.google.com.",)}
    names = NameServer(table)
    with serving(names):
        (first,) = records("inspect_domain", "acme.example", resolver=names.address)
        names.table = {}
        (second,) = records("inspect_domain", "acme.example", resolver=names.address)

    (before,), (after,) = first["technologies"], second["technologies"]
    assert (before["name"], after["first_seen"]) == ("Google Workspace", before["first_seen"])
    assert after["last_seen"] == before["last_seen"] < second["checked_at"]


def test_the_finder_takes_what_the_verifier_takes():
    parsers = [
        load_command_class("enrichment", name).create_parser("", name) for name in ("verify_emails", "find_email")
    ]

    verifier, finder = ({text for each in parser._actions for text in each.option_strings} for parser in parsers)

    assert verifier - finder == {"--unordered", "--seen-on-site"}


@pytest.mark.parametrize(
    ("option", "complaint"),
    [
        ("--resolver=localhost:53", "no address of a name server"),
        ("--smtp-port=99999", "no whole number from 1 to 65,535"),
        ("--concurrency=0", "no whole number from 1"),
        ("--greylist-wait=nan", "no number of seconds"),
    ],
)
def test_an_option_that_cannot_be_is_refused(tmp_path, option, complaint):
    path = tmp_path / "some.txt"
    path.write_text("ada@acme.example\n", encoding="utf-8")

    with pytest.raises(CommandError, match=complaint):
        call_command("verify_emails", str(path), option)
