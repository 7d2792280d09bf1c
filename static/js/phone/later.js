/**
 * Keeps a press when the network is away. A form with `data-later` goes into this phone's pocket and is
 * sent from there: at once, or when the network is back, from any page of ours. The form itself says
 * when its page was opened, so the server counts it from then, and twice is once. Without this script
 * the browser asks its owner to try again, and that works as well.
 *
 * @typedef {import("./pocket.js").Press} Press
 */
import { drop, keep, pocket } from "./pocket.js";

const SLOW = 1500; // milliseconds until its owner is told that it waits
const PATIENCE = 15_000; // milliseconds for an answer
const AGAIN = 20_000; // milliseconds between tries
const WORTHLESS = [401, 403, 404, 410]; // for this form there will be no other answer

export class Later extends HTMLElement {
  #timer = 0;
  #isSending = false;

  connectedCallback() {
    document.addEventListener("submit", this.#press);
    window.addEventListener("online", this.#send);
    this.#timer = window.setInterval(this.#send, AGAIN);
    this.#send();
  }

  disconnectedCallback() {
    document.removeEventListener("submit", this.#press);
    window.removeEventListener("online", this.#send);
    window.clearInterval(this.#timer);
  }

  // Actions

  /** @param {SubmitEvent} event */
  #press = (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !("later" in form.dataset)) return;
    if (isTooLong(form)) return; // let the browser send it, so that the words stay on this page
    event.preventDefault();
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) fields.append(name, String(value));
    keep({ action: form.action, body: fields.toString() });
    this.#send();
  };

  #send = async () => {
    if (this.#isSending || !pocket().length) return;
    this.#isSending = true;
    const slow = window.setTimeout(() => this.#say("kept"), SLOW);
    for (let press = pocket()[0]; press; press = pocket()[0]) {
      const answer = await post(press);
      if (answer === null) {
        this.#say("kept");
        break;
      }
      drop(press);
      this.#answered(press, answer);
    }
    window.clearTimeout(slow);
    this.#isSending = false;
  };

  // Private

  /** @param {Press} press @param {Response} answer */
  #answered(press, answer) {
    const form = formOf(press);
    if (WORTHLESS.includes(answer.status)) this.#say("lost");
    else if (form && answer.redirected) window.location.assign(answer.url);
    else if (form) form.submit(); // the server has something to say: let the browser show it
    else this.#say(answer.redirected ? "" : "lost");
  }

  /** @param {"kept" | "lost" | ""} what */
  #say(what) {
    if (this.dataset.said === what) return;
    this.dataset.said = what;
    const said = this.querySelector(`template[data-say="${what}"]`);
    const content = said instanceof HTMLTemplateElement ? [said.content.cloneNode(true)] : [];
    this.hidden = content.length === 0;
    this.querySelector("[role=status]")?.replaceChildren(...content);
    if (content.length) this.scrollIntoView({ block: "center" });
  }
}

/**
 * Whether the server would refuse something in this form for its length.
 * @param {HTMLFormElement} form
 */
function isTooLong(form) {
  const areas = [...form.querySelectorAll("textarea")];
  return areas.some((area) => area.value.length > Number(area.dataset.most ?? Infinity));
}

/**
 * The form on this page that was pressed, if it is this page.
 * @param {Press} press
 */
function formOf(press) {
  const forms = [...document.querySelectorAll("form")];
  return forms.find((form) => "later" in form.dataset && form.action === press.action);
}

/**
 * The answer, or null when none came or the server will take it later: nobody's limit ends a press unseen.
 * @param {Press} press
 */
async function post(press) {
  const body = new URLSearchParams(press.body);
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(press.action, { method: "POST", body, signal });
    return answer.status >= 500 || (answer.status === 429 && !formOf(press)) ? null : answer;
  } catch {
    return null;
  }
}

customElements.define("hall-later", Later);
