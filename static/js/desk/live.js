/**
 * `<hall-live src="…">` asks every few seconds for a newer copy of the part "content" and puts
 * it in place. While the server says "not modified", or nobody looks, nothing happens. Without
 * a script the content stands as it was when the page was made.
 */
const EVERY = 5_000;
const AT_MOST = 60_000;

export class Live extends HTMLElement {
  #timer = 0;
  #wait = EVERY;
  #etag = "";
  #onVisible = () => {
    if (document.visibilityState === "visible") this.#ask();
  };

  connectedCallback() {
    document.addEventListener("visibilitychange", this.#onVisible);
    this.#ask();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.#onVisible);
    window.clearTimeout(this.#timer);
  }

  async #ask() {
    window.clearTimeout(this.#timer);
    if (document.visibilityState === "visible") await this.#refresh();
    if (this.isConnected) this.#timer = window.setTimeout(() => this.#ask(), this.#wait);
  }

  async #refresh() {
    try {
      const headers = this.#etag ? { "If-None-Match": this.#etag } : undefined;
      const answer = await fetch(this.getAttribute("src") ?? "", { headers, cache: "no-store" });
      if (answer.redirected) return location.reload(); // signed out meanwhile
      if (answer.ok) {
        this.#show(await answer.text());
        this.#etag = answer.headers.get("ETag") ?? "";
      }
      this.#settle(answer.ok || answer.status === 304);
    } catch {
      this.#settle(false);
    }
  }

  /** The link that had the focus has it again afterwards. @param {string} content */
  #show(content) {
    const place = this.#part("content");
    const focused = place.contains(document.activeElement) ? document.activeElement : null;
    const href = focused?.getAttribute("href");
    place.innerHTML = content;
    const again = href && place.querySelector(`a[href="${CSS.escape(href)}"]`);
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  }

  /** @param {boolean} isWell */
  #settle(isWell) {
    this.#wait = isWell ? EVERY : Math.min(this.#wait * 2, AT_MOST);
    this.#part("stale").hidden = isWell;
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-part="${name}"]`));
  }
}

customElements.define("hall-live", Live);
