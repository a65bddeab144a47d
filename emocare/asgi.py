"""HTTP and WebSocket on one port; in production the proxy sends only /ws/ here."""

import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emocare.settings")
http = get_asgi_application()

from accounts.factors.sockets import VerifiedOnly  # noqa: E402 -- models need the applications to be ready
from accounts.kin.gate import ConsentGate  # noqa: E402 -- models need the applications to be ready
from tracker.routing import websocket_urlpatterns  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": AllowedHostsOriginValidator(
            AuthMiddlewareStack(VerifiedOnly(ConsentGate(URLRouter(websocket_urlpatterns))))
        ),
    }
)
