"""The way from whatever a person writes to the risk check: apps of every layer say `heed`, `emergency` does it."""

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from django.utils.module_loading import import_string


def heed(request: HttpRequest, *texts: str, about: Model | None = None, for_another: bool = False) -> None:
    """Read what the person of the request has just written; at risk, the page that they see next offers help.

    It is called after the texts are stored, changes nothing of them and tells nobody. `about` is where the texts are
    stored, by its public id; `for_another` says that they were written for somebody else, about that person.
    """
    import_string(settings.HEED)(request, texts, about=about, for_another=for_another)
