"""The pages of Emocare, by who may see them; paths without the language."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from tracker.models import MoodEntry

LANGUAGES = ("kk", "ru", "en")
PUBLIC = (
    "",
    "about/",
    "accessibility/",
    "privacy/",
    "rules/",
    "help/",
    "leaving-quickly/",
    "urgent-help/",
    "mood/offline/",
    "display/",
    "account/login/",
    "account/signup/",
    "account/sign-up/anonymous/",
    "account/password/reset/",
    "account/password/reset/done/",
    "account/password/reset/key/1-broken/",
    "account/confirm-email/",
    "account/confirm-email/broken/",
    "account/inactive/",
    "account/recover/",
    "no-such-page/",
)
OWN = (
    "dashboard/",
    "mood/",
    "mood/record/",
    "mood/record/?day=yesterday",
    "mood/journal/",
    "mood/journal/write/?prompt=day",
    "mood/words/",
    "mood/dynamics/?span=week",
    "mood/dynamics/?span=year",
    "mood/two-weeks/",
    "mood/report/?span=fortnight&notes=on",
    "mood/files/",
    "profile/",
    "account/recovery-codes/",
    "account/sign-ins/",
    "account/password/change/",
    "account/email/",
    "account/logout/",
    "account/reauthenticate/",
)
ADMINISTRATION = ("staff/components/", "account/second-factor/")
NOTE = "Бүгін ұйқым тыныш болды.\nКешке Қарлығашпен серуендедік."


def week_of(owner: User) -> list[MoodEntry]:
    """Give a person entries of the last days, some with a note; return them, newest first."""
    now = timezone.now()
    return [
        MoodEntry.objects.create(
            owner=owner, level=level, felt_at=now - timedelta(hours=9 * i), note=NOTE if i % 3 == 0 else ""
        )
        for i, level in enumerate((4, 2, 3, 5, 1, 3, 4))
    ]


def own(entry: MoodEntry) -> tuple[str, ...]:
    """Return the pages of somebody signed in who has this entry."""
    return (*OWN, f"mood/{entry.public_id}/", f"mood/{entry.public_id}/delete/")
