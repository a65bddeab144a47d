"""What templates show of notifications: the bell in the header of every page, and letters that do not arrive."""

from django import template
from django.template import loader
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from notifications.inbox import access, bell
from notifications.mail import failing

register = template.Library()
PLACE = "<!-- bell -->"  # where the bell goes in a header that is kept for everybody


@register.simple_block_tag(takes_context=True)
def with_bell(context: Context, content: str) -> SafeString:
    """Put the bell of whoever looks where the header leaves room for it."""
    if PLACE not in content:
        return content
    request, shown = context["request"], ""
    if access.is_open_to(request):
        shown = loader.render_to_string("components/bell.html", bell.context(request))
    return mark_safe(content.replace(PLACE, shown))  # noqa: S308 -- both are templates' own


@register.simple_tag
def mail_is_failing(user: User) -> bool:
    """Say whether letters to a person's address do not arrive."""
    return failing.is_failing(user)
