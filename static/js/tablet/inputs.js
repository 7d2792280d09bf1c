/**
 * Everything a badge can be read with at this tablet: keyboard scanners and the camera, all at the
 * same time. One showing of a badge is one reading, whichever of them saw it.
 */
import { Camera } from "./camera/camera.js";
import * as lens from "./camera/lens.js";
import { DEFAULTS, Panel } from "./camera/panel.js";
import { bounded, Sight } from "./camera/sight.js";
import { show } from "./camera/viewfinder.js";
import { faced } from "./code.js";
import { Echo } from "./echo.js";
import { badgeRead } from "./timing.js";
import { Wedge } from "./wedge.js";

const CAMERA_ECHO = 5000; // ms
/**
 * @typedef {{ root: HTMLElement, settings: import("./settings.js").Settings,
 *   say: import("../lib/render.js").Say,
 *   read: (event: import("./machine.js").Step) => void }} Place
 */
export class Inputs {
  #place;
  #echo = new Echo();
  #sight = new Sight();
  #camera;
  #panel;
  #mode = "";

  /** @param {Place} place */
  constructor(place) {
    const { root, say } = place;
    this.#place = place;
    this.#panel = new Panel(root, say, (changes) => this.#choose(changes));
    const video = /** @type {HTMLVideoElement} */ (root.querySelector('[data-part="eye"]'));
    this.#camera = new Camera(video, {
      isWanted: () => !this.#choice.isOff && root.dataset.at !== "revoked",
      id: () => this.#choice.id,
      codes: (texts) => this.#see(texts.map(faced)),
      changed: () => this.#show(),
    });
  }

  listen() {
    const { read } = this.#place;
    const took = (/** @type {string} */ text) => read({ type: "code", code: faced(bounded(text)) });
    new Wedge(took, this.#echo).listen(document);
    document.addEventListener("pointerdown", () => this.#echo.forget());
    this.#show();
    this.#camera.watch();
  }

  /** @returns {import("./camera/panel.js").Choice} */
  get #choice() {
    return { ...DEFAULTS, ...this.#place.settings.chosen.camera };
  }

  /** @param {string[]} texts */
  #see(texts) {
    const { mode = "" } = this.#place.root.dataset;
    if (mode !== this.#mode) this.#sight.forget();
    this.#mode = mode;
    if (document.querySelector("dialog[open]")) return; // staff are at work
    const now = performance.now();
    const found = this.#sight.read(texts, now, mode === "swap");
    const isCrowd = found.length > 1 && mode !== "swap";
    const codes = isCrowd ? found : found.filter((one) => this.#isNews(one, now));
    if (!codes.length) return;
    badgeRead();
    this.#place.read(
      codes.length === 1 ? { type: "code", code: codes[0] } : { type: "codes", codes },
    );
  }

  /** @param {string} text @param {number} now */
  #isNews(text, now) {
    return !this.#echo.repeats(text, now, CAMERA_ECHO);
  }

  /** @param {Partial<import("./camera/panel.js").Choice>} changes */
  async #choose(changes) {
    await this.#place.settings.change({ camera: { ...this.#choice, ...changes } });
    this.#camera.again("id" in changes);
    this.#show();
  }

  #show() {
    const { stream } = this.#camera;
    const isMirrored = this.#choice.isMirrored ?? lens.looksAtVisitor(stream);
    show(stream, isMirrored);
    lens.light(stream, this.#choice.isLit);
    this.#panel.show(this.#camera, this.#choice, isMirrored);
  }
}
