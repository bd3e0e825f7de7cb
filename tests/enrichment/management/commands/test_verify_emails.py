"""The command verifies a file line by line over real sockets, without a database."""

import io
import json
import sys
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command

from leadengine.sandbox.aside import serving
from leadengine.sandbox.mail import Host, MailServer
from leadengine.sandbox.names import NameServer

ADDRESS = "127.0.5.21"
ZONE = {
    ("acme.com", "MX"): ("10 mx.acme.com.",),
    ("mx.acme.com", "A"): (ADDRESS,),
    ("nul.com", "MX"): ("0 .",),
}
LINES = ["ada@acme.com", "nobody@acme.com", "ada@nul.com", "ada@gone.com", "no address", "ada@acme.com"]
REASONS = ["mailbox_accepted", "mailbox_not_found", "null_mx", "domain_not_found", "syntax_invalid", "mailbox_accepted"]


@contextmanager
def world():
    """A name server and a mail server, and the options that lead there."""
    names, mail = NameServer(ZONE), MailServer({ADDRESS: Host()})
    with serving(names, mail):
        yield ["--resolver", names.address, "--smtp-port", str(mail.port), "--allow-network", "127.0.0.0/8"], mail


@pytest.fixture
def listed(tmp_path):
    path = tmp_path / "addresses.txt"
    path.write_text("\n".join(LINES) + "\n\n", encoding="utf-8")
    return str(path)


def run(*arguments):
    out = io.StringIO()
    call_command("verify_emails", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_verdicts_come_in_the_order_of_the_lines(listed):
    with world() as (options, mail):
        found = [json.loads(line) for line in run(listed, "--json", *options)]

    assert [each["email"] for each in found] == LINES
    assert [each["reason"] for each in found] == REASONS
    assert all({"status", "flags", "confidence", "evidence"} <= each.keys() for each in found)
    assert len(mail.visits) == 1


def test_unordered_verdicts_are_all_there(listed):
    with world() as (options, _):
        found = [json.loads(line) for line in run(listed, "--json", "--unordered", *options)]

    assert sorted((each["email"], each["reason"]) for each in found) == sorted(zip(LINES, REASONS, strict=True))


def test_without_smtp_no_server_is_asked_and_words_are_printed_without_json(listed):
    with world() as (options, mail):
        lines = run(listed, "--no-smtp", *options)

    assert lines[0] == "ada@acme.com: unknown, probe disabled"
    assert mail.visits == []


def test_what_is_known_elsewhere_lifts_the_score(listed, tmp_path):
    seen = tmp_path / "seen.txt"
    seen.write_text("ada@acme.com\n", encoding="utf-8")
    with world() as (options, _):
        (plain, *_), (lifted, *_) = (
            [json.loads(line) for line in run(listed, "--json", "--no-smtp", *extra, *options)]
            for extra in ([], ["--seen-on-site", str(seen)])
        )

    assert lifted["score"] - plain["score"] == 15
    assert lifted["evidence"]["known"] == ["seen_on_site"]


def test_list_of_traps_is_read(listed, tmp_path):
    traps = tmp_path / "traps.txt"
    traps.write_text("Ada+x@acme.com\n", encoding="utf-8")
    with world() as (options, _):
        found = [json.loads(line) for line in run(listed, "--json", "--traps", str(traps), *options)]

    assert [each["reason"] for each in found[:2]] == ["spamtrap_suspected", "mailbox_not_found"]


def test_address_inside_is_never_called_unless_allowed(listed):
    with world() as (options, mail):
        found = [json.loads(line) for line in run(listed, "--json", *options[:4])]

    assert found[0]["reason"] == "unsafe_address"
    assert mail.visits == []


HOSTILE = (
    b"\xef\xbb\xbfm\xfcller@acme.com\n\n \nada@a\x00.com\nx@one.com\ry@two.com\r\nAda Byron <ada@acme.com>\n\xff\xfe\n"
)
HOSTILE += b"a" * 1_000_000 + b"@acme.com\nM\xc3\xbcller@b\xc3\xbccher.com"
TOLD = [
    ("m\ufffdller@acme.com", "syntax_invalid", "not UTF-8"),
    ("ada@a\0.com", "syntax_invalid", "U+0000"),
    ("x@one.com", "domain_not_found", ""),
    ("y@two.com", "domain_not_found", ""),
    ("Ada Byron <ada@acme.com>", "syntax_invalid", "in it stands ada@acme.com"),
    ("\ufffd\ufffd", "syntax_invalid", "not UTF-8"),
    ("a" * 1_000_000 + "@acme.com", "syntax_invalid", "1,000,009"),
    ("Müller@bücher.com", "domain_not_found", ""),
]


@pytest.mark.parametrize("name", ["FILE", "-"])
def test_lines_that_are_no_text_get_one_verdict_each_and_harm_no_other(name, tmp_path, monkeypatch):
    (tmp_path / "hostile.txt").write_bytes(HOSTILE)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(HOSTILE), encoding="ascii", newline="\n"))
    with world() as (options, _):
        found = [json.loads(each) for each in run(name.replace("FILE", f"{tmp_path}/hostile.txt"), "--json", *options)]

    assert [(each["email"], each["reason"]) for each in found] == [(email, reason) for email, reason, _ in TOLD]
    assert all(said in each["detail"] for each, (_, _, said) in zip(found, TOLD, strict=True))
    assert found[4]["suggestion"] == "ada@acme.com"


def test_empty_file_gives_nothing(tmp_path):
    (tmp_path / "empty.txt").touch()

    assert run(str(tmp_path / "empty.txt"), "--no-smtp") == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["/no/such/file"],
        ["FILE", "--allow-network", "nonsense"],
        ["FILE", "--proxy", "http://proxy.example"],
        ["FILE", "--traps", "/no/such"],
    ],
    ids=["no file", "no network", "no SOCKS proxy", "no list of traps"],
)
def test_wrong_option_is_told_in_a_sentence(listed, arguments):
    with pytest.raises(CommandError):
        run(*[listed if each == "FILE" else each for each in arguments])
