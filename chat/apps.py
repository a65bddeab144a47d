from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ChatConfig(AppConfig):
    name = "chat"
    verbose_name = pgettext_lazy("part of Emocare", "Chat")
