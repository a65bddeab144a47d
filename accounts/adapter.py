"""What Emocare asks of django-allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from accounts import services
from accounts.models import User
from emocare import display


class AccountAdapter(DefaultAccountAdapter):
    def populate_username(self, request: HttpRequest, user: User) -> None:
        """Leave the nickname empty: whoever gives an e-mail address signs in with it, and no name is made of it."""
        user.username = user.username or None

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: User, form, commit: bool = True) -> User:
        user.shown_name = form.cleaned_data["shown_name"]
        user.language = translation.get_language()
        user.display = display.from_request(request).changes()
        user = super().save_user(request, user, form, commit=commit)
        services.complete_sign_up(user=user, language=user.language)
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Write in the language of the account, whoever's page caused the letter."""
        user = context.get("user")
        with translation.override(getattr(user, "language", None) or translation.get_language()):
            super().send_mail(template_prefix, email, context)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        with translation.override(request.user.language):
            return super().get_login_redirect_url(request)

    def post_login(self, request: HttpRequest, user: User, **kwargs) -> HttpResponse:
        """Let language and display settings of the account follow the person to this browser."""
        response = super().post_login(request, user, **kwargs)
        secure = request.is_secure()
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            httponly=True,
            secure=secure,
        )
        if user.display:
            display.remember(response, display.Display.of(user.display), secure=secure)
        elif chosen := display.from_request(request).changes():
            services.set_display(user=user, display=display.Display.of(chosen))
        return response
