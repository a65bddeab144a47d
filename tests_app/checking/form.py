"""The form of a content: what tests_app/instruments/schema.json says, and its refusals in words for a person."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from jsonschema import Draft202012Validator, TypeChecker, ValidationError
from jsonschema.validators import extend

from tests_app.checking.places import Problem, place

SCHEMA = Path(__file__).parent.parent / "instruments" / "schema.json"


def _is_whole(_checker: TypeChecker, value: Any) -> bool:
    return type(value) is int  # 1.0 is a whole number for JSON Schema, and true is one for Python


def _unlike(_validator: Any, wanted: bool, value: Any, _schema: Any) -> Iterator[ValidationError]:
    """Say that something stands twice; jsonschema itself takes hours for a long list of numbers and texts."""
    if wanted and isinstance(value, list) and len({json.dumps(one, sort_keys=True) for one in value}) < len(value):
        yield ValidationError("twice")


Validator = extend(
    Draft202012Validator,
    {"uniqueItems": _unlike},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_whole),
)


@cache
def validator() -> Draft202012Validator:
    """Return what checks against the schema."""
    return Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def problems(content: Any) -> Iterator[Problem]:
    """Say where a content has another form than the schema wants; lazily, for there may be very many places."""
    for error in validator().iter_errors(content):
        steps = list(error.absolute_path)
        if error.validator == "required":
            missing = (name for name in error.validator_value if name not in error.instance)
            yield from (Problem(place([*steps, name]), _("This is missing.")) for name in missing)
        elif error.validator == "additionalProperties":
            extra = (name for name in error.instance if name not in error.schema.get("properties", {}))
            yield from (Problem(place([*steps, name]), _("This does not belong here.")) for name in extra)
        else:
            yield Problem(place(steps), _words(error))


def _words(error: ValidationError) -> str:
    limit = error.validator_value
    if error.validator == "type":
        return {
            "object": _("Here belongs an object: names with values."),
            "array": _("Here belongs a list."),
            "string": _("Here belongs a text."),
            "integer": _("Here belongs a whole number."),
            "boolean": _("Here belongs true or false."),
        }[limit]
    if error.validator in {"enum", "const"}:
        known = ", ".join(map(str, limit)) if isinstance(limit, list) else str(limit)
        return _("Only this is known here: %(known)s.") % {"known": known}
    if error.validator in {"minimum", "maximum"}:
        return _("The number has to be from %(minimum)d to %(maximum)d.") % error.schema
    if error.validator in {"maxItems", "maxProperties"}:
        return ngettext("At most %(count)d belongs here.", "At most %(count)d belong here.", limit) % {"count": limit}
    if error.validator == "minItems":
        return ngettext("At least %(count)d belongs here.", "At least %(count)d belong here.", limit) % {"count": limit}
    if error.validator == "maxLength":
        return ngettext("At most %(count)d character.", "At most %(count)d characters.", limit) % {"count": limit}
    if error.validator == "minLength" or limit == r"\S":
        return _("The text is empty.")
    if error.validator == "pattern":
        value = Truncator(error.instance).chars(40)
        return _("“%(value)s” is not written as it should be: docs/instruments.md says how.") % {"value": value}
    if error.validator == "uniqueItems":
        return _("Something stands here twice.")
    if error.validator == "not" and limit:
        return _("This word is taken by an address of Emocare.")
    return _("This does not belong here.")
