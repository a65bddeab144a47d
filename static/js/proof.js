// Counts what the server asks, in a worker, while the person types; a form that is sent too early waits and then sends
// itself. Where a browser cannot count (no worker, plain http), the form goes without: the server then takes fewer.
import { script } from "./trusted.js";

const LONGEST = 60000; // ms
const STALE = 15 * 60 * 1000; // ms after which a new challenge is asked for

async function solve({ challenge, worker }) {
  const given = await (await fetch(challenge, { credentials: "same-origin", cache: "no-store" })).json();
  const solution = await new Promise((resolve, reject) => {
    const counting = new Worker(script(worker));
    const over = (settle) => (value) => {
      counting.terminate();
      settle(value);
    };
    counting.onmessage = ({ data }) => (data?.derivedKey ? over(resolve) : over(reject))(data);
    counting.onerror = over(reject);
    setTimeout(over(reject), LONGEST, "too slow");
    counting.postMessage({ type: "work", challenge: given, timeout: LONGEST });
  });
  return btoa(JSON.stringify({ challenge: given, solution }));
}

export function start(holder) {
  const input = holder.querySelector("input");
  const status = holder.querySelector("[role=status]");
  const { form } = input;
  let begun;
  let state;

  function begin() {
    begun = Date.now();
    state = "counting";
    input.value = "";
    const done = (value) => {
      state = "ready";
      input.value = value;
    };
    return solve(holder.dataset).then(done, () => done(""));
  }

  let counting = begin();
  addEventListener("pageshow", (event) => {
    if (event.persisted) counting = begin(); // a solution counts once
  });
  // Before the other listeners of the form: for them it is sent only once.
  form.addEventListener(
    "submit",
    async (event) => {
      if (state === "ready" && Date.now() - begun < STALE) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (state === "sending") return;
      if (state === "ready") counting = begin();
      state = "sending";
      status.textContent = holder.dataset.wait;
      const { submitter } = event;
      await counting;
      status.textContent = "";
      form.requestSubmit(submitter);
    },
    { capture: true },
  );
}
