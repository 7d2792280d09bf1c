/**
 * The rules of the doors as the server last said them: lists, the one this tablet stands at, and from
 * when until when a scan counts. They outlive a restart without a network.
 *
 * @typedef {{ lists: import("./door.js").Rule[], list: string, opens_at: string, ended_at: string,
 *   late_until: string }} Heard
 */
import { shelf } from "./device.js";

export class Rules {
  #heard;

  /** @param {import("./device.js").Pairing} pairing what is known until the server is heard */
  constructor({ lists = [], event = {} }) {
    const { opens_at, ends_at } = event;
    /** @type {Heard} */
    this.#heard = { lists, list: "", opens_at, ended_at: ends_at, late_until: ends_at };
  }

  async load() {
    this.#heard = (await shelf.get("self", "rules")) ?? this.#heard;
  }

  /** @param {any} body of GET /api/v1/event */
  async hear({ lists, list, event, ended_at, late_until }) {
    if (!lists || !ended_at) return; // an older server
    this.#heard = { lists, list, opens_at: event.opens_at, ended_at, late_until };
    await shelf.change(["self"], (on) => void on("self").put(this.#heard, "rules"));
  }

  /** The list a scan names, else the one this tablet stands at, else the only one. @param {string} [name] */
  rule(name) {
    const { lists, list } = this.#heard;
    const wanted = name || list;
    if (!wanted && lists.length === 1) return lists[0];
    return lists.find((rule) => rule.name === wanted);
  }

  get span() {
    return this.#heard;
  }
}
