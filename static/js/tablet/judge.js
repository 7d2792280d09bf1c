/**
 * What this tablet says of a reading by itself, in the shape of the server's answer: from the roster,
 * from what it did since, and from the rules as it last heard them. `null`: it cannot know (the code
 * opens nothing here, the list is unknown, or it is a swap), so only the server can say.
 *
 * @typedef {import("./roster.js").Listed} Listed
 * @typedef {{ result: any, shown: import("./queue.js").Shown }} Verdict
 * @typedef {{ roster: import("./roster.js").Roster, journal: import("./journal.js").Journal,
 *   rules: import("./rules.js").Rules }} Sources
 */
import { firstName } from "../lib/people.js";
import { judge as refusalAt, personRefusal } from "./door.js";
import { refusalOfTime } from "./phase.js";

const STAFF = new Set(["desk", "gate"]);

export class Judge {
  #sources;
  #venue;
  #role;

  /** @param {Sources} sources @param {import("./venue.js").Venue} venue @param {string} role */
  constructor(sources, venue, role) {
    this.#sources = sources;
    this.#venue = venue;
    this.#role = role;
  }

  /** @param {any} scan @returns {Promise<Verdict | null>} */
  async of(scan) {
    if (scan.kind === "annul") return this.#annul(scan);
    return scan.kind === "connect" ? null : this.#door(scan);
  }

  /** Whose badge it is, for a swap that may follow; null when it opens nothing here. @param {string} code @returns {Promise<any>} */
  async card(code) {
    const one = await this.#sources.roster.find(code);
    if (!one) return null;
    const reason = await this.#swapRefusal(one);
    if (reason) return { code, reason };
    const { name, company, language } = one;
    const shares = one.shares ?? this.#venue.event.shared_fields;
    return { code, name, company, language, first_name: firstName(name), shares };
  }

  /** @param {any} scan @returns {Promise<Verdict | null>} */
  async #door({ id, kind, codes, list, scanned_at: at, override }) {
    const { roster, journal, rules } = this.#sources;
    const rule = rules.rule(list);
    const one = rule && (await roster.find(codes[0]));
    if (!rule || !one) return null;
    const { place, ticket, isReplaced } = one;
    const before = visitOf(one, rule.name);
    const since = await journal.of(place, rule.name);
    const history = [...(before?.kinds ?? []), ...since.map((scan) => scan.kind)];
    const phase = refusalOfTime(rules.span, at, this.#venue.now());
    const mayOverride = !!override && STAFF.has(this.#role);
    const facts = { person: one, ticket, isReplaced, rule, kind, at, phase, history, mayOverride };
    const reason = refusalAt(facts);
    const outcome = reason ? "turned_away" : passed(kind, history);
    const earlier = reason === "already_in" ? lastEntry(since, before) : null;
    const attendees = isReplaced ? [] : [this.#seen(one)];
    const result = { id, outcome, reason, attendees, earlier, at };
    return { result, shown: { outcome, place, list: rule.name } };
  }

  /** Of what this tablet itself let happen and still holds; the rest the server must look up. @param {any} scan @returns {Promise<Verdict | null>} */
  async #annul({ id, annuls, scanned_at: at }) {
    const outcome = "annulled";
    if (!(await this.#sources.journal.holds(annuls))) return null;
    return { result: { id, outcome, reason: null, attendees: [], at }, shown: { outcome } };
  }

  /** @param {Listed} one @returns {Promise<string | null>} */
  async #swapRefusal(one) {
    if (one.isReplaced) return "replaced_badge";
    const since = await this.#sources.journal.of(one.place);
    const kinds = [...one.visits.flatMap((visit) => visit.kinds), ...since.map((s) => s.kind)];
    return personRefusal(one) ?? (kinds.includes("check_in") ? null : "not_checked_in");
  }

  /** @param {Listed} one */
  #seen({ name, company, language, attention }) {
    return { name, company, language, attention: STAFF.has(this.#role) ? attention : null };
  }
}

/** @param {Listed} one @param {string} list */
const visitOf = ({ visits }, list) => visits.find((visit) => visit.list === list);

/** @param {string} kind @param {string[]} history */
function passed(kind, history) {
  if (kind === "check_out") return "goodbye";
  return history.includes("check_in") ? "welcomed_back" : "welcomed";
}

/** @param {import("./journal.js").Done[]} since @param {import("./roster.js").Visit | undefined} before */
function lastEntry(since, before) {
  const own = since.findLast((scan) => scan.kind === "check_in");
  if (own) return { at: own.at, place: "" };
  return before?.at ? { at: before.at, place: before.place } : null;
}
