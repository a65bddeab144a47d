"""Each field in which somebody can write, and each column that keeps words: read by the risk check, or why not.

A new one fails the test until it stands here.
"""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from django import forms
from django.apps import apps

from emocare.fields import EncryptedTextField
from emocare.forms import FormKeyField, PlainTextField
from tests.emergency.heeding import test_heeding_places as written

NAME = "a name, an address or a number"
OF_OFFICE = "words of office about somebody else's matter"
CODE = "a code"
IN_CHAT = "read, and the helper sees the level: tests/chat/heeding, tests/chat/attachments"
RAISES = "read, and the request itself becomes more urgent: tests/emergency/requests"
# Read: the function of test_heeding_places that writes there.
READ = {
    "tracker.forms.MoodForm.note": "mood",
    "tracker.forms.MoodForm.own_feelings": "own_word",
    "tracker.forms.MoodForm.own_causes": "own_word",
    "tracker.forms.JournalForm.note": "journal",
    "tracker.forms.JournalForm.own_feelings": "own_word",
    "tracker.forms.JournalForm.own_causes": "own_word",
    "tracker.forms.DraftForm.note": "draft",
    "tracker.forms_support.SupportMoodForm.note": "supporter",
    "tests_app.safety.forms.StepForm.words": "plan",
    "emergency.forms.MessageForm.words": "follow_up",
    "accounts.roles.forms.ApplicationForm.about": "application",
    "accounts.roles.forms.ApplicationForm.motive": "application",
    "accounts.helping.forms.HelperProfileForm.about": "profile",
    "accounts.helping.forms.HelperProfileForm.limits": "profile",
    "accounts.helping.forms.EndForm.note": "parting",
    "emergency.judgements.forms.JudgementForm.sentence": "judgement",
    "emergency.judgements.forms.JudgementForm.meant": "judgement",
    "emergency.Judgement.text": "judgement",
    "emergency.Judgement.meant": "judgement",
    "tracker.MoodEntry.note": "edit file",
    "tracker.OwnWord.word": "own_word",
    "tracker.Draft.text": "draft",
    "tests_app.SafetyPlan.warning_signs": "plan",
    "tests_app.SafetyPlan.own_ways": "plan",
    "tests_app.SafetyPlan.distractions": "plan",
    "tests_app.SafetyPlan.people": "plan",
    "tests_app.SafetyPlan.professionals": "plan",
    "tests_app.SafetyPlan.safer_place": "plan",
    "tests_app.SafetyPlan.reasons": "plan",
    "emergency.Message.text": "follow_up",
    "accounts.Application.about": "application",
    "accounts.Application.motive": "application",
    "accounts.HelperProfile.about": "profile",
    "accounts.HelperProfile.limits": "profile",
    "accounts.Assignment.note": "parting",
}
NOT_READ = {
    "emergency.requests.forms.AskForm.words": RAISES,
    "emergency.requests.forms.AddForm.words": RAISES,
    "emergency.HelpRequest.words": RAISES,
    "emergency.requests.forms.AskForm.place": NAME,
    "emergency.requests.forms.AddForm.place": NAME,
    "emergency.requests.forms.PlaceMixin.place": NAME,
    "emergency.requests.forms.ComeBackForm.code": CODE,
    "emergency.HelpRequest.place": NAME,
    "tracker.forms.SearchForm.words": "looked for in one's own journal, and kept nowhere",
    "tracker.forms_support.SupportMoodForm.own_feelings": "taken out of this form",
    "tracker.forms_support.SupportMoodForm.own_causes": "taken out of this form",
    "emergency.forms.CloseForm.note": OF_OFFICE,
    "accounts.roles.forms.DecisionForm.reason": OF_OFFICE,
    "accounts.helping.admin.AssignForm.reason": OF_OFFICE,
    "accounts.training.forms.WithdrawForm.reason": OF_OFFICE,
    "accounts.factors.forms.ResetForm.reason": OF_OFFICE,
    "accounts.breaches.forms.BreachForm.what": OF_OFFICE,
    "accounts.breaches.forms.BreachForm.consequences": OF_OFFICE,
    "accounts.breaches.forms.BreachForm.measures": OF_OFFICE,
    "accounts.breaches.forms.BreachForm.contact": NAME,
    "accounts.factors.forms.AuthenticatorForm.code": CODE,
    "accounts.factors.forms.AuthenticatorForm.name": NAME,
    "accounts.factors.forms.PasskeyForm.name": NAME,
    "accounts.admin.UserChangeForm.display": "settings as JSON",
    "accounts.forms.AnonymousSignupForm.nickname": NAME,
    "accounts.forms.EmailSignupForm.shown_name": NAME,
    "accounts.forms.NicknameForm.nickname": NAME,
    "accounts.forms.ProfileForm.shown_name": NAME,
    "accounts.forms.RecoveryForm.login": NAME,
    "accounts.forms.RecoveryForm.code": CODE,
    "accounts.kin.forms.GuardianForm.name": NAME,
    "accounts.kin.forms.GuardianForm.contact": NAME,
    "accounts.kin.forms.InviteForm.name": NAME,
    "accounts.roles.forms.ApplicationForm.legal_name": NAME,
    "accounts.roles.forms.ApplicationForm.number": NAME,
    "accounts.training.forms.CodeForm.code": CODE,
    "accounts.training.forms.OathForm.name": NAME,
    "accounts.GuardianRequest.address": NAME,
    "accounts.GuardianConsent.name": NAME,
    "accounts.GuardianConsent.contact": NAME,
    "accounts.Support.name": NAME,
    "accounts.Application.legal_name": NAME,
    "accounts.Application.number": NAME,
    "accounts.Document.name": NAME,
    "accounts.Certificate.name": NAME,
    "accounts.Breach.contact": NAME,
    "accounts.Breach.what": OF_OFFICE,
    "accounts.Breach.consequences": OF_OFFICE,
    "accounts.Breach.measures": OF_OFFICE,
    "accounts.EntryReason.text": OF_OFFICE,
    "accounts.Application.reason": OF_OFFICE,
    "emergency.workspace.forms.NoteForm.note": OF_OFFICE,
    "emergency.workspace.forms.CheckForm.what": OF_OFFICE,
    "emergency.workspace.forms.GiveBackForm.next_words": OF_OFFICE,
    "emergency.workspace.forms.HandOverForm.next_words": OF_OFFICE,
    "emergency.workspace.forms.CalledForm.reason": OF_OFFICE,
    "emergency.workspace.forms.CalledForm.untold_reason": OF_OFFICE,
    "emergency.workspace.forms.CloseCaseForm.note": OF_OFFICE,
    "emergency.FollowUp.note": OF_OFFICE,
    "emergency.HelpRequest.call_reason": OF_OFFICE,
    "emergency.HelpRequest.untold_reason": OF_OFFICE,
    "emergency.RequestNote.text": OF_OFFICE,
    "emergency.Claim.handed_words": OF_OFFICE,
    "emergency.Check.words": OF_OFFICE,
    "tests_app.Run.answers": "chosen, not written; critical answers have rules of their own",
    "tests_app.Result.answers": "chosen, not written; critical answers have rules of their own",
    "chat.Message.text": IN_CHAT,
    "chat.OwnPhrase.text": "read when it is added: tests/chat/phrases",
    "chat.Attachment.description": IN_CHAT,
    "chat.Attachment.name": IN_CHAT,
    "chat.Attachment.key": "ours",
    "chat.Attachment.waveform": "ours",
    "notifications.Notification.data": "ours",
    "notifications.Letter.envelope": "ours",
    "notifications.Letter.content": "ours",
    "notifications.PushSubscription.endpoint": "a browser's",
    "notifications.PushSubscription.keys": "a browser's",
}
ROOTS = ("accounts", "tracker", "tests_app", "emergency", "notifications", "emocare")


def below(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield from (child, *below(child))


def is_free(field: forms.Field) -> bool:
    plain = isinstance(field, PlainTextField) and not isinstance(field, FormKeyField)
    return plain or isinstance(field.widget, forms.Textarea)


def fields() -> set[str]:
    """Return the fields of all forms of ours in which one can write freely."""
    for root in map(import_module, ROOTS):
        for found in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
            if found.name.rpartition(".")[2].startswith(("forms", "admin")):
                import_module(found.name)
    ours = [form for form in below(forms.BaseForm) if form.__module__.partition(".")[0] in ROOTS]
    return {
        f"{form.__module__}.{form.__qualname__}.{name}"
        for form in ours
        for name, field in form.base_fields.items()
        if is_free(field)
    }


def columns() -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, EncryptedTextField)
    }


def test_each_field_and_each_column_of_words_is_read_or_says_why_not():
    found, known = fields() | columns(), READ.keys() | NOT_READ.keys()
    assert sorted(found - known) == []
    assert sorted(known - found) == []
    assert not READ.keys() & NOT_READ.keys()


def test_each_that_is_read_is_written_in_by_a_test():
    assert {name for names in READ.values() for name in names.split()} == {place.__name__ for place in written.PLACES}
