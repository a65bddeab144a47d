"""Pages of the administrators' site that write down who looked: every list and every page of one row."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from accounts import events
from accounts.journal.choices import Looked, Why
from accounts.models import User


class Watched:
    """Mixin for a ModelAdmin: a page that was shown is written down, one that was refused is not.

    A list is one entry about nobody; what a page of one row shows is a look at each of `people_in`.
    """

    looked_at: Looked = Looked.ACCOUNT
    why: Why = Why.ADMINISTRATION

    def people_in(self, obj: Model) -> Iterable[User]:
        """Return whose data the row holds."""
        return [obj.user]

    def looks_at(self, obj: Model) -> Iterable[tuple[User, Looked]]:
        """Return whose data a page of the row shows, and which."""
        return [(person, self.looked_at) for person in self.people_in(obj)]

    def note_look(self, request: HttpRequest, obj: Model) -> None:
        """Write down that the row was shown; pages of one's own call it too."""
        events.looked_at_all(actor=request.user, looks=self.looks_at(obj), why=self.why)

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, obj: Any = None, **kwargs: Any):
        if obj is not None:
            self.note_look(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def render_delete_form(self, request: HttpRequest, context: dict) -> HttpResponse:
        self.note_look(request, context["object"])
        return super().render_delete_form(request, context)

    def history_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().history_view(request, object_id, *args, **kwargs)
        if response.status_code == 200 and (obj := self.get_object(request, object_id)):
            self.note_look(request, obj)
        return response

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().changelist_view(request, *args, **kwargs)
        if response.status_code == 200:
            events.looked(actor=request.user, whose=None, what=Looked.LIST, why=self.why)
        return response
