"""Pages for what went wrong say that nothing was charged, and carry the reference of the log."""

import logging

import pytest
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import path

from leadengine.reference import HEADER, Stamp
from leadengine.urls import handler400, handler500  # noqa: F401 - the handlers under test
from leadengine.urls import urlpatterns as ours
from tests.factories import people


def broken(request):
    logging.getLogger("leadengine.test").warning("about to break")
    raise ZeroDivisionError


def missing(request):
    raise Http404


urlpatterns = [path("broken/", broken), path("missing/", missing), path("fine/", lambda _: HttpResponse("ok")), *ours]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def test_broken_page_says_what_it_means_and_offers_to_try_again(visitor):
    answer = visitor.get("/broken/?page=2")

    text = answer.content.decode()
    assert answer.status_code == 500
    assert "nothing was charged" in text
    assert 'href="/broken/?page=2"' in text
    assert f"<code>{answer[HEADER]}</code>" in text


def test_broken_form_does_not_offer_to_send_it_again(visitor):
    assert "Try again" not in visitor.post("/broken/").content.decode()


def test_missing_page_carries_its_reference(visitor):
    answer = visitor.get("/missing/")

    assert answer.status_code == 404
    assert f"<code>{answer[HEADER]}</code>" in answer.content.decode()


def test_form_without_a_token_leads_back_to_its_page():
    visitor = Client(enforce_csrf_checks=True)

    answer = visitor.post("/sign-in/", headers={"Referer": "http://testserver/sign-in/?next=/leads/"})

    text = answer.content.decode()
    assert answer.status_code == 403
    assert 'href="http://testserver/sign-in/?next=/leads/"' in text
    assert "nothing was charged" in text


def test_form_without_a_token_never_leads_elsewhere():
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", headers={"Referer": "https://evil.example/"})

    assert "evil" not in answer.content.decode()


def test_each_answer_has_a_reference_of_its_own(visitor):
    assert visitor.get("/fine/")[HEADER] != visitor.get("/fine/")[HEADER]


def test_lines_of_the_log_carry_the_reference_of_their_request(visitor, caplog):
    caplog.handler.addFilter(Stamp())

    answer = visitor.get("/broken/")

    stamped = {record.reference for record in caplog.records}
    assert stamped == {answer[HEADER]}
    assert len(caplog.records) >= 2


def test_lines_outside_requests_carry_none():
    record = logging.LogRecord("x", logging.INFO, "", 0, "", (), None)

    assert Stamp().filter(record)
    assert record.reference == "-"


def test_style_guide_is_refused_to_a_rep_on_our_own_page(client):
    client.force_login(people.rep(people.workspace()))

    answer = client.get("/styleguide/")

    assert answer.status_code == 403
    assert "You may not open this page" in answer.content.decode()
