"""Words that whoever guesses a password of this site tries first."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User

# The site, who is on it, the country and its cities, what a password is called: as people type them.
WORDS = (
    *("emocare", "emokare", "эмокеар", "эмокэр", "эмокейр", "эмокер"),
    *("admin", "administrator", "volunteer", "psychologist", "psiholog", "psikholog", "moderator"),
    *("админ", "администратор", "әкімші", "волонтер", "волонтёр", "ерікті", "психолог", "модератор"),
    *("kazakhstan", "kazahstan", "qazaqstan", "qazakstan", "казахстан", "қазақстан"),
    *("almaty", "astana", "shymkent", "karaganda", "aktobe", "алматы", "астана", "шымкент", "караганда", "қарағанды"),
    *("password", "parol", "пароль", "құпиясөз", "qwerty", "йцукен"),
)
OWN_LENGTH = 8  # characters that must be left without them


class GuessableWordsValidator:
    """Refuse a password that is little more than such words: emocare-2026, but not emocare-is-where-birds-nest."""

    def validate(self, password: str, user: User | None = None) -> None:
        rest = password.casefold()
        for word in sorted(WORDS, key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) < len(password.casefold()) and len(rest) < OWN_LENGTH:
            told = _(
                "This password is little more than a word that everybody would try first. Please add words of your own."
            )
            raise ValidationError(told, code="password_guessable")

    def get_help_text(self) -> str:
        return _("It should be more than the name of this site, of a city or of a role.")
