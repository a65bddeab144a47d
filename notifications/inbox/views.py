"""The inbox: a person's own news."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from notifications.inbox import access, sentences, services
from notifications.inbox.forms import OneForm, UntilForm

PAGE_SIZE = 20


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show a person's news, newest first, grouped by day."""
    page = Paginator(access.news_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "days": sentences.by_day(page),
        "unread": access.unread_of(request.user),
        "any_read": any(row.read_at for row in page),
        "now": timezone.now().isoformat(),
    }
    return render(request, "notifications/inbox.html", context)


@require_safe
def open_notification(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Lead to what a piece of news is about, which is then read."""
    news = access.get_news_for(request.user, public_id)
    services.mark_read(user=request.user, news=news)
    place = sentences.place(news)
    return redirect(place) if place else render(request, "notifications/gone.html", {"made_at": news.made_at})


@require_POST
def mark_all_read(request: HttpRequest) -> HttpResponse:
    """Mark all news as read that were there when the page was made."""
    form = UntilForm(request.POST)
    read = services.mark_all_read(
        user=request.user, until=form.cleaned_data["until"] if form.is_valid() else timezone.now()
    )
    if read:
        messages.success(request, _("All notifications are marked as read."))
    return redirect("notifications")


@require_POST
def delete_notification(request: HttpRequest) -> HttpResponse:
    """Delete one piece of news; twice is the same."""
    form = OneForm(request.POST)
    if form.is_valid():
        services.delete(user=request.user, public_id=form.cleaned_data["public_id"])
        messages.success(request, _("The notification is deleted."))
        if number := form.cleaned_data["page"]:
            return redirect(f"{reverse('notifications')}?page={number}")
    return redirect("notifications")


@require_POST
def delete_read(request: HttpRequest) -> HttpResponse:
    """Delete the news that the person has read."""
    if deleted := services.delete_read(user=request.user):
        said = ngettext("%(count)s notification is deleted.", "%(count)s notifications are deleted.", deleted)
        messages.success(request, said % {"count": deleted})
    return redirect("notifications")
