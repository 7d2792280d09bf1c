/**
 * A tablet that belongs to no event shows a code of its own, and asks every few seconds whether an
 * organiser has approved it. The secret it asks with never leaves it, and becomes its token.
 *
 * @typedef {{ code: string, secret: string, url: string, expires_at: string }} Request
 */
import { Api } from "../../lib/api.js";
import { fill } from "../../lib/render.js";
import { shelf } from "../device.js";

const EVERY = 3000; // ms
const LATER = 15_000; // ms; the server is away or busy

export class Asking {
  #root;
  #say;
  #approved;
  /** @type {Request | undefined} */
  #request;

  /** @param {HTMLElement} root @param {import("../../lib/render.js").Say} say @param {(enrolled: any) => unknown} approved */
  constructor(root, say, approved) {
    this.#root = root;
    this.#say = say;
    this.#approved = approved;
  }

  /** A reload goes on with the code that stands on the screen. */
  async start() {
    this.#request = await shelf.get("self", "asking").catch(() => undefined);
    this.#show();
    await this.#ask();
  }

  async #ask() {
    const turn = this.#request ? this.#look(this.#request) : this.#begin();
    const next = await turn.catch(() => this.#away()); // a browser that keeps nothing
    if (next) window.setTimeout(() => this.#ask(), next);
  }

  /** @returns {Promise<number>} */
  async #begin() {
    const answer = await new Api().post("pairings", {});
    if (answer.kind !== "ok") return this.#away();
    await this.#keep(answer.body);
    return EVERY;
  }

  /** @param {Request} request @returns {Promise<number>} */
  async #look({ secret }) {
    const answer = await new Api(secret).get("pairings/mine");
    if (answer.kind === "offline") return this.#away();
    if (answer.kind !== "ok") return this.#keep(undefined).then(() => 1);
    if (answer.body.state !== "approved") return this.#show(), EVERY;
    await this.#approved(answer.body.enrolled);
    await this.#keep(undefined);
    return 0;
  }

  #away() {
    this.#part("asking-away").hidden = false;
    return LATER;
  }

  /** @param {Request | undefined} request */
  async #keep(request) {
    this.#request = request;
    await shelf.change(["self"], (on) => {
      if (request) on("self").put(request, "asking");
      else on("self").delete("asking");
    });
    this.#show();
  }

  #show() {
    this.#part("asking-away").hidden = true;
    const template = /** @type {HTMLTemplateElement} */ (this.#part("asking-template"));
    const { code = "", url = "" } = this.#request ?? {};
    const values = { url, code: `${code.slice(0, 4)} ${code.slice(4)}` };
    const shown = /** @type {HTMLElement} */ (this.#part("asking"));
    if (shown.dataset.code === code) return;
    shown.dataset.code = code;
    shown.replaceChildren(...(code ? [fill(template, values, this.#say)] : []));
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(`[data-part="${name}"]`));
  }
}
