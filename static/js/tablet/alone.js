/**
 * All by which the tablet goes on by itself: the roster, what it did since, the rules of the doors,
 * and whether the server is away. The server is asked first while it answers.
 */
import { whenForgetting } from "./forget.js";
import { Journal } from "./journal.js";
import { Judge } from "./judge.js";
import { Roster } from "./roster.js";
import { Rules } from "./rules.js";

export class Alone {
  #status;

  /**
   * @param {import("../lib/api.js").Api} api @param {import("./venue.js").Venue} venue
   * @param {import("./status.js").Status} status @param {import("./device.js").Pairing} pairing
   */
  constructor(api, venue, status, pairing) {
    this.#status = status;
    this.rules = new Rules(pairing);
    this.roster = new Roster(api, () => venue.now());
    this.journal = new Journal(async ({ code = "", list }) => ({
      place: (await this.roster.find(code))?.place,
      list: this.rules.rule(list)?.name ?? "",
    }));
    this.judge = new Judge(this, venue, pairing.role);
    status.peopleAsOf = () => this.roster.asOf;
    whenForgetting(() => this.forget());
  }

  /** The server is known to be away: it is not waited for. */
  get isAway() {
    return this.#status.isAway;
  }

  async load() {
    await Promise.all([this.roster.load(), this.rules.load()]);
    await this.journal.load();
  }

  /** The server has been heard: it may tell of people, too. @param {any} body of GET /api/v1/event */
  async hear(body) {
    await this.rules.hear(body);
    void this.#refresh();
  }

  async forget() {
    await Promise.all([this.journal.forget(), this.roster.clear()]);
  }

  async #refresh() {
    const asked = performance.now();
    if (await this.roster.refresh()) await this.journal.heard(asked);
    await this.#status.show();
  }
}
