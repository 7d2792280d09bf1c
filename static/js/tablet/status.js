/**
 * The line at the bottom: is there a network, how many scans are kept here, what needs a look; and
 * the two sheets that staff open from it.
 */
import { fill, useIcon, wordsOf } from "../lib/render.js";
import { length, seen, setAside } from "./queue.js";
import { clockTime, many, refusal } from "./words.js";

/** @typedef {import("../lib/render.js").Say} Say */

export class Status {
  #root;
  #say;
  #isOnline = navigator.onLine;

  /** @param {HTMLElement} root @param {Say} say */
  constructor(root, say) {
    this.#root = root;
    this.#say = say;
  }

  /** @param {boolean} isOnline */
  reached(isOnline) {
    this.#isOnline = isOnline;
    return this.show();
  }

  async show() {
    const [queued, aside] = await Promise.all([length(), setAside()]);
    this.#net();
    this.#line("queued", queued ? many(this.#say, "net.queued", queued) : "");
    this.#line("aside", aside.length ? many(this.#say, "aside", aside.length) : "");
    this.#list(aside);
  }

  /** @param {string} id */
  async settle(id) {
    await seen(id);
    await this.show();
  }

  #net() {
    const net = this.#part("net");
    net.dataset.tone = this.#isOnline ? "good" : "warning";
    wordsOf(net).textContent = this.#say(this.#isOnline ? "net.online" : "net.offline");
    useIcon(net, this.#isOnline ? "wifi" : "wifi-off");
  }

  /** @param {string} name @param {string} words */
  #line(name, words) {
    const line = this.#part(name);
    line.hidden = !words;
    wordsOf(line).textContent = words;
  }

  /** @param {import("./queue.js").Aside[]} aside */
  #list(aside) {
    const template = /** @type {HTMLTemplateElement} */ (this.#part("aside-row"));
    const rows = aside.map(({ scan, result }) => {
      const words = refusal(this.#say, result.reason);
      const who = (result.attendees ?? []).map((/** @type {any} */ one) => one.name).join(", ");
      const what = `${this.#say(`scan.${scan.kind}`)} · ${clockTime(scan.scanned_at)}`;
      return fill(
        template,
        { what, who, why: words.word, number: `№ ${scan.seq}`, id: scan.id },
        this.#say,
      );
    });
    this.#part("aside-list").replaceChildren(...rows);
    this.#part("aside-none").hidden = rows.length > 0;
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(`[data-part="${name}"]`));
  }
}
