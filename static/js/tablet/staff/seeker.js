/**
 * Finds people while somebody types: a field with `data-seek` fills the list `data-part="found"` of
 * its screen. At least three letters, at most what the server gives; without a network it says so.
 * Somebody new is also held against whom this tablet has greeted, which the server may not know yet.
 *
 * @typedef {import("./acquaintances.js").Acquaintances} Acquaintances
 */
import { fill } from "../../lib/render.js";

const PAUSE = 200; // ms between the last key and the question
const LEAST = 3;
const NEW = "newcomer.near";

export class Seeker {
  #root;
  #api;
  #say;
  #known;
  #timer = 0;
  #asked = "";

  /** @param {HTMLElement} root @param {import("../../lib/api.js").Api} api @param {import("../../lib/render.js").Say} say @param {Acquaintances} known */
  constructor(root, api, say, known) {
    this.#root = root;
    this.#api = api;
    this.#say = say;
    this.#known = known;
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
    const isNew = field.dataset.seek === NEW;
    const known = isNew ? this.#known.near(text) : [];
    const isGate = this.#root.dataset.role === "gate"; // which may not search otherwise
    const way = isNew && isGate ? "namesakes?name" : "people?q";
    const answer = await this.#api.get(`${way}=${encodeURIComponent(text)}`);
    if (this.#asked !== text || !field.isConnected) return;
    if (answer.kind !== "ok") return this.#show(field, known, isNew ? `${NEW}_away` : "search.away");
    const people = together(answer.body.people ?? [], known);
    this.#show(field, people, people.length || isNew ? "" : "search.nobody");
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
    const said = [people.length ? (field.dataset.seek ?? "") : "", slip].filter(Boolean);
    if (words) words.textContent = said.map((key) => this.#say(key)).join(" ");
  }
}

/** @param {any} one */
const row = (one) => ({ ...one, isIn: one.isIn ?? one.is_checked_in });

/** Whom the server knows, then who is known here alone. @param {any[]} people @param {any[]} known */
const together = (people, known) => [
  ...people,
  ...known.filter(({ name, company }) =>
    people.every((one) => one.name !== name || one.company !== company),
  ),
];
