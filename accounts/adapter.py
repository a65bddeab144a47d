"""What Emocare asks of django-allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import translate_url
from django.utils import translation

from accounts import services
from accounts.factors import sessions
from accounts.models import User
from accounts.signin import services as signin
from emocare import display


class AccountAdapter(DefaultAccountAdapter):
    def populate_username(self, request: HttpRequest, user: User) -> None:
        """Leave the nickname empty: whoever gives an e-mail address signs in with it, and no name is made of it."""
        user.username = user.username or None

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: User, form, commit: bool = True) -> User:
        user.shown_name = form.cleaned_data["shown_name"]
        user.sixteen_from = form.cleaned_data["sixteen_from"]
        user.language = translation.get_language()
        user.display = display.from_request(request).changes()
        user = super().save_user(request, user, form, commit=commit)
        services.complete_sign_up(user=user, language=user.language)
        return user

    def set_password(self, user: User, password: str) -> None:
        super().set_password(user, password)
        signin.new_password(user=user, request=self.request)

    def reauthenticate(self, user: User, password: str) -> bool:
        """Give the session a new key with the password: whoever has the old one does not get what opens now."""
        right = super().reauthenticate(user, password)
        if right:
            self.request.session.cycle_key()
        return right

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Write in the language of the account, whoever's page caused the letter; its links lead there too."""
        language = getattr(context.get("user"), "language", None) or translation.get_language()
        links = {name: translate_url(link, language) for name, link in context.items() if name.endswith("_url")}
        with translation.override(language):
            super().send_mail(template_prefix, email, context | links)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict | None = None, email: str | None = None
    ) -> None:
        super().send_notification_mail(template_prefix, user, {"user": user} | (context or {}), email)

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """Keep the address that a person signs in with; one that waits to be confirmed can be taken back."""
        return email_address.email != email_address.user.email

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Refuse, instead of failing, an address that another new account has and did not confirm yet."""
        try:
            with transaction.atomic():
                return super().confirm_email(request, email_address)
        except IntegrityError:
            told = "account/messages/email_confirmation_failed.txt"
            self.add_message(request, messages.ERROR, told, {"email": email_address.email})
            return False

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        sessions.note_sign_in(request, user)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        with translation.override(request.user.language):
            return super().get_login_redirect_url(request)

    def post_login(self, request: HttpRequest, user: User, **kwargs) -> HttpResponse:
        """Let language and display settings of the account follow the person to this browser."""
        response = super().post_login(request, user, **kwargs)
        secure = request.is_secure()
        display.remember_language(response, user.language, secure=secure)
        if user.display:
            display.remember(response, display.Display.of(user.display), secure=secure)
        elif chosen := display.from_request(request).changes():
            services.set_display(user=user, display=display.Display.of(chosen))
        return response
