from django.urls import include, path

urlpatterns = [
    path("", include("chat.phrases.urls")),
    path("", include("chat.conversations.urls")),
    path("", include("chat.pictograms.urls")),
    path("", include("chat.changing.urls")),
    path("", include("chat.wishes.urls")),
    path("", include("chat.attachments.urls")),
    path("", include("chat.heeding.urls")),
]
