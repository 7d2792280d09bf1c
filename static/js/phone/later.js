/**
 * Keeps a press when the network is away. A form with `data-later` that cannot be sent stays
 * on this phone and is sent when the network is back, from any page of ours; the form itself
 * says when its page was opened, so the server counts it from then. Without this script the
 * browser asks its owner to try again, and that works as well.
 *
 * @typedef {{ action: string, body: string }} Press
 */
const SHELF = "hall-later";
const PATIENCE = 15_000; // milliseconds for an answer; the same press may be sent twice
const AGAIN = 20_000; // milliseconds between tries while something is kept
const MOST = 50;

export class Later extends HTMLElement {
  #timer = 0;

  connectedCallback() {
    document.addEventListener("submit", this.#press);
    window.addEventListener("online", this.#sendAll);
    this.#timer = window.setInterval(this.#sendAll, AGAIN);
    this.#sendAll();
  }

  disconnectedCallback() {
    document.removeEventListener("submit", this.#press);
    window.removeEventListener("online", this.#sendAll);
    window.clearInterval(this.#timer);
  }

  // Actions

  /** @param {SubmitEvent} event */
  #press = async (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !("later" in form.dataset)) return;
    event.preventDefault();
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) fields.append(name, String(value));
    const press = { action: form.action, body: fields.toString() };
    const answer = await send(press);
    if (answer === null) this.#keep(press);
    else if (answer.redirected) window.location.assign(answer.url);
    else form.submit(); // the server has something to say: let the browser show it
  };

  #sendAll = async () => {
    const kept = shelf();
    if (kept.length) this.#say("kept");
    for (const press of kept) {
      const answer = await send(press);
      if (answer === null) return;
      put(shelf().filter((one) => one.body !== press.body));
      if (!answer.redirected) this.#say("lost");
      else if (isHere(press)) window.location.assign(answer.url);
      else this.#say("");
    }
  };

  // Private

  /** @param {Press} press */
  #keep(press) {
    const others = shelf().filter((one) => one.action !== press.action);
    put([...others, press].slice(-MOST));
    this.#say("kept");
    this.scrollIntoView({ block: "center" });
  }

  /** @param {"kept" | "lost" | ""} what */
  #say(what) {
    const said = this.querySelector(`template[data-say="${what}"]`);
    const content = said instanceof HTMLTemplateElement ? [said.content.cloneNode(true)] : [];
    this.hidden = content.length === 0;
    this.querySelector("[role=status]")?.replaceChildren(...content);
  }
}

/**
 * The answer, or null when none came or the server could not take it just now.
 * @param {Press} press
 */
async function send(press) {
  try {
    const answer = await fetch(press.action, {
      method: "POST",
      body: new URLSearchParams(press.body),
      signal: AbortSignal.timeout(PATIENCE),
    });
    return answer.status >= 500 ? null : answer;
  } catch {
    return null;
  }
}

/**
 * Whether this page is the one that was pressed on; a badge's address may be all capitals.
 * @param {Press} press
 */
function isHere(press) {
  const path = new URL(press.action).pathname.toLowerCase();
  return path.startsWith(`${window.location.pathname.toLowerCase()}/`);
}

/** @returns {Press[]} */
function shelf() {
  try {
    return JSON.parse(window.localStorage.getItem(SHELF) ?? "[]");
  } catch {
    return [];
  }
}

/** @param {Press[]} presses */
function put(presses) {
  if (presses.length) window.localStorage.setItem(SHELF, JSON.stringify(presses));
  else window.localStorage.removeItem(SHELF);
}

customElements.define("hall-later", Later);
