/**
 * Moves the one-time token from the address (`/me/link#TOKEN`, never sent to a server) into
 * the form, so that pressing the button is all that is left to do; and past the choice of a
 * language, which loads the page anew. Without a script the field stays, to be typed into.
 */
const CARRIED = "hall-link"; // in this tab, until the page is back

export class OneTimeLink extends HTMLElement {
  connectedCallback() {
    this.#take();
    window.addEventListener("hashchange", this.#take); // scanned into a tab that is open
    document.addEventListener("submit", this.#carry);
  }

  disconnectedCallback() {
    window.removeEventListener("hashchange", this.#take);
    document.removeEventListener("submit", this.#carry);
  }

  #take = () => {
    const token = window.location.hash.slice(1) || window.sessionStorage.getItem(CARRIED);
    window.sessionStorage.removeItem(CARRIED);
    const field = this.querySelector("input");
    if (!token || !field) return;
    field.value = token;
    this.hidden = true;
    window.history.replaceState(null, "", window.location.pathname);
  };

  /** @param {SubmitEvent} event */
  #carry = (event) => {
    const isLanguage = event.target instanceof Element && event.target.closest(".tongues");
    const token = this.querySelector("input")?.value;
    if (isLanguage && token) window.sessionStorage.setItem(CARRIED, token);
  };
}

customElements.define("hall-link", OneTimeLink);
