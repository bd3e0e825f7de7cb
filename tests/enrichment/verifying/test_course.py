"""A server of which nothing can be believed is left alone after a few sessions, whomever it was asked for first."""

import pytest

from enrichment.verdict import Reason
from enrichment.verifying.asking import Round
from enrichment.verifying.course import Course
from tests.enrichment.verifying.test_in_step import behind
from tests.enrichment.verifying.test_pipelining import MANY, with_server

BARREN = Round(ended=Reason.DISCONNECTED)
DOUBTED = Round(ended=Reason.DISCONNECTED, is_doubted=True)
GOOD = Round(answers=1)


@pytest.mark.parametrize(
    ("rounds", "is_hopeless"),
    [
        ([BARREN] * 3, True),
        ([BARREN, BARREN, GOOD, BARREN], False),
        ([DOUBTED] * 7, False),
        ([DOUBTED] * 8, True),
        ([DOUBTED, GOOD] * 8, False),
    ],
    ids=["three in vain", "one of use between", "seven doubted", "eight", "every other"],
)
def test_line_is_given_up_when_nothing_is_believed_for_long(rounds, is_hopeless):
    course = Course()

    for made in rounds:
        course.note(made)

    assert course.is_hopeless is is_hopeless


def test_server_that_answers_something_else_is_called_no_more_than_a_few_times():
    calls = []

    async def counted(reader, say):
        calls.append(reader)
        await behind("220 mx", "250 mx", is_owing=True)(reader, say)

    assert with_server(counted, MANY) == ["disconnected"] * len(MANY)
    assert len(calls) <= 12
