// The one place where text becomes a page or the address of a script: with this site's own answers and addresses only.
const own = (address) => {
  if (new URL(address, location.href).origin !== location.origin) throw new TypeError("a script from elsewhere");
  return address;
};
const rules = { createHTML: (answer) => answer, createScriptURL: own };
const trusted = window.trustedTypes?.createPolicy("emocare", rules) ?? rules;

// Fetches a page of ours, and nothing else; `signedOut` says that it led elsewhere.
export async function page(address) {
  const response = await fetch(own(address), { credentials: "same-origin", redirect: "manual" });
  if (!response.ok) return { signedOut: response.type === "opaqueredirect" };
  return { fresh: new DOMParser().parseFromString(trusted.createHTML(await response.text()), "text/html") };
}

export const script = (address) => trusted.createScriptURL(address);
