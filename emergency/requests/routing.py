from django.urls import path

from emergency.requests.consumers import RequestConsumer

websocket_urlpatterns = [path("ws/urgent/<uuid:public_id>/", RequestConsumer.as_asgi())]
