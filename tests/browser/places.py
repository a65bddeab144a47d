"""The pages of Emocare, by who may see them; paths without the language."""

import uuid
from datetime import timedelta

from django.utils import timezone

from accounts.choices import Role
from accounts.models import Assignment, HelperProfile, User
from accounts.roles.choices import State
from emergency import services as follow_ups
from emergency import thread
from emergency.models import HelpRequest
from tests.support import belongings
from tests.support.news import news_of
from tests.support.results import phq9, take
from tests.support.talks import talk
from tests.support.urgent import open_for, take_by
from tests.support.urgent_help import case_of
from tests_app import services
from tests_app.choices import Layout
from tests_app.models import Version
from tests_app.questionnaire import of
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
    "urgent-help/ask/",
    "urgent-help/come-back/",
    "grounding/",
    "risk-check/",
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
    "tests/",
    "tests/pcptsd5/",
    "tests/pcptsd5/try/",
    "certificates/",
    "certificates/AAAA-AAAA-AAAA/",
    "notifications/stop/AAAAAAAAAAAAAAAAAAAAAA/",
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
    "tests/history/",
    "tests/history/phq9/",
    "tests/safety-plan/",
    "tests/safety-plan/professionals/",
    "tests/safety-plan/delete/",
    "helping-others/",
    "helping-others/psychologist/",
    "helpers/",
    "helpers/match/",
    "helpers/mine/",
    "risk-check/missed/",
    "risk-check/not-right/",
    "risk-check/sent/",
    "profile/",
    "notifications/preferences/",
    "profile/consents/",
    "profile/consents/service/withdraw/",
    "profile/data/",
    "profile/data/download/",
    "profile/data/delete/",
    "account/factors/",
    "training/",
    "training/lessons/safety/",
    "training/test/",
    "supporters/",
    "supporters/invite/",
    "supporting/",
    "account/recovery-codes/",
    "account/sign-ins/",
    "notifications/devices/",
    "profile/who-looked/",
    "account/password/change/",
    "account/email/",
    "account/logout/",
    "account/reauthenticate/",
)
ADMINISTRATION = (
    "staff/components/",
    "duty/",
    "duty/plan/",
    "urgent-numbers/",
    "account/second-factor/",
    "account/factors/",
    "account/factors/authenticator/",
    "account/factors/passkey/",
    "account/factors/email/",
    "account/factors/codes/",
)
OF_HELPERS = ("people/", "people/profile/", "people/hours/")
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


def results_of(owner: User) -> tuple[str, ...]:
    """Give a person results of tests; return the pages about them."""
    for days_ago, score in ((60, 14), (30, 20)):
        take(owner, phq9(score), days_ago=days_ago)
    result, profile = take(owner, phq9(9)), take(owner, key="wgss")
    return (
        f"tests/result/{result.public_id}/",
        f"tests/result/{profile.public_id}/",
        f"tests/result/{result.public_id}/sharing/",
        f"tests/result/{result.public_id}/delete/",
    )


def begun_by(owner: User) -> tuple[str, ...]:
    """Let a person have begun two tests, one of them answered to the end; return the pages on which they go on."""
    ready, half = (
        services.begin(owner=owner, version=Version.objects.get(instrument__key=key)) for key in ("who5", "auditc")
    )
    services.answer(run=ready, answers={item.id: None for item in of(ready.version).items})
    services.remember_layout(owner=owner, layout=Layout.ALL)
    return (
        "tests/",
        "tests/auditc/",
        f"tests/run/{half.public_id}/",
        f"tests/run/{half.public_id}/?question=1",
        f"tests/run/{ready.public_id}/?question=3",
        f"tests/run/{ready.public_id}/?question=none",
        f"tests/run/{half.public_id}/give-up/",
    )


def hard_moment_of(owner: User) -> tuple[str, ...]:
    """Let a person have answered that it is very hard, and have asked for somebody; return the pages about it."""
    result = take(owner, phq9(4, **{"9": 1}), passed=False)
    follow_up = owner.follow_ups.get()
    follow_ups.ask(follow_up=follow_up)
    return f"tests/result/{result.public_id}/safety/", f"follow-ups/{follow_up.public_id}/"


def urgent_work_of(helper: User) -> tuple[str, ...]:
    """Give a helper somebody who asked for help; return the pages of the queue and of the workspace."""
    return "urgent/", f"urgent/{case_of(helper).public_id}/"


def asked_by(owner: User) -> tuple[str, ...]:
    """Let a person have asked for help, and be written to; return the pages about it."""
    helper = User.objects.filter(is_staff=True).first() or owner
    place = f"urgent-help/request/{answered(owner, helper).public_id}/"
    return place, f"{place}end/"


def answered(owner: User, helper: User) -> HelpRequest:
    """Let somebody be helped now, with words of both sides."""
    request = open_for(owner, words="Маған өте ауыр.", place="Абай даңғылы 1", place_agreed_to="x")
    take_by(request, helper)
    for author in (helper, owner):
        thread.say(thread=request, author=author, by_person=author == owner, text="Мен осындамын.", key=uuid.uuid4())
    return request


def conversation_of(helping: Assignment) -> tuple[str, ...]:
    """Let two write to each other; return the pages about it."""
    place = f"chat/{talk(helping, ('Сәлем!', 'Сәлеметсіз бе?', NOTE)).public_id}/"
    return (
        "chat/",
        place,
        f"{place}?answer=2",
        f"{place}search/",
        f"{place}1/edit/",
        f"{place}1/delete/",
        f"{place}wishes/",
    )


def of_user(helping: Assignment) -> tuple[str, ...]:
    """Return the pages of a person about their helper."""
    profile = HelperProfile.objects.get(user=helping.helper)
    other = HelperProfile.objects.exclude(user__in=Assignment.objects.values("helper")).first()
    pages = (f"helpers/{profile.public_id}/", f"helpers/{other.public_id}/", f"helping/{helping.public_id}/end/")
    return (*pages, *conversation_of(helping))


def of_helper(helping: Assignment) -> tuple[str, ...]:
    """Return the pages of a helper who helps somebody and whom another asks."""
    asked = Assignment.objects.get(helper=helping.helper, state="asked")
    for days_ago, score in ((30, 14), (0, 9)):
        take(helping.user, phq9(score), days_ago=days_ago)
    return (
        *OF_HELPERS,
        f"tests/person/{helping.user.public_id}/",
        f"tests/person/{helping.user.public_id}/?test=phq9",
        f"people/{helping.user.public_id}/",
        f"people/requests/{asked.public_id}/decline/",
        f"helping/{helping.public_id}/end/",
    )


def own(entry: MoodEntry) -> tuple[str, ...]:
    """Return the pages of somebody signed in who has this entry, and who has begun to apply for a role."""
    application = belongings.application_of(entry.owner, Role.PSYCHOLOGIST, State.DRAFT)
    return (
        *OWN,
        *results_of(entry.owner),
        *begun_by(entry.owner),
        *hard_moment_of(entry.owner),
        *asked_by(entry.owner),
        *news_of(entry.owner),
        f"mood/{entry.public_id}/",
        f"mood/{entry.public_id}/delete/",
        f"helping-others/applications/{application.public_id}/",
    )
