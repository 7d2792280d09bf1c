/**
 * Where this tablet stands, as the server last said: the event, its phase, its lists, the time. The
 * tablet's own clock may be wrong, or be set back while it runs; `now` is the server's as well as it
 * is known. (The clock that nobody sets stands still while a tablet sleeps, so the later one counts.)
 */
import { battery } from "../lib/battery.js";
import { shelf } from "./device.js";
import { goOnAfter, nextSeq } from "./numbers.js";
import { length } from "./queue.js";
import { release } from "./upkeep.js";

/** @typedef {import("../lib/api.js").Answer} Answer */

export class Venue {
  phase = "open";
  /** The server's time less this tablet's, in ms; unknown until it was heard once. @type {number | undefined} */
  offset;
  /** When the server last answered, by its own time. @type {Date | undefined} */
  heardAt;
  /** Who else wants to hear what the server said of the event. @type {(body: any) => Promise<unknown>} */
  told = async () => undefined;
  #api;
  #firstSeq;
  #mark = { at: 0, ticks: 0 };

  /** @param {import("../lib/api.js").Api} api @param {import("./device.js").Pairing} pairing */
  constructor(api, pairing) {
    this.#api = api;
    this.event = pairing.event ?? {};
    this.#firstSeq = pairing.first_seq ?? 1;
  }

  async load() {
    this.offset = await shelf.get("self", "offset");
    this.heardAt = await shelf.get("self", "heard_at");
    this.#mark = { at: Date.now() + (this.offset ?? 0), ticks: performance.now() };
  }

  now() {
    const counted = this.#mark.at + performance.now() - this.#mark.ticks;
    return new Date(Math.max(counted, Date.now() + (this.offset ?? 0)));
  }

  /** Tells the desk how this tablet is, and hears how the event is. @returns {Promise<Answer>} */
  async beat() {
    const [queued, next_seq, level] = await Promise.all([length(), nextSeq(), battery()]);
    const clock = new Date().toISOString();
    const own = { clock, release, first_seq: this.#firstSeq };
    const report = { queued, next_seq, ...own, ...(level !== null && { battery: level }) };
    const answer = await this.#api.post("heartbeat", report);
    if (answer.kind !== "ok") return answer;
    if (!answer.body?.server_time) return { kind: "offline", why: "stranger" };
    await this.#hear(new Date(answer.body.server_time));
    return answer;
  }

  /** @param {Date} time the server's */
  async #hear(time) {
    const offset = time.getTime() - Date.now();
    this.offset = offset;
    this.heardAt = time;
    this.#mark = { at: time.getTime(), ticks: performance.now() };
    await shelf.change(["self"], (on) => {
      on("self").put(offset, "offset");
      on("self").put(time, "heard_at");
    });
    const answer = await this.#api.get("event");
    if (answer.kind !== "ok") return;
    await goOnAfter(answer.body.last_seq ?? 0);
    this.event = answer.body.event ?? this.event;
    this.phase = answer.body.phase ?? this.phase;
    await this.told(answer.body);
  }
}
