"""Failed sign-ins in the administrators' site: who is closed out, and opening again."""

from axes.admin import AccessAttemptAdmin as AxesAccessAttemptAdmin
from axes.models import AccessAttempt
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.journal.choices import Looked
from accounts.journal.watched import Watched
from accounts.models import LockOut, User
from accounts.signin import services


@admin.register(AccessAttempt)
class AccessAttemptAdmin(Watched, AxesAccessAttemptAdmin):
    looked_at = Looked.SIGN_INS
    list_display = ["attempt_time", "username", "ip_address", "user_agent", "failures_since_start", "closed_until"]
    list_filter = ["attempt_time"]
    list_select_related = False
    fieldsets = [(None, {"fields": ["username", "ip_address", "user_agent", "path_info", "failures_since_start"]})]
    actions = ["open_again"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AccessAttempt]:
        return super().get_queryset(request).annotate(closed_until=LockOut.latest_of("username"))

    def people_in(self, obj: AccessAttempt) -> QuerySet[User]:
        """Return whoever has an account of the name that was typed."""
        return User.objects.filter(Q(email=obj.username) | Q(username=obj.username))

    @admin.display(description=_("closed until"), ordering="closed_until")
    def closed_until(self, attempt: AccessAttempt) -> object:
        return attempt.closed_until

    @admin.action(description=_("Open signing in again for these accounts"), permissions=["delete"])
    def open_again(self, request: HttpRequest, queryset: QuerySet[AccessAttempt]) -> None:
        accounts = set(queryset.exclude(username=None).values_list("username", flat=True))
        count = services.unlock(accounts=accounts, administrator=request.user)
        told = ngettext(
            "Signing in is open again for %(n)s account.", "Signing in is open again for %(n)s accounts.", count
        )
        self.message_user(request, told % {"n": count}, messages.SUCCESS)
