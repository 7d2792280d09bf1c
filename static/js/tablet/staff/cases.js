/**
 * Who waits at the help desk: on the tablets of that desk alone, from all gates, with a count in the
 * bottom line. "Done" is kept and sent like everything else.
 */
import { fill, wordsOf } from "../../lib/render.js";
import { uuid } from "../../lib/uuid.js";
import { clockTime, many, refusal } from "../words.js";

export class Cases {
  /** @type {any[]} */
  #waiting = [];
  #done = new Set();
  #root;
  #hands;
  #say;
  #zone;

  /** @param {HTMLElement} root @param {import("../errands.js").Hands} hands @param {import("../../lib/render.js").Say} say @param {string} [zone] of the venue */
  constructor(root, hands, say, zone) {
    this.#zone = zone;
    this.#root = root;
    this.#hands = hands;
    this.#say = say;
  }

  async look() {
    const answer = await this.#hands.api.get("referrals");
    if (answer.kind === "ok") this.#waiting = answer.body.cases ?? [];
    this.show();
  }

  /** @param {string} id */
  settle(id) {
    this.#done.add(id);
    this.show();
    const act = { id: uuid(), kind: "settle", at: this.#hands.now().toISOString(), referral: id };
    return this.#hands.keeper.keep("acts", act);
  }

  /** Names leave the memory of a tablet that is taken away. */
  forget() {
    this.#waiting = [];
    this.show();
  }

  show() {
    const waiting = this.#waiting.filter((one) => !this.#done.has(one.id));
    const button = this.#part("cases");
    button.hidden = !waiting.length;
    wordsOf(button).textContent = waiting.length ? many(this.#say, "cases", waiting.length) : "";
    const template = /** @type {HTMLTemplateElement} */ (this.#part("case-row"));
    const rows = waiting.map((one) => fill(template, this.#row(one), this.#say));
    this.#part("cases-list").replaceChildren(...rows);
    this.#part("cases-none").hidden = rows.length > 0;
  }

  /** @param {any} one */
  #row({ id, name, company, code, reason, note, place, referred_at }) {
    const { word } = refusal(this.#say, reason);
    const from = this.#say("cases.from", { place, when: clockTime(referred_at, this.#zone) });
    return { id, code, company, note, from, why: word, who: name || this.#say("cases.nobody") };
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(`[data-part="${name}"]`));
  }
}
