from django.urls import path

from tracker.consumers import MoodConsumer

websocket_urlpatterns = [path("ws/mood/", MoodConsumer.as_asgi())]
