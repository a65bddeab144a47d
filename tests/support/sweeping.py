"""Asking every address of the site, and undoing what it did."""

import copy

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.matrix import MATRIX
from tests.support.crawl import all_patterns
from tests.test_permission_matrix import ADMIN_MODELS, ADMIN_PAGES

ADMIN_NAMES = [f"admin:{model}_{page}" for model in ADMIN_MODELS for page in ADMIN_PAGES]
NAMES = [*MATRIX, *ADMIN_NAMES]


def parameters(name: str) -> set[str]:
    """Return what an address of this name is made of."""
    pattern = dict(all_patterns())[name].pattern
    return {*pattern.converters, *getattr(getattr(pattern, "regex", None), "groupindex", {})}


def undone(browser: Client, method: str, place: str, *given: object, **more: object) -> HttpResponse:
    """Ask, read the whole answer, and undo what it did, in the browser too: signing out is an address like others."""
    cookies = copy.deepcopy(browser.cookies)
    with transaction.atomic():
        response = getattr(browser, method)(place, *given, **more)
        if response.streaming:
            response.body = b"".join(response.streaming_content)
        else:
            response.body = response.content
        transaction.set_rollback(True)
    browser.cookies = cookies
    return response
