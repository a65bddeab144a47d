"""Finding a test: the list, what a test is, and beginning it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tests_app import access, services
from tests_app.choices import Layout
from tests_app.sharing.access import open_invitations
from tests_app.taking import access as taking
from tests_app.taking.forms import LayoutForm
from tests_app.taking.groups import grouped


@login_not_required
@require_safe
def tests(request: HttpRequest) -> HttpResponse:
    """List the tests; of whoever is signed in also what waits for them and when they took which."""
    visitor = taking.visitor(request)
    offers, waiting = taking.offers_to(visitor)
    context = {
        "visitor": visitor,
        "groups": grouped([offer for offer in offers if offer.is_open]),
        "too_early": [offer for offer in offers if not offer.is_open],
        "waiting": waiting,
        "invitations": open_invitations(visitor) if visitor else [],
    }
    return render(request, "tests_app/tests.html", context)


@login_not_required
@require_safe
def about(request: HttpRequest, key: str) -> HttpResponse:
    """Say what a test is before it is begun: what it asks, how long it takes, who will see the result."""
    visitor, version = taking.visitor(request), access.get_published(key)
    form = LayoutForm(initial={"layout": taking.layout_of(visitor)})
    context = {"visitor": visitor, "offer": taking.offer_to(visitor, version), "form": form}
    return render(request, "tests_app/test.html", context)


@require_POST
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """Begin a test, or go on with the one that waits, in the way that the person chose."""
    version = access.get_published(key)
    taking.require_old_enough(request.user, version)
    form = LayoutForm(request.POST)
    if not form.is_valid():
        context = {"visitor": request.user, "offer": taking.offer_to(request.user, version), "form": form}
        return render(request, "tests_app/test.html", context)
    if chosen := form.cleaned_data["layout"]:
        services.remember_layout(owner=request.user, layout=Layout(chosen))
    run = services.begin(owner=request.user, version=version)
    return redirect("take_test", public_id=run.public_id)


def say_over(request: HttpRequest) -> HttpResponse:
    """Lead to the list from a test that was thrown away in another window."""
    messages.info(request, _("This test was thrown away in another window or on another device."))
    return redirect("tests")
