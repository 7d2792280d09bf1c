/**
 * Finds people while somebody types: a field with `data-seek` fills the list `data-part="found"` of
 * its screen. At least three letters, at most what the server gives; without a network it says so.
 */
import { fill } from "../../lib/render.js";

const PAUSE = 200; // ms between the last key and the question
const LEAST = 3;

export class Seeker {
  #root;
  #api;
  #say;
  #timer = 0;
  #asked = "";

  /** @param {HTMLElement} root @param {import("../../lib/api.js").Api} api @param {import("../../lib/render.js").Say} say */
  constructor(root, api, say) {
    this.#root = root;
    this.#api = api;
    this.#say = say;
  }

  listen() {
    this.#root.addEventListener("input", ({ target }) => {
      if (!(target instanceof HTMLInputElement) || !("seek" in target.dataset)) return;
      window.clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => this.#seek(target), PAUSE);
    });
  }

  /** @param {HTMLInputElement} field */
  async #seek(field) {
    const text = field.value.trim();
    this.#asked = text;
    if (text.length < LEAST) return this.#show(field, [], "");
    const answer = await this.#api.get(`people?q=${encodeURIComponent(text)}`);
    if (this.#asked !== text || !field.isConnected) return;
    if (answer.kind !== "ok") return this.#show(field, [], "search.away");
    const people = answer.body.people ?? [];
    this.#show(field, people, people.length ? "" : "search.nobody");
  }

  /** @param {HTMLInputElement} field @param {any[]} people @param {string} slip */
  #show(field, people, slip) {
    const screen = field.closest("section");
    const part = (/** @type {string} */ name) =>
      /** @type {HTMLElement | null} */ (screen?.querySelector(`[data-part="${name}"]`));
    const template = document.querySelector('template[data-view="found-row"]');
    const rows = people.map((one) =>
      fill(/** @type {HTMLTemplateElement} */ (template), row(one), this.#say),
    );
    part("found")?.replaceChildren(...rows);
    const words = part("found-words");
    const head = people.length ? (field.dataset.seek ?? "") : slip;
    const isSaid = Boolean(head) && !(field.dataset.seek === "newcomer.near" && slip);
    if (words) words.textContent = isSaid ? this.#say(head, { count: people.length }) : "";
  }
}

/** @param {any} one */
const row = (one) => ({ ...one, isIn: one.is_checked_in });
