"""The journal: all entries, writing, searching, drafts, and a person's own words."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from emocare.heeding import heed
from emocare.limits import limited
from tracker import access, services
from tracker import journal as journals
from tracker.choices import WordKind
from tracker.forms import DraftForm, JournalForm, SearchForm
from tracker.prompts import PROMPTS
from tracker.views.entries import answer_script, heed_entry, say, wants_json
from tracker.words import Vocabulary

PAGE_SIZE = 30


@require_http_methods(["GET", "HEAD", "POST"])
@limited("search", "POST")
def journal(request: HttpRequest) -> HttpResponse:
    """Show all entries by page, or those that hold the words looked for, which are sent by POST."""
    vocabulary = Vocabulary(request.user)
    context = {"vocabulary": vocabulary, "search": SearchForm(request.POST if request.method == "POST" else None)}
    if request.method == "POST" and context["search"].is_valid():
        text = context["search"].cleaned_data["words"]
        context["found"], context["more"] = journals.search(request.user, text, vocabulary)
    elif request.method != "POST":
        entries = Paginator(access.entries_to_show(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
        context |= {"entries": entries, "draft": access.draft_of(request.user)}
    return render(request, "tracker/journal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Write in the journal, from the draft where there is one; keep it as a draft when asked to."""
    words = Vocabulary(request.user)
    if request.method != "POST":
        draft = access.draft_of(request.user)
        return render(
            request, "tracker/write.html", _page(JournalForm.begin(words, draft, request.GET.get("prompt", "")))
        )
    if "prompt_to" in request.POST:  # another question, without a script
        return render(
            request, "tracker/write.html", _page(JournalForm.turn(words, request.POST, request.POST["prompt_to"]))
        )
    if "draft" in request.POST:
        return _keep_draft(request, words)
    form = JournalForm(request.POST, words=words)
    if form.is_valid():
        key = form.cleaned_data["form_key"]
        entry, created = services.record_mood(owner=request.user, form_key=key, **form.content())
        heed_entry(request, form, entry)
        if wants_json(request):
            return answer_script(request, form, entry, created)
        say(request, entry, created)
        return redirect("journal")
    return answer_script(request, form) if wants_json(request) else render(request, "tracker/write.html", _page(form))


def _page(form: JournalForm) -> dict[str, object]:
    return {"form": form, "prompts": PROMPTS, "prompt": PROMPTS.get(form["prompt"].value())}


def _keep_draft(request: HttpRequest, words: Vocabulary) -> HttpResponse:
    form = DraftForm(request.POST)
    if not form.is_valid():
        shown = JournalForm(request.POST, words=words)
        return (
            answer_script(request, form) if wants_json(request) else render(request, "tracker/write.html", _page(shown))
        )
    draft = services.save_draft(owner=request.user, **form.content())
    if wants_json(request):  # kept while somebody writes: half a sentence says something else than the whole
        return JsonResponse({"said": _("The draft is saved.")})
    if draft:
        heed(request, draft.text, about=draft)
    messages.success(request, _("The draft is saved. You can go on whenever you want."))
    return redirect("journal")


@require_POST
def delete_draft(request: HttpRequest) -> HttpResponse:
    """Throw the draft away."""
    services.delete_draft(owner=request.user)
    messages.success(request, _("The draft is deleted."))
    return redirect("journal")


@require_safe
def own_words(request: HttpRequest) -> HttpResponse:
    """Show the person's own words for feelings and causes."""
    own = Vocabulary(request.user).own
    groups = [(kind.label, [word for word in own if word.kind == kind]) for kind in WordKind]
    return render(request, "tracker/words.html", {"groups": groups, "any": own})


@require_http_methods(["GET", "HEAD", "POST"])
def delete_own_word(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask once, then remove an own word from the list and from the entries."""
    word = access.get_own_word_for(request.user, public_id)
    if request.method == "POST":
        services.delete_own_word(word=word)
        messages.success(request, _("The word is removed."))
        return redirect("own_words")
    return render(request, "tracker/delete_word.html", {"word": word})
