from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from notifications.mail import failing


@require_POST
def write_again(request: HttpRequest) -> HttpResponse:
    """Trust the person's address again, as they ask."""
    failing.trust_again(request.user)
    messages.success(request, _("News go to your e-mail again."))
    return redirect("notification_preferences")
