"""The answer to words that a script of our pages sent in the place of a form: docs/decisions/0042-urgent-thread.md"""

from django.forms import Form
from django.http import HttpRequest, JsonResponse
from django.urls import reverse

from emergency import heeding


def by_script(request: HttpRequest) -> bool:
    """Say whether a script waits for the answer, and not a person for a page."""
    return request.method == "POST" and request.headers.get("Accept") == "application/json"


def accepted(request: HttpRequest) -> JsonResponse:
    """Say that the words are stored, and where help is that they call for."""
    return JsonResponse({"sent": True} | ({"help": reverse("heeded")} if heeding.noticed(request) else {}))


def refused(form: Form) -> JsonResponse:
    """Say in words why they are not."""
    return JsonResponse({"wrong": [str(error) for errors in form.errors.values() for error in errors]}, status=400)
