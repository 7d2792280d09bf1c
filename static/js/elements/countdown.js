/**
 * `<hall-countdown seconds="20">`: a ring that empties and says how many seconds are left.
 * Fires `elapsed` once. `restart(seconds)` begins again, `stop()` ends it silently.
 */
const RING = `<svg viewBox="0 0 36 36" aria-hidden="true">
  <circle class="ring" cx="18" cy="18" r="15.9155"/><circle class="rest" cx="18" cy="18" r="15.9155"/></svg><span></span>`;

export class Countdown extends HTMLElement {
  #timer = 0;
  #endsAt = 0;
  #length = 0;

  connectedCallback() {
    if (!this.firstChild) this.innerHTML = RING;
    this.restart(Number(this.getAttribute("seconds")) || 0);
  }

  disconnectedCallback() {
    this.stop();
  }

  /** @param {number} seconds */
  restart(seconds) {
    this.stop();
    if (seconds <= 0) return;
    this.#length = seconds * 1000;
    this.#endsAt = performance.now() + this.#length;
    this.#timer = window.setInterval(() => this.#show(), 250);
    this.#show();
  }

  stop() {
    window.clearInterval(this.#timer);
  }

  #show() {
    const left = Math.max(0, this.#endsAt - performance.now());
    this.style.setProperty("--gone", String(100 - (left / this.#length) * 100));
    /** @type {HTMLElement} */ (this.lastElementChild).textContent = String(Math.ceil(left / 1000));
    if (left > 0) return;
    this.stop();
    this.dispatchEvent(new CustomEvent("elapsed", { bubbles: true }));
  }
}

customElements.define("hall-countdown", Countdown);
