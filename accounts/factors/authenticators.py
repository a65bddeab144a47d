"""What an authenticator app is told: the key as a picture, as a link and as text."""

from base64 import b32encode
from binascii import unhexlify
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts.models import User

GROUP = 4


@dataclass(frozen=True)
class Invitation:
    """A key (hexadecimal) for somebody's authenticator."""

    user: User
    key: str

    @property
    def _secret(self) -> str:
        return b32encode(unhexlify(self.key)).decode()

    @property
    def link(self) -> str:
        """Return the address that an app on the same device opens."""
        issuer = settings.OTP_TOTP_ISSUER
        label = quote(f"{issuer}:{self.user.email or self.user.username}")
        return f"otpauth://totp/{label}?{urlencode({'secret': self._secret, 'issuer': issuer}, quote_via=quote)}"

    @property
    def groups(self) -> str:
        """Return the key for typing."""
        return " ".join(self._secret[i : i + GROUP] for i in range(0, len(self._secret), GROUP))

    @property
    def picture(self) -> SafeString:
        """Return the link as a QR code, black on white in every theme."""
        code = segno.make(self.link, micro=False, error="m")
        return mark_safe(  # noqa: S308 -- drawn by segno; the title is escaped there # nosec B308 B703
            code.svg_inline(light="#fff", border=4, omitsize=True, svgclass="qr", title=str(_("QR code with the key")))
        )
