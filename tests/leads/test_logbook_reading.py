"""Files of activities: each line as an entry, or refused with its number and reason."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from leads.csv_reading import BadFile
from leads.logbook_reading import Line, Refused, read

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def of(*lines: str) -> list[Line | Refused]:
    return list(read([f"{line}\n" for line in lines], now=NOW))


def test_csv_is_read_by_its_head() -> None:
    [line] = of("kind,lead,at,text,external_id", 'call,mira@a.example,2026-05-03T14:30+02:00,"Hello, world",crm-1')

    assert (line.number, line.lead, line.entry.text, line.entry.external_id) == (
        2,
        "mira@a.example",
        "Hello, world",
        "crm-1",
    )
    assert line.entry.at == datetime(2026, 5, 3, 14, 30, tzinfo=timezone(timedelta(hours=2)))


def test_json_lines_are_read() -> None:
    [first, second] = of(
        '{"lead": "a@b.example", "kind": "call", "outcome": "voicemail", "at": "2026-05-03", "external_id": 7}',
        "",
        '{"lead": "a@b.example", "kind": "meeting", "text": null}',
    )

    assert (first.entry.outcome, first.entry.at, first.entry.external_id) == (
        "voicemail",
        datetime(2026, 5, 3, tzinfo=UTC),
        "7",
    )
    assert (second.number, second.entry.at) == (3, NOW)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"kind": "call"}', "lead: it is missing"),
        ('{"lead": "a@b.example"}', "kind: it is missing"),
        ('{"lead": "a@b.example", "kind": "dance"}', "“dance” is none of"),
        ('{"lead": "a@b.example", "kind": "call", "colour": "red"}', "no field “colour”"),
        ('{"lead": "a@b.example", "kind": "call", "at": "yesterday"}', "“yesterday” is no time"),
        ('{"lead": "a@b.example", "kind": "call", "at": "2030-01-01"}', "lies in the future"),
        ('{"lead": "a@b.example", "kind": "call", "text": ["a"]}', "text: it is no text"),
        ('{"lead": "a@b.example", "kind": "note", "text": "a\\u0000b"}', "characters that no text has"),
        ('{"lead": "a@b.example", "kind": "note", "text": "a\\ud800b"}', "characters that no text has"),
        ("{not json", "not JSON"),
        ("[1]", "no JSON object"),
    ],
    ids=lambda value: value if "{" not in value else "",
)
def test_bad_line_is_refused_and_the_rest_is_read(line, reason) -> None:
    good = '{"lead": "a@b.example", "kind": "meeting"}'

    first, refused, last = of(good, line, good)

    assert [isinstance(each, Line) for each in (first, last)] == [True, True]
    assert refused.number == 2
    assert reason in refused.reason


def test_row_with_too_many_cells_is_refused() -> None:
    [refused] = of("lead,kind", "a@b.example,call,what")

    assert refused == Refused(2, "It has 3 cells, but there are 2 columns.")


@pytest.mark.parametrize(
    ("head", "sentence"),
    [("lead,kind,colour", "no column “colour”"), ("lead,at", "kind is missing"), ("", "lead is missing")],
)
def test_csv_whose_head_is_not_understood_is_refused_whole(head, sentence) -> None:
    with pytest.raises(BadFile, match=sentence):
        of(head, "a,b,c")


def test_record_over_two_lines_has_the_number_of_its_first() -> None:
    first, second = of("lead,kind,text", 'a@b.example,note,"Two', 'lines"', "a@b.example,note,One")

    assert (first.number, first.entry.text, second.number) == (2, "Two\nlines", 4)


def test_quotation_mark_spoils_its_own_line_only() -> None:
    good, bad = "a@b.example,meeting,", 'a@b.example,note,"Two" words'

    found = of("lead,kind,text", good, bad, good, 'a@b.example,note,"Never', good, 'a@b.example,note,"Closed"')

    assert [each.number for each in found if isinstance(each, Line)] == [2, 4, 6, 7]
    assert [(each.number, each.reason[:28]) for each in found if isinstance(each, Refused)] == [
        (3, "Line 3 cannot be read as CSV"),
        (5, "A quotation mark that opens "),
    ]


def test_column_that_is_there_twice_is_refused() -> None:
    with pytest.raises(BadFile, match="two columns “kind”"):
        list(read(["lead,kind,kind\n", "a,call,visit\n"], now=NOW))


def test_true_is_no_text() -> None:
    [refused] = read(['{"lead": "a", "kind": "note", "text": true}'], now=NOW)

    assert refused == Refused(1, "text: it is no text.")


def numbers(*lines: str) -> list[str]:
    return [each.entry.external_id for each in read(["lead,kind,at,external_id", *lines], now=NOW)]


def test_line_with_a_time_and_no_number_has_the_same_number_whenever_the_file_is_sent() -> None:
    called, met = "mira@a.example,call,2026-05-03T10:00:00Z,", "mira@a.example,meeting,2026-05-04,"

    first = numbers(called, met, called)

    assert len(set(first)) == 3
    assert numbers("MIRA@a.example,call,2026-05-03T12:00:00+02:00,", called, met) == [first[0], first[2], first[1]]


def test_line_has_its_own_number_and_one_without_a_time_has_none() -> None:
    assert numbers("mira@a.example,call,2026-05-03,crm-1", "mira@a.example,call,,") == ["crm-1", ""]
