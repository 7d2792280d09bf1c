/**
 * Moves the one-time token from the address (`/me/link#TOKEN`, never sent to a server) into
 * the form, so that pressing the button is all that is left to do. Without a script the
 * field stays, to be typed into.
 */
export class OneTimeLink extends HTMLElement {
  connectedCallback() {
    this.#take();
    window.addEventListener("hashchange", this.#take); // scanned into a tab that is open
  }

  disconnectedCallback() {
    window.removeEventListener("hashchange", this.#take);
  }

  #take = () => {
    const token = window.location.hash.slice(1);
    const field = this.querySelector("input");
    if (!token || !field) return;
    field.value = token;
    this.hidden = true;
    window.history.replaceState(null, "", window.location.pathname);
  };
}

customElements.define("hall-link", OneTimeLink);
