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
from chat.heeding.desk import desk  # noqa: E402
from chat.wire import after  # noqa: E402
from chat.wire.routing import websocket_urlpatterns as of_chat  # noqa: E402
from chat.wire.straight import Straight  # noqa: E402
from emergency import risk  # noqa: E402
from emergency.requests.routing import websocket_urlpatterns as of_requests  # noqa: E402
from emocare.tracing import TracedSockets  # noqa: E402
from notifications.routing import websocket_urlpatterns as of_news  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": TracedSockets(
            Straight(
                AllowedHostsOriginValidator(
                    AuthMiddlewareStack(VerifiedOnly(ConsentGate(URLRouter([*of_news, *of_requests, *of_chat]))))
                )
            )
        ),
    }
)
after.receivers.append(desk.take)
risk.warm()  # here and not while the first person waits
