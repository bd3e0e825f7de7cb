"""Where LinkedIn sends its events: no session, no form; only what is signed with the workspace's secret is heard."""

from __future__ import annotations

import re
from uuid import UUID

from django.http import HttpResponse, HttpResponseForbidden, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from leadengine.request import Request
from leadengine.workflows import linkedin_hook as hook
from leads.providers.linkedin_signing import MOST_BYTES, challenge_response, event_of, is_signed

CODE = re.compile(r"[\w-]{1,100}", re.ASCII)  # never the text of an event, or whoever asks could have one signed


@csrf_exempt
@require_http_methods(["GET", "POST"])
def linkedin_hook(request: Request, pk: UUID) -> HttpResponse:
    """A challenge is answered, an event is taken; whatever is not right is refused without a word."""
    known = hook.secret_of(pk)
    if known is None:
        return HttpResponseForbidden()
    found, secret = known
    if request.method == "GET":
        return _challenge(request, found, secret)
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return HttpResponse(status=413)
    if not is_signed(secret, request.body, request.headers.get("X-LI-Signature", "")):
        return HttpResponseForbidden()
    if event := event_of(request.body):
        hook.take(found, event, now=timezone.now())
    return HttpResponse(status=204)


def _challenge(request: Request, found: hook.LinkedInConnection, secret: str) -> HttpResponse:
    code = request.GET.get("challengeCode", "")
    if not CODE.fullmatch(code):
        return HttpResponseForbidden()
    hook.note_challenge(found, now=timezone.now())
    return JsonResponse({"challengeCode": code, "challengeResponse": challenge_response(secret, code)})
