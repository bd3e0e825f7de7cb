"""Both resolvers give the same answers over a real socket; answers are remembered for as long as they may be."""

import asyncio

import pytest

from enrichment.dnspython_resolving import DnspythonResolver
from enrichment.resolving import AioResolver, Answer, Rcode, Remembering, TableResolver
from leadengine.sandbox.names import NameServer

ZONE = {
    ("acme.example", "MX"): ("20 Backup.Acme.example.", "10 mx.acme.example."),
    ("acme.example", "TXT"): ('"v=spf1 include:_spf.acme.example" " -all"',),
    ("acme.example", "NS"): ("ns1.acme.example.",),
    ("mx.acme.example", "A"): ("192.0.2.1", "192.0.2.2"),
    ("mx.acme.example", "AAAA"): ("2001:db8::1",),
    ("www.acme.example", "CNAME"): ("acme.hosting.example.",),
    ("null.example", "MX"): ("0 .",),
}
CASES = [
    pytest.param("acme.example", "MX", {"10 mx.acme.example", "20 backup.acme.example"}, Rcode.NOERROR, id="mx"),
    pytest.param("acme.example", "TXT", {"v=spf1 include:_spf.acme.example -all"}, Rcode.NOERROR, id="txt in parts"),
    pytest.param("acme.example", "NS", {"ns1.acme.example"}, Rcode.NOERROR, id="ns"),
    pytest.param("mx.acme.example", "A", {"192.0.2.1", "192.0.2.2"}, Rcode.NOERROR, id="a"),
    pytest.param("mx.acme.example", "AAAA", {"2001:db8::1"}, Rcode.NOERROR, id="aaaa"),
    pytest.param("www.acme.example", "CNAME", {"acme.hosting.example"}, Rcode.NOERROR, id="cname"),
    pytest.param("null.example", "MX", {"0 "}, Rcode.NOERROR, id="null mx"),
    pytest.param("acme.example", "A", set(), Rcode.NODATA, id="no such record"),
    pytest.param("nobody.example", "MX", set(), Rcode.NXDOMAIN, id="no such name"),
    pytest.param("broken.example", "MX", set(), Rcode.SERVFAIL, id="failing"),
    pytest.param("mute.example", "MX", set(), Rcode.TIMEOUT, id="silent"),
]


@pytest.mark.parametrize("kind", [AioResolver, DnspythonResolver])
@pytest.mark.parametrize(("name", "rtype", "records", "rcode"), CASES)
def test_answer(kind, name, rtype, records, rcode):
    async def ask():
        async with NameServer(ZONE, failing=["broken.example"], silent=["mute.example"]) as server:
            resolver = kind([server.address], patience=0.3 if rcode == Rcode.TIMEOUT else 5)
            try:
                return await resolver.query(name, rtype)
            finally:
                await resolver.close()

    answer = asyncio.run(ask())

    assert (set(answer.records), answer.rcode) == (records, rcode)


def test_exchanges_come_by_preference_and_name_the_null_mx():
    answer = Answer(("20 b.example", "10 a.example", "0 "))

    assert answer.exchanges == ((0, ""), (10, "a.example"), (20, "b.example"))


def test_many_who_ask_at_once_are_one_question():
    inner = TableResolver({("acme.example", "MX"): ("10 mx.acme.example",)})

    async def ask():
        remembering = Remembering(inner)
        return await asyncio.gather(*(remembering.query("Acme.example", "MX") for _ in range(20)))

    answers = asyncio.run(ask())

    assert (len(answers), inner.asked) == (20, [("acme.example", "MX")])


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        (Answer(("192.0.2.1",), ttl=60), 60),
        (Answer(("192.0.2.1",), ttl=86_400), 3600),
        (Answer(rcode=Rcode.NXDOMAIN), 900),
        (Answer(rcode=Rcode.SERVFAIL), 30),
    ],
    ids=["its time to live", "an hour at most", "no such name", "failure"],
)
def test_answer_is_asked_again_when_its_time_is_over(answer, kept):
    inner, now = TableResolver({("acme.example", "A"): answer}), [0.0]

    async def ask():
        remembering = Remembering(inner, clock=lambda: now[0])
        for moment in (0.0, kept - 1.0, kept + 1.0):
            now[0] = moment
            await remembering.query("acme.example", "A")

    asyncio.run(ask())

    assert len(inner.asked) == 2


def test_hundreds_of_questions_at_once_overflow_no_socket():
    names = [f"d{number}.example" for number in range(700)]

    async def ask():
        async with NameServer({(name, "MX"): ("10 mx.acme.example.",) for name in names}) as server:
            resolver = AioResolver([server.address])
            answers = await asyncio.gather(*(resolver.query(name, "MX") for name in names))
            await resolver.close()
            return answers

    answers = asyncio.run(ask())

    assert {answer.rcode for answer in answers} == {Rcode.NOERROR}


def test_answer_that_is_none_fails_its_own_question_only():
    names = [f"d{number}.example" for number in range(20)]
    zone = {(name, "MX"): ("10 mx.acme.example.",) for name in names}

    async def ask():
        async with NameServer(zone, garbled=["d7.example"]) as server:
            resolver = AioResolver([server.address])
            answers = await asyncio.gather(*(resolver.query(name, "MX") for name in names))
            await resolver.close()
            return answers

    answers = asyncio.run(ask())

    assert [name for name, answer in zip(names, answers, strict=True) if answer.rcode is not Rcode.NOERROR] == [
        names[7]
    ]
    assert answers[7].rcode is Rcode.SERVFAIL
