"""What was done is told, with a way back, whether or not there is script."""

import json

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse

from leadengine.toasts import Undo, flash, toast

UNDO = Undo("/leads/7/stage/", {"stage": "new", "reason": "<b>"})


@pytest.fixture
def request_with_messages(rf):
    request = rf.get("/")
    request._messages = CookieStorage(request)
    return request


def test_toast_travels_in_the_header():
    response = toast(HttpResponse(), "Stage: Working", undo=UNDO)

    told = json.loads(response.headers["HX-Trigger"])["toast"]
    assert told["text"] == "Stage: Working"
    assert told["undo"] == {"url": "/leads/7/stage/", "values": {"stage": "new", "reason": "<b>"}}


def test_toast_without_a_way_back_names_none():
    response = toast(HttpResponse(), "Saved")

    assert json.loads(response.headers["HX-Trigger"]) == {"toast": {"text": "Saved", "tone": ""}}


def test_flash_with_undo_is_a_form_with_escaped_fields(request_with_messages):
    flash(request_with_messages, "Moved <i>", undo=UNDO)

    (message,) = get_messages(request_with_messages)
    assert "Moved &lt;i&gt;" in str(message)
    assert 'action="/leads/7/stage/"' in str(message)
    assert 'name="reason" value="&lt;b&gt;"' in str(message)
    assert "csrfmiddlewaretoken" in str(message)
    assert 'data-key="u"' in str(message)


def test_flash_without_undo_is_its_text(request_with_messages):
    flash(request_with_messages, "Saved")

    (message,) = get_messages(request_with_messages)
    assert str(message) == "Saved"
