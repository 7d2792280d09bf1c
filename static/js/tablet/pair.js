/** `<hall-pair>`: a one-time code makes this tablet the event's; then it goes to work. */
import { Api } from "../lib/api.js";
import { begin } from "./pairing.js";
import { Upkeep } from "./upkeep.js";
import english from "./words/en.js";
import { speaker } from "./words.js";

const say = speaker(english);

class Pair extends HTMLElement {
  connectedCallback() {
    void new Upkeep(this).start();
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
      await begin(answer.body);
      location.replace("/kiosk/");
    } catch {
      this.#tell("pair.storage");
    }
  }

  /** @param {string} key */
  #tell(key) {
    const part = (/** @type {string} */ name) =>
      /** @type {HTMLElement} */ (this.querySelector(`[data-part="${name}"]`));
    part("trouble").hidden = !key;
    part("words").textContent = key && say(key);
  }
}

customElements.define("hall-pair", Pair);
