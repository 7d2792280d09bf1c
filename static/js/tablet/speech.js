/**
 * Who is spoken to, and in which language: a visitor in theirs, as soon as a badge tells which;
 * otherwise what somebody chose on the waiting screen, or the tablet's own. Two people who have no
 * language in common are spoken to in the tablet's.
 *
 * @typedef {import("./machine.js").State} State
 */
import { wordsOf } from "../lib/render.js";
import { Catalogues, SOURCE } from "./catalogues.js";
import { speaker } from "./words.js";
import english from "./words/en.js";

const NOBODY = new Set(["waiting", "reading", "looking"]);
const ASTRAY = 60_000; // ms; somebody chose a language and went away

export class Speech {
  /** What a visitor may choose from. @type {{ tag: string, name: string }[]} */
  offered = [];
  #speak = speaker(english);
  #catalogues;
  #changed;
  #spoken = "";
  #visitor = "";
  #chosen = "";
  #was = "";
  #timer = 0;
  #isComplete = false;

  /** @param {string[]} ours what there are catalogues for @param {() => void} changed */
  constructor(ours, changed) {
    this.#catalogues = new Catalogues(ours);
    this.#changed = changed;
  }

  /** @type {import("../lib/render.js").Say} */
  say = (key, values) => this.#speak(key, values);

  load() {
    return this.#catalogues.load();
  }

  /** Hears what is new in the catalogues; again until all of them came. */
  async refresh() {
    if (this.#isComplete) return;
    this.#isComplete = await this.#catalogues.refresh();
    this.#spoken = "";
    this.#changed();
  }

  /** A visitor's choice holds until they were served or went away. @param {string} tag */
  choose(tag) {
    this.#chosen = this.#catalogues.find(tag);
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#forget(), ASTRAY);
    this.#changed();
  }

  /**
   * Speaks to whoever is here now; true when that is another language than before.
   * @param {State} state
   * @param {string} own what staff set, or "" for the event's first
   * @param {string[]} [languages] of the event
   */
  follow(state, own, languages = []) {
    const offered = this.#catalogues.offered(languages);
    this.offered = offered.length > 1 ? offered : [];
    const people = [...(state.people ?? []), ...(state.then?.people ?? [])];
    if (people.length) this.#visitor = this.#common(people);
    else if (NOBODY.has(state.at)) this.#visitor = "";
    if (state.at !== "waiting") window.clearTimeout(this.#timer);
    else if (this.#was !== "waiting") this.#chosen = "";
    this.#was = state.at;
    return this.#turnTo(this.#chosen || this.#visitor || own || languages[0]);
  }

  #forget() {
    this.#chosen = "";
    this.#changed();
  }

  /** @param {string} wanted */
  #turnTo(wanted) {
    const tag = this.#catalogues.find(wanted) || SOURCE;
    if (tag === this.#spoken) return false;
    const { direction, words } = this.#catalogues.get(tag);
    this.#spoken = tag;
    this.#speak = speaker(words);
    document.documentElement.lang = tag;
    document.documentElement.dir = direction;
    sayAll(document.body, this.say);
    return true;
  }

  /** @param {import("./machine.js").Card[]} people */
  #common(people) {
    const tags = new Set(people.map((one) => this.#catalogues.find(one.language)));
    tags.delete("");
    return tags.size === 1 ? [...tags][0] : "";
  }
}

/** Everything that stands still; what changes with the state is said when it is filled in. @param {HTMLElement} root @param {import("../lib/render.js").Say} say */
export function sayAll(root, say) {
  for (const node of /** @type {NodeListOf<HTMLElement>} */ (
    root.querySelectorAll("[data-say], [data-label]")
  )) {
    if (node.closest('[data-part="stage"]')) continue;
    const { say: key, label } = node.dataset;
    if (key) wordsOf(node).textContent = say(key);
    if (label) node.setAttribute("aria-label", say(label));
  }
}
