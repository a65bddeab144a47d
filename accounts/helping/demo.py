"""What the demonstration helpers offer, and whom they help."""

from django.utils import timezone

from accounts.choices import Purpose
from accounts.consents import giving
from accounts.demo import DOMAIN
from accounts.helping import profiles
from accounts.helping.choices import How, State
from accounts.models import Assignment, HelperProfile, User

EVENINGS, WORKDAYS = (18 * 60, 21 * 60), (10 * 60, 17 * 60)
HELPERS = {
    "volunteer": (
        ["kk", "ru"],
        ["text", "voice", "easy", "slow"],
        ["loneliness", "caring", "family", "disability"],
        "Мен де ерекше баланың анасымын. Асықпай тыңдаймын, кеңес сұрасаңыз ғана айтамын.",
        "Дәрі-дәрмек пен заң мәселелері бойынша көмектесе алмаймын.",
        (range(5), EVENINGS),
    ),
    "volunteer2": (
        ["ru", "en"],
        ["text", "sign-ru", "pictograms"],
        ["study", "bullying", "self-esteem"],
        "Студент, знаю русский жестовый язык. Можно просто поговорить.",
        "",
        ([5, 6], (11 * 60, 15 * 60)),
    ),
    "psychologist": (
        ["kk", "ru"],
        ["text", "voice", "video", "easy"],
        ["anxiety", "low-mood", "grief", "relationships"],
        "Психологпын, он жылдан бері отбасылармен жұмыс істеймін.",
        "Диагноз қоймаймын және дәрі тағайындамаймын.",
        (range(5), WORKDAYS),
    ),
    "psychologist2": (
        ["kk", "ru", "en"],
        ["text", "video", "sign-kk"],
        ["addiction", "work", "moving", "disability"],
        "Ымдау тілін білемін. Есту қабілеті зақымдалған адамдармен жұмыс істеймін.",
        "",
        ([1, 3], (9 * 60, 13 * 60)),
    ),
}
TOGETHER = [
    ("user", "volunteer", State.ACTIVE),
    ("user", "psychologist", State.ACTIVE),
    ("user2", "volunteer", State.ASKED),
]


def _person(name: str) -> User:
    return User.objects.get(email=f"{name}@{DOMAIN}")


def load() -> None:
    """Fill the helpers' profiles and bring people together, once; no letters are written."""
    if HelperProfile.objects.filter(user__email=f"volunteer@{DOMAIN}").exists():
        return
    for name, (languages, ways, topics, about, limits, (days, (start, end))) in HELPERS.items():
        profile = HelperProfile.objects.create(
            user=_person(name), languages=languages, ways=ways, topics=topics, about=about, limits=limits
        )
        profiles.add_hours(profile=profile, weekdays=days, start=start, end=end)
    for user, name, state in TOGETHER:
        helper, now = _person(name), timezone.now()
        assignment = Assignment.objects.create(
            user=_person(user),
            helper=helper,
            role=helper.role,
            how=How.REQUEST,
            state=state,
            languages=["kk"],
            ways=["text"],
            asked_at=now,
            started_at=now if state == State.ACTIVE else None,
        )
        if helper.is_psychologist:
            person = assignment.user
            giving.give(user=person, purpose=Purpose.SHARE_MOODS, language=person.language, assignment=assignment)
