"""The table of periods: what is kept only for a time, in every app.

An app adds its own kinds by a module `retention` with a function `periods`; those of accounts stand in
accounts/retention/own.py. The daily run, the page about privacy and the administrators read this one table.
"""

from importlib import import_module

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import module_has_submodule

from accounts.retention.periods import Period


def table() -> list[Period]:
    """Return every period; two kinds with one key are a mistake of ours."""
    others = [
        import_module(f"{app.name}.retention")
        for app in apps.get_app_configs()
        if app.name != "accounts" and module_has_submodule(app.module, "retention")
    ]
    own = import_module("accounts.retention.own")  # it reaches all over accounts, and much of that shows this table
    found = [period for module in (own, *others) for period in module.periods()]
    keys = [period.key for period in found]
    if twice := {key for key in keys if keys.count(key) > 1}:
        raise ImproperlyConfigured(f"More than one period is called {', '.join(sorted(twice))}")
    return found


def context() -> dict[str, list[Period]]:
    """Return what templates/pages/_periods.html shows."""
    return {"periods": table()}
