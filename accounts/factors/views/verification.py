"""The second step of signing in: a code, in the way that the person chooses."""

from allauth.account.internal.flows.reauthentication import resume_request  # no public way to go on
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.factors import access, services, sessions
from accounts.factors.forms import CodeForm
from accounts.factors.kinds import Kind
from accounts.factors.views.factors import say_sent
from emocare.limits import limited


def next_page(request: HttpRequest) -> str:
    """Return where the person wanted to go, when it is a page of this site."""
    page = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if safe else ""


def usual_page(request: HttpRequest) -> str:
    return resolve_url("admin:index" if request.user.is_staff else "dashboard")


def _way(request: HttpRequest, ways: list[Kind]) -> Kind:
    asked = request.POST.get("way") or request.GET.get("way")
    return next((kind for kind in ways if kind.value == asked), ways[0])


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    """Check a code; devices slow down after wrong ones by themselves."""
    ways = access.ways(request.user)
    if not ways:
        return redirect("factors")
    way, target = _way(request, ways), next_page(request)
    form = None
    if way != Kind.PASSKEY:
        form = CodeForm(request.POST or None, user=request.user, kind=way)
        if request.method == "POST" and form.is_valid():
            sessions.mark_verified(request, form.device)
            return resume_request(request) or HttpResponseRedirect(target or usual_page(request))
    others = [(kind, "?" + urlencode({"way": kind.value, "next": target})) for kind in ways if kind != way]
    context = {"form": form, "way": way.value, "others": others, "next": target}
    return render(request, "accounts/factors/second_factor.html", context)


@require_POST
@limited("code_letter")
def send_code(request: HttpRequest) -> HttpResponse:
    """Send a code to the address of the account."""
    found = access.factors_of(request.user, Kind.EMAIL)
    if not found or not access.confirmed_address(request.user):
        return redirect("second_factor")
    say_sent(request, services.send_code(user=request.user, device=found[0].device))
    query = urlencode({"way": Kind.EMAIL.value, "next": next_page(request)})
    return redirect(f"{resolve_url('second_factor')}?{query}")
