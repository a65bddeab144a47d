// Makes a passkey or asks for one: fetches the question, lets the browser answer it, sends the answer on.
import { lead } from "./going.js";

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (list) => list?.map((key) => ({ ...key, id: toBytes(key.id) }));

class Unsupported extends Error {}

function question(given) {
  const asked = { ...given, challenge: toBytes(given.challenge) };
  if (given.user) asked.user = { ...given.user, id: toBytes(given.user.id) };
  if (given.excludeCredentials) asked.excludeCredentials = withBytes(given.excludeCredentials);
  if (given.allowCredentials) asked.allowCredentials = withBytes(given.allowCredentials);
  return { publicKey: asked };
}

function answer(passkey) {
  const { response } = passkey;
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const parts = names.filter((name) => response[name]).map((name) => [name, toText(response[name])]);
  return {
    id: passkey.id,
    rawId: toText(passkey.rawId),
    type: passkey.type,
    response: { ...Object.fromEntries(parts), transports: response.getTransports?.() },
    clientExtensionResults: passkey.getClientExtensionResults(),
    authenticatorAttachment: passkey.authenticatorAttachment,
  };
}

export function start(form) {
  const words = form.dataset;
  const told = form.querySelector("[role=alert]");
  const fields = new FormData(form);
  const token = fields.get("csrfmiddlewaretoken");
  const next = fields.get("next");
  let busy = false;
  form.querySelector("[data-without]").remove();
  form.querySelector("[data-with]").hidden = false;

  function say(text) {
    told.hidden = !text;
    told.textContent = text;
  }

  // What the server says; a redirection means that it wants to be sure first who this is, which a page asks.
  async function send(address, body) {
    const query = next ? `?${new URLSearchParams({ next })}` : "";
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    const sent = { method: "POST", headers, body: JSON.stringify(body), credentials: "same-origin", redirect: "manual" };
    const response = await fetch(address + query, sent);
    if (response.type === "opaqueredirect") return void lead(() => location.reload());
    if (!response.ok) throw new Error(`status ${response.status}`);
    return response.json();
  }

  async function go() {
    if (!window.PublicKeyCredential) throw new Unsupported();
    const given = await send(words.begin, {});
    if (!given) return;
    const make = "make" in words;
    const passkey = await (make ? navigator.credentials.create(question(given)) : navigator.credentials.get(question(given)));
    const name = form.elements.name?.value;
    const shared = form.elements.shared?.checked;
    const result = await send(words.finish, { ...answer(passkey), ...(make ? { name } : { shared }) });
    if (result) lead(() => location.assign(result.url));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    say("");
    go()
      .catch((error) => {
        if (error instanceof Unsupported || error.name === "SecurityError") say(words.unsupported);
        else say(navigator.onLine ? words.failed : words.offline);
      })
      .finally(() => (busy = false));
  });
}
