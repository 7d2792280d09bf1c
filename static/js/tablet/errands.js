/**
 * What the machine wants done: a scan is kept first, then sent; a badge is looked up. The answers
 * come back as steps. A person who waits too long is told that the scan is kept.
 *
 * @typedef {import("./machine.js").Effect} Effect
 * @typedef {import("./machine.js").Step} Step
 */
import { enqueue, markKept } from "./queue.js";

const PATIENCE = 2500; // ms

export class Errands {
  #api;
  #sender;
  #sounds;
  #now;
  #told;
  /** @type {Map<string, number>} */
  #waiting = new Map();

  /**
   * @param {{ api: import("../lib/api.js").Api, sender: import("./sender.js").Sender,
   *   sounds: import("./sounds.js").Sounds, now: () => Date, told: (step: Step) => void }} parts
   */
  constructor({ api, sender, sounds, now, told }) {
    this.#api = api;
    this.#sender = sender;
    this.#sounds = sounds;
    this.#now = now;
    this.#told = told;
  }

  /** @param {Effect} effect @param {string} list */
  run(effect, list) {
    switch (effect.do) {
      case "sound":
        return this.#sounds.play(effect.sound);
      case "look_up":
        return void this.#lookUp(effect.code);
      case "link":
        return void this.#link(effect.code);
      case "scan":
        return void this.#scan(effect, list);
    }
  }

  /** Called with every answer to a scan. @param {any} result */
  answered(result) {
    window.clearTimeout(this.#waiting.get(result.id));
    this.#waiting.delete(result.id);
    this.#told({ type: "answered", result });
  }

  /** @param {Extract<Effect, { do: "scan" }>} effect @param {string} list */
  async #scan({ id, kind, codes, annuls }, list) {
    const scanned_at = this.#now().toISOString();
    const named = { ...(list && { list }), ...(annuls && { annuls }) };
    const scan = { id, kind, codes: codes ?? [], scanned_at, ...named };
    try {
      const { seq } = await enqueue(scan);
      this.#waiting.set(
        id,
        window.setTimeout(() => this.#keep(id, seq, scanned_at), PATIENCE),
      );
      await this.#sender.wake();
    } catch {
      this.answered({ id, outcome: "rejected", reason: "malformed", attendees: [] });
    }
  }

  /** @param {string} id @param {number} seq @param {string} at */
  async #keep(id, seq, at) {
    this.#told({ type: "kept", id, at });
    await markKept(seq);
  }

  /** @param {string} code */
  async #lookUp(code) {
    const answer = await Promise.race([this.#api.post("cards", { codes: [code] }), tooLate()]);
    const card = answer.kind === "ok" ? answer.body.cards?.[0] : null;
    this.#told({ type: "card", code, card: card ?? null });
  }

  /** @param {string} code */
  async #link(code) {
    const answer = await Promise.race([this.#api.post("links", { code }), tooLate()]);
    this.#told({ type: "link", url: answer.kind === "ok" ? answer.body.url : undefined });
  }
}

/** @returns {Promise<{ kind: "offline" }>} */
function tooLate() {
  return new Promise((resolve) => {
    window.setTimeout(() => resolve({ kind: "offline" }), PATIENCE);
  });
}
