/**
 * What staff see of the camera: one word in the line at the bottom, and on the sheet which camera,
 * mirror, light, on or off, with a sentence when it does not work. What they change holds at once.
 */
import { useIcon, wordsOf } from "../../lib/render.js";
import { cameras, hasTorch } from "./lens.js";

/**
 * @typedef {{ id: string, isOff: boolean, isMirrored: boolean | null, isLit: boolean }} Choice
 * @typedef {import("./camera.js").Camera} Camera
 */
/** @type {Choice} */
export const DEFAULTS = { id: "", isOff: false, isMirrored: null, isLit: false };

export class Panel {
  #root;
  #say;
  #changed;

  /**
   * @param {HTMLElement} root @param {import("../../lib/render.js").Say} say
   * @param {(changes: Partial<Choice>) => void} changed
   */
  constructor(root, say, changed) {
    this.#root = root;
    this.#say = say;
    this.#changed = changed;
    this.#find("camera-sheet").addEventListener("change", ({ target }) => this.#take(target));
  }

  /** @param {Camera} camera @param {Choice} choice @param {boolean} isMirrored */
  async show({ health, stream }, choice, isMirrored) {
    this.#fact(health);
    this.#tell(this.#find("camera-line"), `camera.line.${health}`);
    this.#find("camera-line").dataset.tone = health === "on" ? "good" : "";
    this.#box("isOff").checked = !choice.isOff;
    this.#box("isMirrored").checked = isMirrored;
    this.#box("isLit").checked = choice.isLit;
    this.#find("camera-mirror").hidden = !stream;
    this.#find("camera-light").hidden = !hasTorch(stream);
    await this.#list(choice.id);
  }

  /** @param {string} health */
  #fact(health) {
    const fact = this.#find("camera-fact");
    const isOn = health === "on";
    fact.hidden = health === "off";
    fact.dataset.tone = isOn || health === "starting" ? "" : "warning";
    this.#tell(fact, `camera.word.${isOn ? "on" : wordFor(health)}`);
    useIcon(fact, isOn ? "camera" : "camera-off");
  }

  /** Said again by itself when the language changes. @param {HTMLElement} node @param {string} key */
  #tell(node, key) {
    node.dataset.say = key;
    wordsOf(node).textContent = this.#say(key);
  }

  /** @param {string} chosen */
  async #list(chosen) {
    const select = /** @type {HTMLSelectElement} */ (this.#find("camera-choice"));
    const known = await cameras();
    this.#find("camera-several").hidden = known.length < 2 && !chosen;
    const options = known.map(({ id, name }, at) => {
      const words = name || this.#say("camera.nameless", { number: at + 1 });
      return new Option(words, id, false, id === chosen);
    });
    const facing = new Option(this.#say("camera.facing"), "", false, !chosen);
    facing.dataset.say = "camera.facing"; // the language may change
    select.replaceChildren(facing, ...options);
  }

  /** @param {EventTarget | null} target */
  #take(target) {
    if (target instanceof HTMLSelectElement) this.#changed({ id: target.value });
    if (!(target instanceof HTMLInputElement)) return;
    const isOn = target.checked;
    this.#changed(target.name === "isOff" ? { isOff: !isOn } : { [target.name]: isOn });
  }

  /** @param {string} name */
  #box(name) {
    return /** @type {HTMLInputElement} */ (
      this.#find("camera-sheet").querySelector(`[name="${name}"]`)
    );
  }

  /** @param {string} name */
  #find(name) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(`[data-part="${name}"]`));
  }
}

/** The short word; the sheet has the sentence. @param {string} health */
const wordFor = (health) => (health === "starting" ? "starting" : "none");
