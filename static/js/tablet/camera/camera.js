/**
 * A camera that looks after itself: every second what is wanted is made so. A stream that ends or
 * stalls is opened anew, one that cannot be opened is tried again after a rest; a page that nobody
 * sees films nobody.
 */
import { Frames } from "./frames.js";
import * as lens from "./lens.js";
import { Reader } from "./reader.js";

const TENDED = 1000; // ms
const RESTS = [2, 4, 8, 15, 30]; // seconds

/** @typedef {"off" | "starting" | "on" | "broken" | lens.Trouble} Health */

export class Camera {
  /** @type {MediaStream | null} */
  stream = null;
  /** @type {Health} */
  health = "off";
  #hands;
  #frames;
  #reader;
  #isBroken = false;
  #isOpening = false;
  #failures = 0;
  #restUntil = 0;

  /**
   * @param {HTMLVideoElement} video
   * @param {{ isWanted: () => boolean, id: () => string, codes: (texts: string[]) => void,
   *   changed: () => void }} hands
   */
  constructor(video, hands) {
    this.#hands = hands;
    this.#reader = new Reader({ codes: hands.codes, broken: (is) => this.#decoder(is) });
    const isFree = () => this.#reader.isFree;
    this.#frames = new Frames(video, isFree, (frame) => this.#reader.look(frame));
  }

  watch() {
    window.setInterval(() => this.#tend(), TENDED);
    document.addEventListener("visibilitychange", () => this.again());
    lens.whenChanged(() => this.again());
    this.#tend();
  }

  /** Something has changed: look at once; anew when another one was chosen. @param {boolean} [isOther] */
  again(isOther) {
    if (isOther) this.#close("starting");
    this.#restUntil = 0;
    return this.#tend();
  }

  #tend() {
    if (!this.#hands.isWanted()) return this.#close("off");
    if (document.hidden) return this.#close("starting");
    if (!lens.isPossible()) return this.#close("insecure");
    if (this.stream && this.#isStalled()) this.#close("starting");
    const isResting = this.#isOpening || performance.now() < this.#restUntil;
    if (!this.stream && !isResting) return this.#open();
  }

  #isStalled() {
    return this.#frames.isStalled || lens.trackOf(this.stream)?.readyState !== "live";
  }

  async #open() {
    this.#isOpening = true;
    if (this.health === "off") this.#turn("starting");
    try {
      this.#show(await lens.open(this.#hands.id()));
    } catch (error) {
      this.#rest(lens.troubleOf(error));
    } finally {
      this.#isOpening = false;
    }
  }

  /** @param {MediaStream} stream */
  #show(stream) {
    if (!this.#hands.isWanted() || document.hidden) return lens.close(stream);
    this.stream = stream;
    this.#failures = 0;
    this.#reader.start();
    this.#frames.start(stream);
    lens.trackOf(stream)?.addEventListener("ended", () => this.again());
    this.#turn(this.#isBroken ? "broken" : "on");
  }

  /** A person who said no is not asked again by a clock. @param {lens.Trouble} trouble */
  #rest(trouble) {
    const rest = RESTS[Math.min(this.#failures++, RESTS.length - 1)] * 1000;
    this.#restUntil = trouble === "denied" ? Infinity : performance.now() + rest;
    this.#turn(trouble);
  }

  /** @param {boolean} isBroken */
  #decoder(isBroken) {
    this.#isBroken = isBroken;
    if (this.stream) this.#turn(isBroken ? "broken" : "on");
  }

  /** @param {Health} health */
  #close(health) {
    const wasOpen = Boolean(this.stream);
    this.#frames.stop();
    lens.close(this.stream);
    this.stream = null;
    if (wasOpen || health !== "starting") this.#turn(health);
  }

  /** @param {Health} health */
  #turn(health) {
    if (health === this.health && health !== "on") return;
    this.health = health;
    this.#hands.changed();
  }
}
