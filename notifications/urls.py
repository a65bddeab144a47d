from notifications.inbox.urls import urlpatterns as inbox
from notifications.mail.urls import urlpatterns as mail
from notifications.preferences.urls import urlpatterns as preferences
from notifications.push.urls import urlpatterns as push

urlpatterns = [*inbox, *mail, *preferences, *push]
