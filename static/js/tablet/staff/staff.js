/**
 * What a tablet does for its staff, put together: the PIN, the search, the help desk's list; and
 * what of it the screens must know.
 *
 * @typedef {{ role: string, ticketTypes: string[], list?: import("../door.js").Rule }} Standing
 */
import { shelf } from "../device.js";
import { whenForgetting } from "../forget.js";
import { Acquaintances } from "./acquaintances.js";
import { Cases } from "./cases.js";
import { Lock } from "./lock.js";
import { Pad } from "./pad.js";
import { Seeker } from "./seeker.js";

export class Staff {
  /** @type {{ ticket_types: string[] }} */
  #facts = { ticket_types: [] };
  #pairing;
  #hands;
  #lock;
  #pad;
  #seeker;
  #acquaintances = new Acquaintances();
  cases;

  /** @param {HTMLElement} root @param {import("../errands.js").Hands} hands @param {import("../device.js").Pairing} pairing @param {import("../../lib/render.js").Say} say */
  constructor(root, hands, pairing, say) {
    this.#pairing = pairing;
    this.#hands = hands;
    this.#lock = new Lock(hands.api);
    this.#pad = new Pad(root, this.#lock, say);
    this.#seeker = new Seeker(root, hands.api, say, this.#acquaintances);
    this.cases = new Cases(root, hands, say, pairing.event?.timezone);
    root.dataset.role = pairing.role;
  }

  async load() {
    this.#facts = { ...this.#facts, ...(await shelf.get("self", "facts")) };
    await this.#lock.load();
  }

  listen() {
    this.#pad.listen();
    if (this.#isStaffed) this.#seeker.listen();
    whenForgetting(() => this.cases.forget());
    whenForgetting(() => this.#acquaintances.forget());
    const inWords = new MutationObserver(() => this.cases.show());
    inWords.observe(document.documentElement, { attributeFilter: ["lang"] });
  }

  /** With every sign of life: what the server said of the event. @param {any} told */
  async hear(told) {
    if (!told) return;
    const { ticket_types = [], pin = null } = told;
    this.#facts = { ticket_types };
    await shelf.change(["self"], (on) => void on("self").put(this.#facts, "facts"));
    await this.#lock.hear(pin);
    if (this.#pairing.role === "desk") await this.cases.look();
  }

  /** Another role: the server decides, by the PIN; a word when it did not. @param {string} role @returns {Promise<string>} */
  async become(role) {
    if (role === this.#pairing.role) return "";
    const answer = await this.#hands.api.post("role", { role, pin: this.#lock.digits });
    if (answer.kind !== "ok") return answer.kind === "refused" ? "role.refused" : "role.away";
    await shelf.change(["self"], (on) => void on("self").put({ ...this.#pairing, role }, "pairing"));
    location.reload();
    return "";
  }

  /** In self-service nobody is remembered. @param {import("../machine.js").State} state */
  note(state) {
    if (this.#isStaffed) this.#acquaintances.note(state);
  }

  get #isStaffed() {
    return this.#pairing.role !== "kiosk";
  }

  /** @returns {Standing} */
  get standing() {
    const list = this.#hands.alone.rules.rule(this.#hands.list());
    return { role: this.#pairing.role, ticketTypes: this.#facts.ticket_types, list };
  }
}
