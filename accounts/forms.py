"""Forms for signing up and in, and for what people tell about themselves."""

import unicodedata
from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts import avatars, zones
from accounts.choices import BuiltInAvatar, CaredFor, Disability, Region
from accounts.consents import words
from accounts.kin.fields import AgeForm
from accounts.models import Profile, User, nickname_validator
from accounts.signin import forms as signin_forms
from accounts.signin import proof, step_up
from emocare.forms import PlainTextField

NAME_LENGTH = 40
EMAIL_LENGTH = 254
PASSWORD_LENGTH = 1000
CONSENT_ERROR = {"required": _("To use Emocare, please agree to how your data are kept.")}


def consent_field() -> forms.BooleanField:
    return forms.BooleanField(label=words.AGREES, error_messages=CONSENT_ERROR)


def shown_name_field() -> PlainTextField:
    return PlainTextField(
        label=_("What should we call you?"),
        max_length=NAME_LENGTH,
        help_text=_("A nickname is fine. Others see this name."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )


class Plain:
    """A form without placeholders: labels stay visible, and nothing grey disappears while one types."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


def limit(field: forms.Field, length: int) -> None:
    """Give a field that is made elsewhere the length that its column, or a check of a password, can take."""
    field.max_length = length
    field.validators.append(MaxLengthValidator(length))
    field.widget.attrs["maxlength"] = str(length)


class LoginForm(Plain, allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail or nickname")
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""
        limit(self.fields["login"], EMAIL_LENGTH)
        limit(self.fields["password"], PASSWORD_LENGTH)

        self.fields["shared"] = signin_forms.shared_field()
        if signin_forms.wants_proof(self.request, self.data.get("login", "")):
            self.fields[proof.FIELD] = signin_forms.proof_field()

    @property
    def passkey(self) -> signin_forms.SharedForm:
        """Return what the page asks of whoever signs in with a passkey instead."""
        return signin_forms.SharedForm(auto_id="passkey_%s")

    def clean_login(self) -> str:
        """Read a name as sign-up did: the same, in any case and however a keyboard composes its letters."""
        return unicodedata.normalize("NFC", super().clean_login()).lower()

    def _clean_with_password(self, credentials: dict) -> dict:
        signin_forms.check_sign_in(self.request, self.cleaned_data["login"], self.data.get(proof.FIELD, ""))
        cleaned = super()._clean_with_password(credentials)
        if self.user.is_anonymous_account:
            self._login.email_verification = EmailVerificationMethod.NONE
        return cleaned

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        signin_forms.mark_shared(request, self.cleaned_data["shared"])
        response = super().login(request, redirect_url)
        signin_forms.end_with_browser(request)
        return response


class EmailSignupForm(AgeForm, Plain, allauth_forms.SignupForm):
    field_order = ["shown_name", "email", "password1", "age", "birth_month", "birth_year", "consent"]

    shown_name = shown_name_field()
    consent = consent_field()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")
        self.fields["email"].help_text = _(
            "Only for signing in and for letters that you choose. Other people here do not see it."
        )
        limit(self.fields["email"], EMAIL_LENGTH)
        limit(self.fields["password1"], PASSWORD_LENGTH)

    def clean_password1(self) -> str:
        """Refuse a password made of what others see or know."""
        password = self.cleaned_data["password1"]
        known = {name: self.cleaned_data.get(name) or "" for name in ("shown_name", "email")}
        password_validation.validate_password(password, User(**known))
        return password

    def validate_unique_email(self, value: str) -> str:
        """See whether somebody has the address; that somebody asked to change to it keeps it from nobody."""
        confirmed = EmailAddress.objects.filter(email=value, verified=True)
        self.account_already_exists = User.objects.filter(Q(email=value) | Q(pk__in=confirmed.values("user"))).exists()
        return value

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        try:
            return super().try_save(request)
        except IntegrityError:  # somebody took the address a moment ago
            self.account_already_exists = True
            return super().try_save(request)


class AddEmailForm(Plain, allauth_forms.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        limit(self.fields["email"], EMAIL_LENGTH)


class ChangePasswordForm(Plain, allauth_forms.ChangePasswordForm):
    def clean_oldpassword(self) -> str:
        """Count a wrong one as a failed sign-in: whoever finds an open session must not guess on."""
        password = self.cleaned_data.get("oldpassword", "")
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("enter_current_password")
        return password


class ResetPasswordForm(Plain, allauth_forms.ResetPasswordForm):
    def clean_email(self) -> str:
        """Find the account of an address; one that waits to be confirmed, perhaps mistyped, opens nothing."""
        email = super().clean_email()
        self.users = [user for user in self.users if user.email == email]
        return email


class ResetPasswordKeyForm(Plain, allauth_forms.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(Plain, allauth_forms.ReauthenticateForm):
    @property
    def reason(self) -> str:
        """Why the password is asked for, in a sentence."""
        return step_up.reason()


def new_password_field() -> forms.CharField:
    return forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=PASSWORD_LENGTH,
        help_text=password_validation.password_validators_help_text_html(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class NicknameForm(forms.Form):
    """A nickname for signing in that nobody has."""

    nickname = PlainTextField(
        label=_("Nickname"),
        min_length=2,
        max_length=NAME_LENGTH,
        validators=[nickname_validator],
        help_text=_("You sign in with it. Do not use your real name if you want to stay unknown."),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_nickname(self) -> str:
        nickname = self.cleaned_data["nickname"]
        MaxLengthValidator(NAME_LENGTH)(nickname.lower())  # some letters grow: İ is one, i̇ are two
        others = User.objects.exclude(pk=self.user.pk) if self.user else User.objects
        if others.filter(username=nickname.lower()).exists():
            raise ValidationError(_("This nickname is taken. Please choose another."), code="taken")
        return nickname


class AnonymousSignupForm(AgeForm, NicknameForm):
    """Nickname, password, age group, consent: nothing that says who a person is."""

    field_order = ["nickname", "password", "age", "birth_month", "birth_year", "consent"]

    password = new_password_field()
    consent = consent_field()
    shared = signin_forms.shared_field()
    altcha = signin_forms.proof_field()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if password := cleaned.get("password"):
            person = User(username=cleaned.get("nickname"))
            try:
                password_validation.validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class RecoveryForm(forms.Form):
    """A new password for whoever holds a nickname or e-mail address and one of its printed codes."""

    login = PlainTextField(
        label=_("Nickname or e-mail"), max_length=254, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    code = PlainTextField(
        label=_("Recovery code"),
        max_length=40,
        help_text=_("One of the ten codes that you kept. Small letters and spaces do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    password = new_password_field()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("New password")
        self.person: User | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        name = cleaned.get("login", "").lower()
        known = {"email" if "@" in name else "username": name}
        if name:
            self.person = User.objects.filter(**known, is_active=True).first()
        if password := cleaned.get("password"):
            try:
                # Against what was typed, not against the account: else the answer would tell whether there is one.
                password_validation.validate_password(password, User(**known))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned

    def refuse(self) -> None:
        """Say that the name and code do not fit, without saying which; take as long as a success does."""
        make_password(self.cleaned_data["password"])
        self.add_error(
            "code",
            ValidationError(
                _("This name and this code do not belong together, or the code has been used."), code="wrong"
            ),
        )


class ProfileForm(forms.ModelForm):
    """What a person tells about themselves; all of it but the shown name and language may stay empty."""

    shown_name = shown_name_field()
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones.ZONES)
    avatar = forms.ChoiceField(label=_("Picture"), choices=BuiltInAvatar, widget=forms.RadioSelect)
    upload = forms.FileField(
        label=_("Your own picture"),
        required=False,
        help_text=_("JPEG, PNG or WebP, up to 5 MB. Only you see it."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    remove_picture = forms.BooleanField(label=_("Remove my own picture"), required=False)
    disabilities = forms.MultipleChoiceField(
        label=_("What should we take into account?"),
        required=False,
        choices=Disability,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only if you want to say. It helps to choose fitting ways of talking."),
    )
    cares_for = forms.MultipleChoiceField(
        label=_("I care for"), required=False, choices=CaredFor, widget=forms.CheckboxSelectMultiple
    )
    region = forms.ChoiceField(
        label=_("Region"), required=False, choices=[("", _("I would rather not say")), *Region.choices]
    )

    reminder_hour = forms.TypedChoiceField(
        label=_("Remind me to record my mood"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("No reminder")), *((hour, f"{hour:02}:00") for hour in range(24))],
        help_text=_(
            "By the clock of the time zone that you chose above. On a day on which you have already recorded your "
            "mood, no reminder comes."
        ),
    )

    class Meta:
        model = Profile
        fields = ["avatar", "disabilities", "cares_for", "region", "reminder_hour"]

    field_order = [
        "shown_name",
        "language",
        "time_zone",
        "avatar",
        "upload",
        "remove_picture",
        "disabilities",
        "cares_for",
        "region",
        "reminder_hour",
    ]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not self.instance.picture:
            del self.fields["remove_picture"]

    def clean_upload(self) -> ContentFile | None:
        upload = self.cleaned_data["upload"]
        return avatars.clean(upload) if upload else None
