/**
 * The line at the bottom: is there a network, how many scans are kept here, how old is what this
 * tablet knows, what needs a look; and the sheets that staff open from it.
 */
import { fill, useIcon, wordsOf } from "../lib/render.js";
import { health, minutesAway } from "./health.js";
import { rows } from "./quarantine.js";
import { length, seen, setAside } from "./queue.js";
import { release } from "./upkeep.js";
import { clockTime, many } from "./words.js";

/** @typedef {import("../lib/render.js").Say} Say */

export class Status {
  /** Numbers of scans that neither the server nor this tablet has. @type {number[]} */
  lost = [];
  /** When the server last said who is coming; whoever keeps that list sets it. @type {() => Date | undefined} */
  peopleAsOf = () => undefined;
  #root;
  #told = "";
  #say;
  #venue;
  /** @type {import("../lib/api.js").Trouble | ""} */
  #trouble = navigator.onLine ? "" : "away";

  /** @param {HTMLElement} root @param {Say} say @param {import("./venue.js").Venue} venue */
  constructor(root, say, venue) {
    this.#root = root;
    this.#say = say;
    this.#venue = venue;
  }

  /** @param {import("../lib/api.js").Trouble | ""} trouble what keeps the server away, if anything */
  reached(trouble) {
    this.#trouble = trouble;
    return this.show();
  }

  /** Says how things are, but not while a badge is looked up: nobody waits for a verdict because of it. */
  async show() {
    if (this.#root.dataset.at === "reading") return;
    const [queued, aside, facts] = await Promise.all([length(), setAside(), this.#facts()]);
    const { trouble, peopleAsOf, zone } = facts;
    const minutes = minutesAway(facts, this.#venue.now());
    const told = JSON.stringify([queued, aside, facts, minutes, this.#say("health.online")]);
    if (told === this.#told) return;
    this.#told = told;
    this.#net(minutes);
    this.#line("queued", queued ? many(this.#say, "net.queued", queued) : "");
    const asOf = trouble && peopleAsOf ? clockTime(peopleAsOf, zone) : "";
    this.#line("as-of", asOf && this.#say("net.as_of", { time: asOf }));
    this.#line("aside", aside.length ? many(this.#say, "aside", aside.length) : "");
    this.#fill("aside-row", "aside-list", rows(aside, this.#say, zone));
    this.#part("aside-none").hidden = aside.length > 0;
    this.#fill("health-row", "health-list", health({ ...facts, queued }, this.#say));
    this.#part("release").textContent = this.#say("health.release", { release });
  }

  /** The server is known not to answer. */
  get isAway() {
    return this.#trouble !== "";
  }

  /** @param {string} id */
  async settle(id) {
    await seen(id);
    await this.show();
  }

  async #facts() {
    const { heardAt, offset, event } = this.#venue;
    const isPersistent = (await navigator.storage?.persisted?.()) ?? false;
    const [trouble, lost, zone] = [this.#trouble, this.lost, event.timezone];
    const peopleAsOf = this.peopleAsOf();
    return { trouble, heardAt, offset, lost, isPersistent, zone, peopleAsOf, queued: 0 };
  }

  /** @param {number} minutes without the server */
  #net(minutes) {
    const net = this.#part("net");
    const trouble = this.#trouble;
    net.dataset.tone = trouble ? "warning" : "good";
    const isLong = trouble === "away" && minutes > 0;
    const words = isLong
      ? many(this.#say, "net.away_for", minutes)
      : this.#say(`net.${trouble || "online"}`);
    wordsOf(net).textContent = words;
    useIcon(net, trouble ? "wifi-off" : "wifi");
  }

  /** @param {string} name @param {string} words */
  #line(name, words) {
    const line = this.#part(name);
    line.hidden = !words;
    wordsOf(line).textContent = words;
  }

  /** @param {string} row @param {string} list @param {import("../lib/render.js").Values[]} values */
  #fill(row, list, values) {
    const template = /** @type {HTMLTemplateElement} */ (this.#part(row));
    this.#part(list).replaceChildren(...values.map((one) => fill(template, one, this.#say)));
    for (const [place, { tone }] of values.entries())
      /** @type {HTMLElement} */ (this.#part(list).children[place]).dataset.tone = tone ?? "";
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(`[data-part="${name}"]`));
  }
}
