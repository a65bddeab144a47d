"""The table of kinds: what people can be told of, in every app."""

from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from accounts.models import User
from emocare.background import TryLater
from emocare.notices import Audience, Kind

MODULE = "notices"


@lru_cache(maxsize=1)
def table() -> dict[str, Kind]:
    """Return every kind by its key, in the order of the apps."""
    return {kind.key: kind for kind in _all()}


def _all() -> Iterator[Kind]:
    for config in apps.get_app_configs():
        if config.name != "emocare" and module_has_submodule(config.module, MODULE):
            yield from import_module(f"{config.name}.{MODULE}").KINDS


def to_deliver(key: str) -> Kind:
    """Return a kind; TryLater for one that this version does not know: pages that are newer than the worker told it."""
    kind = table().get(key)
    if kind is None:
        raise TryLater("a kind of news that this version does not know")
    return kind


def for_person(user: User) -> list[Kind]:
    """Return the kinds that a person can be told of."""
    of = {
        Audience.EVERYBODY: True,
        Audience.HELPERS: user.is_helper,
        Audience.PSYCHOLOGISTS: user.is_psychologist,
        Audience.CALLED: user.is_psychologist or user.is_staff,
        Audience.ADMINISTRATORS: user.is_staff,
    }
    return [kind for kind in table().values() if of[kind.audience]]
