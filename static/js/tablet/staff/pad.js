/**
 * The sheet that asks for the PIN: keys for fingers, the same field for a keyboard. What comes of a
 * try is said aloud, and nothing of the digits is.
 */
const LONGEST = 8;
const LEAST = 4;

export class Pad {
  #dialog;
  #lock;
  #say;
  #timer = 0;
  /** @type {() => void} */
  #then = () => {};

  /** @param {HTMLElement} root @param {import("./lock.js").Lock} lock @param {import("../../lib/render.js").Say} say */
  constructor(root, lock, say) {
    this.#dialog = /** @type {HTMLDialogElement} */ (root.querySelector("#pin"));
    this.#lock = lock;
    this.#say = say;
  }

  /** Every guarded press passes here first. */
  listen() {
    document.addEventListener("click", (event) => this.#guard(event), { capture: true });
    this.#dialog.addEventListener("click", (event) => this.#press(event));
    this.#dialog.addEventListener("submit", (event) => this.#submit(event));
    this.#dialog.addEventListener("close", () => this.#clear());
    window.addEventListener("keydown", (event) => this.#key(event), { capture: true });
  }

  /** @param {Event} event */
  #guard(event) {
    const button = event.target instanceof Element && event.target.closest("[data-guarded]");
    if (!(button instanceof HTMLElement) || this.#lock.isOpen) return;
    event.stopPropagation();
    event.preventDefault();
    this.#then = () => button.click();
    this.#clear();
    this.#dialog.showModal();
    this.#field.focus();
    this.#pause();
  }

  /** @param {Event} event */
  #press(event) {
    const key = event.target instanceof Element && event.target.closest("[data-digit]");
    if (!(key instanceof HTMLElement)) return;
    this.#put(key.dataset.digit ?? "");
  }

  /** Digits typed while a key of the pad has the focus; a scanner's reading is not meant. @param {KeyboardEvent} event */
  #key(event) {
    if (!this.#dialog.open || event.target === this.#field) return;
    if (!/^(\d|Backspace)$/.test(event.key)) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    this.#put(event.key.length === 1 ? event.key : "");
  }

  /** @param {string} digit none: the last one goes */
  #put(digit) {
    const { value } = this.#field;
    this.#field.value = digit ? (value + digit).slice(0, LONGEST) : value.slice(0, -1);
  }

  /** @param {Event} event */
  async #submit(event) {
    event.preventDefault();
    event.stopPropagation();
    const digits = this.#field.value;
    if (this.#lock.wait || digits.length < LEAST) return;
    this.#tell("pin.looking");
    const outcome = await this.#lock.try(digits);
    this.#field.value = "";
    this.#field.focus();
    if (outcome !== "right") return this.#pause(`pin.${outcome}`);
    this.#dialog.close();
    this.#then();
  }

  /** Says how long the next try has to wait, second by second. @param {string} [key] */
  #pause(key = "") {
    const seconds = this.#lock.wait;
    this.#go.disabled = seconds > 0;
    this.#tell(seconds ? "pin.wait" : key, seconds);
    window.clearTimeout(this.#timer);
    if (seconds) this.#timer = window.setTimeout(() => this.#pause(key), 1000);
  }

  #clear() {
    window.clearTimeout(this.#timer);
    this.#field.value = "";
    this.#tell("");
  }

  /** @param {string} key @param {number} [count] */
  #tell(key, count) {
    const words = /** @type {HTMLElement} */ (this.#dialog.querySelector('[data-part="pin-said"]'));
    words.textContent = key ? this.#say(key, { count }) : "";
  }

  get #field() {
    return /** @type {HTMLInputElement} */ (this.#dialog.querySelector("input"));
  }

  get #go() {
    return /** @type {HTMLButtonElement} */ (this.#dialog.querySelector('[type="submit"]'));
  }
}
