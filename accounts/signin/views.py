"""Where a person is signed in; what pages ask by themselves."""

import uuid

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.signin import access, devices, idle, proof, services


@require_safe
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Show where the person is signed in, and the latest sign-ins."""
    context = {"journal": access.journal_of(request.user, request.session)}
    return render(request, "accounts/sign_ins.html", context)


@require_POST
def end_sign_in(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Sign out on one other device."""
    sign_in = access.get_sign_in_for(request.user, public_id, request.session)
    services.sign_out_there(user=request.user, sign_in=sign_in)
    messages.success(request, _("You are signed out there."))
    return redirect("sign_ins")


@require_POST
def end_other_sign_ins(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    ended = services.sign_out_everywhere(
        user=request.user, keep=request.session.get(services.SIGN_IN), keep_device=devices.digest_of(request)
    )
    told = ngettext(
        "You are signed out on %(count)s other device.", "You are signed out on %(count)s other devices.", ended
    )
    messages.success(request, told % {"count": ended})
    return redirect("sign_ins")


@require_POST
def end_all_sign_ins(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere, here too."""
    services.sign_out_everywhere(user=request.user)
    logout(request)
    messages.success(request, _("You are signed out everywhere."))
    return redirect("account_login")


def _age(request: HttpRequest) -> int:
    given = request.POST.get("age", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 7 else 0


@idle.background
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def presence(request: HttpRequest) -> JsonResponse:
    """Say for how many seconds the person stays signed in; POST notes that she did something `age` seconds ago.

    On a shared computer it says that too: pages that ask nobody who it is then keep nothing there.
    """
    if request.method == "POST":
        services.seen(request, _age(request), step=1)
    shared = {"shared": True} if request.session.get(idle.SHARED) else {}
    return JsonResponse({"left": idle.left(request.session, request.user), **shared})


@login_not_required
@never_cache
@require_safe
def new_proof(request: HttpRequest) -> JsonResponse:
    """Give a browser something to count."""
    return JsonResponse(proof.challenge())
