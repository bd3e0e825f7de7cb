"""Answers that Django has no name for."""

from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """After a form was sent: go on there with GET (303)."""

    status_code = 303
