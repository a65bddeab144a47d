// Lets this browser show nothing of anybody any more: ends its subscription, and takes away what stands on the screen.
const PATIENCE = 1500; // ms; the server sends nothing more in any case

async function end() {
  const registration = await navigator.serviceWorker.getRegistration("/");
  const subscription = await registration?.pushManager?.getSubscription();
  await subscription?.unsubscribe();
  for (const shown of (await registration?.getNotifications?.()) ?? []) shown.close();
}

export const mayShow = () => "serviceWorker" in navigator && window.Notification?.permission === "granted";

export const pushOff = () => Promise.race([end().catch(() => {}), new Promise((go) => setTimeout(go, PATIENCE))]);
