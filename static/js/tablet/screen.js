/** Puts a state on the screen: the right template, filled; its colour; its time; and says it aloud. */
import { fill } from "../lib/render.js";
import { refocus } from "./focus.js";
import { secondsFor } from "./machine.js";
import { view } from "./view.js";

export class Screen {
  #root;
  #say;
  #timer = 0;
  #shown = "";
  /** @type {import("./machine.js").State | undefined} */
  #timed;

  /** @param {HTMLElement} root @param {import("../lib/render.js").Say} say */
  constructor(root, say) {
    this.#root = root;
    this.#say = say;
  }

  /**
   * @param {import("./machine.js").State} state
   * @param {Omit<import("./view.js").Scene, "say">} scene
   * @param {import("./machine.js").Mode} home
   */
  show(state, scene, home) {
    const { template, tone, values } = view(state, { ...scene, say: this.#say });
    const picture = JSON.stringify([document.documentElement.lang, template, values]);
    const isNew = picture !== this.#shown;
    if (isNew) this.#fill(template, tone, values);
    this.#shown = picture;
    this.#mark(state, home);
    if (isNew || state !== this.#timed) this.again(state, home);
  }

  /** Begins the countdown of this state anew. @param {import("./machine.js").State} state @param {import("./machine.js").Mode} home */
  again(state, home) {
    this.#timed = state;
    window.clearTimeout(this.#timer);
    const seconds = secondsFor(state, home);
    const ring = /** @type {import("../elements/countdown.js").Countdown | null} */ (
      this.#stage.querySelector("hall-countdown")
    );
    ring?.restart(seconds);
    if (seconds && !ring) this.#timer = window.setTimeout(() => this.#elapse(), seconds * 1000);
  }

  /** @param {string} template @param {string} tone @param {import("../lib/render.js").Values} values */
  #fill(template, tone, values) {
    const source = document.querySelector(`template[data-view="${template}"]`);
    const picture = fill(/** @type {HTMLTemplateElement} */ (source), values, this.#say);
    this.#stage.scrollTop = 0; // before the new content: after it, it would cost a layout
    refocus(this.#stage, template, () => this.#stage.replaceChildren(picture));
    this.#stage.dataset.tone = tone;
    const badges = this.#stage.querySelector(".badges");
    badges?.classList.toggle("badges--many", values.isGroup === true);
    const said = [...this.#stage.querySelectorAll("h1, h1 ~ p")]
      .map((node) => node.textContent?.trim().replace(/\s+/g, " "))
      .map((words) => (/[.!?]$/.test(words ?? "") ? words : `${words}.`))
      .join(" ");
    if (this.#part("said").textContent !== said) this.#part("said").textContent = said;
  }

  /** @param {import("./machine.js").State} state @param {import("./machine.js").Mode} home */
  #mark(state, home) {
    const door = this.#part("door");
    door.dataset.mode = home === "check_out" ? "check_out" : "check_in";
    const words = door.querySelector("span");
    if (words) words.textContent = this.#say(`mode.${door.dataset.mode}`);
    for (const button of this.#root.querySelectorAll('[data-does="mode"]')) {
      button.setAttribute(
        "aria-pressed",
        String(/** @type {HTMLElement} */ (button).dataset.mode === state.mode),
      );
    }
    for (const button of this.#root.querySelectorAll('[data-does="speak"]')) {
      const { value = "" } = /** @type {HTMLElement} */ (button).dataset;
      button.setAttribute("lang", value);
      button.setAttribute("aria-pressed", String(value === document.documentElement.lang));
    }
    this.#root.dataset.at = state.at;
    this.#root.dataset.mode = state.mode;
  }

  #elapse() {
    this.#stage.dispatchEvent(new CustomEvent("elapsed", { bubbles: true }));
  }

  get #stage() {
    return this.#part("stage");
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(`[data-part="${name}"]`));
  }
}
