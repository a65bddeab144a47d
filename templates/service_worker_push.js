{% load i18n static %}// A push message: words that say nothing of anybody, encrypted by the server for this browser. Nothing is kept of it.
self.addEventListener("push", (event) => {
  let message = {};
  try {
    message = event.data.json();
  } catch {
    // Something has to be shown for every message.
  }
  const { words = "", tag = "news", language = "" } = message;
  const look = { body: words, tag, lang: language, data: { language }, icon: "{% static 'icons/app-any-192.png' %}" };
  event.waitUntil(self.registration.showNotification("Emocare", look));
});

async function openInbox(language) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const inbox = pages.find((page) => /^\/[a-z]{2}\/notifications\/$/.test(new URL(page.url).pathname));
  return inbox ? inbox.focus() : self.clients.openWindow(/^[a-z]{2}$/.test(language) ? `/${language}/notifications/` : "/");
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openInbox(event.notification.data?.language));
});

// The browser got another address for its messages: whoever is signed in here tells the server.
async function follow(before, now) {
  const session = before && (await fetch("{% language 'kk' %}{% url 'push_key' %}{% endlanguage %}", { redirect: "manual" }));
  if (!session?.ok) return;
  const { key, token } = await session.json();
  const subscription = now ?? (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  await fetch("{% language 'kk' %}{% url 'push_devices' %}{% endlanguage %}", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ ...subscription.toJSON(), replaces: before.endpoint }),
  });
}

self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(follow(event.oldSubscription, event.newSubscription)));
