// The one place where text becomes a page or the address of a script: with this site's own answers and addresses only.
const own = (address) => {
  if (new URL(address, location.href).origin !== location.origin) throw new TypeError("a script from elsewhere");
  return address;
};
const rules = { createHTML: (answer) => answer, createScriptURL: own };
const trusted = window.trustedTypes?.createPolicy("emocare", rules) ?? rules;

// Fetches a page of ours by itself, which is nothing that the person did; `signedOut` says that it led elsewhere, `gone`
// that it is not this browser's any more.
export async function page(address) {
  const headers = { "X-Background": "yes" };
  const response = await fetch(own(address), { credentials: "same-origin", redirect: "manual", headers });
  if (!response.ok) return { signedOut: response.type === "opaqueredirect", gone: response.status === 404 };
  return { fresh: new DOMParser().parseFromString(trusted.createHTML(await response.text()), "text/html") };
}

export const script = (address) => trusted.createScriptURL(address);
