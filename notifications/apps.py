from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        """Add the checks of web push; trust an address again that its person confirmed, on any page of allauth."""
        from allauth.account.signals import email_confirmed

        from notifications.mail.failing import trust_again
        from notifications.push.checks import web_push

        def confirmed(email_address, **kwargs: object) -> None:
            trust_again(email_address.user)

        register(web_push)
        email_confirmed.connect(confirmed, weak=False, dispatch_uid="notifications.mail.confirmed")
