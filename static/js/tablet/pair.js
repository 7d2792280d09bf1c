/**
 * `<hall-pair>`: an organiser approves the code this tablet shows, or types a one-time code of theirs
 * here; then it goes to work.
 */
import { Api } from "../lib/api.js";
import { pageSpeaker } from "./catalogues.js";
import { begin } from "./pairing.js";
import { length } from "./queue.js";
import { Asking } from "./staff/asking.js";
import { Upkeep } from "./upkeep.js";
import { many } from "./words.js";

const say = pageSpeaker();

class Pair extends HTMLElement {
  connectedCallback() {
    void new Upkeep(this).start();
    void new Asking(this, say, (enrolled) => this.#begin(enrolled)).start();
    void this.#tellKept().catch(() => this.#tell("pair.storage"));
    const form = /** @type {HTMLFormElement} */ (this.querySelector("form"));
    this.#takeFromAddress(form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#pair(String(new FormData(form).get("pairing_code")));
    });
  }

  /**
   * A link or its QR code brings the pairing code in the fragment, which no server sees; the
   * person still presses the button.
   * @param {HTMLFormElement} form
   */
  #takeFromAddress(form) {
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("pairing_code"));
    field.value = decodeURIComponent(location.hash.slice(1)) || field.value;
    history.replaceState(null, "", location.pathname);
  }

  /** @param {string} code */
  async #pair(code) {
    this.#tell("");
    const pairing_code = code.toUpperCase().replace(/[\s-]/g, "");
    try {
      const answer = await new Api().post("devices", { pairing_code });
      if (answer.kind !== "ok")
        return this.#tell(answer.kind === "offline" ? "pair.offline" : "pair.bad");
      await this.#begin(answer.body);
    } catch {
      this.#tell("pair.storage");
    }
  }

  /** @param {any} enrolled */
  async #begin(enrolled) {
    await begin(enrolled);
    location.replace("/kiosk/");
  }

  /** @param {string} key */
  #tell(key) {
    this.#part("trouble").hidden = !key;
    this.#part("words").textContent = key && say(key);
  }

  /** What an earlier pairing left here waits for the next one. */
  async #tellKept() {
    const count = await length();
    this.#part("kept").hidden = !count;
    this.#part("kept").textContent = count ? many(say, "pair.again", count) : "";
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-part="${name}"]`));
  }
}

customElements.define("hall-pair", Pair);
