from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        """Write down every sign-in and sign-out, whichever page or library caused it."""
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from accounts.signin import admin  # noqa: F401 -- found by nobody else
        from accounts.signin.services import begin, sign_out_here

        def begun(request, user, **kwargs: object) -> None:
            begin(request, user)

        def over(request, user, **kwargs: object) -> None:
            if user:
                sign_out_here(request, user)

        user_logged_in.connect(begun, weak=False, dispatch_uid="accounts.signin.begin")
        user_logged_out.connect(over, weak=False, dispatch_uid="accounts.signin.sign_out_here")
