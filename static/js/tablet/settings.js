/** How staff set this tablet up: what it does when nobody is there, for which list, in which colours. */
import { useIcon } from "../lib/render.js";
import * as device from "./device.js";

export class Settings {
  /** @type {device.Settings} */
  chosen = { home: "check_in", list: "", theme: "", mute: false, language: "" };
  #root;
  #pairing;

  /** @param {HTMLElement} root @param {device.Pairing} pairing */
  constructor(root, pairing) {
    this.#root = root;
    this.#pairing = pairing;
  }

  async load() {
    this.chosen = await device.settings(this.#pairing);
    this.#show();
  }

  /** @param {Partial<device.Settings>} changes */
  async change(changes) {
    this.chosen = { ...this.chosen, ...changes };
    this.#show();
    await device.keep(this.chosen);
  }

  /** @param {HTMLFormElement} form */
  async take(form) {
    const { role: _, ...given } = Object.fromEntries(new FormData(form));
    await this.change(/** @type {Partial<device.Settings>} */ (given));
    form.closest("dialog")?.close();
  }

  /** Why a role was not changed; nothing else of the form is kept then, either. @param {string} key */
  complain(key) {
    for (const why of ["role.refused", "role.away"])
      this.#find(`[data-part="${why}"]`).hidden = why !== key;
  }

  #show() {
    const { role, sponsor } = this.#pairing;
    const roles = /** @type {HTMLSelectElement} */ (this.#find('select[name="role"]'));
    [roles.value, roles.disabled] = [role, Boolean(sponsor)];
    this.complain("");
    const { home, list, theme, mute, language } = this.chosen;
    const select = /** @type {HTMLSelectElement} */ (this.#find('select[name="list"]'));
    const names = device.listNames(this.#pairing);
    const options = names.map((name) => new Option(name, name, false, name === list));
    select.replaceChildren(select.options[0], ...options);
    /** @type {HTMLSelectElement} */ (this.#find('select[name="theme"]')).value = theme;
    /** @type {HTMLSelectElement} */ (this.#find('select[name="language"]')).value = language;
    const radio = this.#root.querySelector(`input[name="home"][value="${home}"]`);
    if (radio instanceof HTMLInputElement) radio.checked = true;
    document.documentElement.dataset.theme = theme;
    this.#find('[data-part="mute"]').setAttribute("aria-pressed", String(!mute));
    useIcon(this.#find('[data-part="mute"]'), mute ? "sound-off" : "sound");
    this.#find('[data-part="place"]').textContent = list;
  }

  /** @param {string} selector */
  #find(selector) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(selector));
  }
}
