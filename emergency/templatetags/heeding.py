"""What templates show when the risk check found something in what the person wrote; loaded through the settings."""

from django import template
from django.template import loader
from django.template.context import Context
from django.utils.safestring import SafeString

from emergency import heeding, offering
from emergency.risk.levels import Level

register = template.Library()


@register.simple_tag(takes_context=True)
def heeded(context: Context, alone: bool = False) -> SafeString | str:
    """Offer help where it is to be offered; else nothing, and no query. `alone` is for a page that is there already."""
    request = context["request"]
    noticed = heeding.noticed(request)
    if noticed is None or context.get("is_urgent"):  # a page that is all about help already
        return ""
    heeding.note_shown(request)
    card = offering.card(request.user, noticed)
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else request.path
    card |= {"back": "" if alone else back, "focus": noticed.is_new and not alone}
    card["folded"] = not noticed.is_new and not alone and noticed.level < Level.IMMINENT
    return loader.render_to_string("emergency/_heeded.html", card, request)
