/**
 * Where this tablet stands, as the server last said: the event, its phase, its lists, the time. The
 * tablet's own clock may be wrong; `now` is the server's as well as it is known.
 */
import { shelf } from "./device.js";
import { length, nextSeq } from "./queue.js";

/** @typedef {import("../lib/api.js").Answer} Answer */

export class Venue {
  phase = "open";
  #api;
  #offset = 0;

  /** @param {import("../lib/api.js").Api} api @param {import("./device.js").Pairing} pairing */
  constructor(api, pairing) {
    this.#api = api;
    this.event = pairing.event ?? {};
  }

  async load() {
    this.#offset = (await shelf.get("self", "offset")) ?? 0;
  }

  now() {
    return new Date(Date.now() + this.#offset);
  }

  /** Tells the desk how this tablet is, and hears how the event is. @returns {Promise<Answer>} */
  async beat() {
    const [queued, next_seq] = await Promise.all([length(), nextSeq()]);
    const report = { queued, next_seq, clock: new Date().toISOString() };
    const answer = await this.#api.post("heartbeat", report);
    if (answer.kind === "ok") await this.#hear(answer.body);
    return answer;
  }

  /** @param {any} told */
  async #hear(told) {
    this.#offset = new Date(told.server_time).getTime() - Date.now() || 0;
    await shelf.change(["self"], (on) => void on("self").put(this.#offset, "offset"));
    const answer = await this.#api.get("event");
    if (answer.kind !== "ok") return;
    this.event = answer.body.event ?? this.event;
    this.phase = answer.body.phase ?? this.phase;
  }
}
