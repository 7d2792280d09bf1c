/**
 * Whom this tablet may meet, each locked with their own code (kiosk/roster.py): fetched page by page
 * in the background, kept on disk, opened one by one when a badge is read.
 *
 * @typedef {{ status: string, approved: boolean, blocked: boolean, language: string,
 *   ticket_types: string[], shares: string[] | null, valid_from: string | null,
 *   valid_until: string | null }} Standing
 * @typedef {{ list: string, kinds: string[], at?: string, place: string }} Visit `at` and `place` are
 *   those of the last entry
 * @typedef {Standing & { place: number, code: string, ticket?: string, isReplaced?: boolean,
 *   name: string, company: string, pronouns: string, attention: string, visits: Visit[] }} Listed
 *   `place` is the person's own, `code` their badge's, `ticket` the status of the ticket that was read
 */
import { candidates } from "./code.js";
import { read } from "./entry.js";
import * as disk from "./roster_shelf.js";
import { canOpen, keysOf, unlock } from "./seal.js";

export class Roster {
  /** When the server last said who is coming, by its clock. @type {Date | undefined} */
  asOf;
  #api;
  #now;
  #salt = "";
  #cursor = "";
  #isBusy = false;
  #life = 0;

  /** @param {import("../lib/api.js").Api} api @param {() => Date} now */
  constructor(api, now) {
    this.#api = api;
    this.#now = now;
  }

  async load() {
    const { salt = "", cursor = "", asOf } = (await disk.mark()) ?? {};
    [this.#salt, this.#cursor, this.asOf] = [salt, cursor, asOf];
  }

  /** Reads on from where it stands; true when it has come to the end. */
  async refresh() {
    if (!canOpen || this.#isBusy) return false;
    this.#isBusy = true;
    try {
      return await this.#readOn();
    } finally {
      this.#isBusy = false;
    }
  }

  /** The person a badge or ticket stands for, as it was read; null when it opens nothing here. @param {string} text @returns {Promise<Listed | null>} */
  async find(text) {
    if (!canOpen || !this.#salt) return null;
    for (const code of candidates(text)) {
      const said = await this.#open(code);
      if (said && "listed" in said) return said.listed;
      const holder = said && (await this.#open(said.badge));
      if (holder && "listed" in holder) return { ...holder.listed, ticket: said.ticket };
    }
    return null;
  }

  /** Forgets everybody; what is still on its way is not taken either. */
  async clear() {
    this.#salt = this.#cursor = "";
    this.asOf = undefined;
    this.#life += 1;
    await disk.clear();
  }

  async #readOn() {
    const life = this.#life;
    for (;;) {
      const answer = await this.#api.get(`roster?since=${encodeURIComponent(this.#cursor)}`);
      const isPage = answer.kind === "ok" && typeof answer.body?.cursor === "string";
      if (!isPage || life !== this.#life) return false;
      const { salt, cursor, more } = answer.body;
      if (!more) this.asOf = this.#now();
      [this.#salt, this.#cursor] = [salt, cursor];
      await disk.keepPage(answer.body, { salt, cursor, asOf: this.asOf });
      if (!more) return true;
    }
  }

  /** @param {string} code @returns {Promise<import("./entry.js").Said | null>} */
  async #open(code) {
    const { index, key } = await keysOf(code, this.#salt);
    for (const row of await disk.rowsAt(index)) {
      const bytes = await unlock(key, row.nonce, row.entries[row.indexes.indexOf(index)]);
      const page = bytes && (await disk.pageOf(row));
      if (bytes && page) return read(bytes, page, { place: row.place, code });
    }
    return null;
  }
}
