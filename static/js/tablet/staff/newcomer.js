/**
 * Somebody who is on no list: one screen, one press. The tablet names them itself, so it goes on
 * without a network and the same person sent twice is one.
 *
 * @typedef {import("../machine.js").State} State
 * @typedef {import("../machine.js").Step} Step
 * @typedef {import("../machine.js").Move} Move
 */
import { answered } from "../check.js";

const STARTING = new Set(["waiting", "searching", "verdict"]);

/** @type {import("../machine.js").Part} */
export const newcomers = {
  moves: {
    newcomer: (state, event) => (STARTING.has(state.at) ? begin(state, event) : undefined),
    join: (state, event) => (state.at === "newcomer" ? join(state, event) : undefined),
    answered: (state, event) => (isOf(state, event.result?.id) ? joined(state, event) : undefined),
    kept: (state, event) => (isOf(state, event.id) ? kept(state, event) : undefined),
  },
  busy: ["joining"],
  seconds: { newcomer: 120 },
};

/** @param {State} state @param {string | undefined} id */
const isOf = (state, id) => state.id === id && Boolean(state.detail?.newcomer);

/** A check-out or a swap is nothing for somebody new. @param {State} state @param {Step} event @returns {Move} */
function begin(state, { detail }) {
  return [{ at: "newcomer", mode: "check_in", detail: { typed: detail?.typed ?? "" } }, []];
}

/** @param {State} state @param {Step} event @returns {Move} */
function join({ mode }, { id = "", detail }) {
  const { name = "", email = "", company = "", ticket_type = "", person_id, language, list } = detail;
  const person = { id: person_id, name, email, company, ticket_type, language };
  const next = { at: "joining", mode, id, detail: { newcomer: person } };
  const act = { person, ...(list && { list }) };
  return [next, [{ do: "act", id, kind: "walk_in", detail: act }]];
}

/** The server has them: their badge has a code now, which phone and printer may use. @param {State} state @param {Step} event @returns {Move} */
function joined(state, event) {
  const [next, effects] = answered(state, event);
  const people = next.people?.length ? next.people : [card(state)];
  const isIn = next.outcome !== "turned_away";
  const code = isIn ? event.result?.code || state.code : "";
  const { newcomer, isKept } = state.detail; // who was greeted already is not greeted again
  return [{ ...next, people, code, detail: { newcomer } }, isKept && isIn ? [] : effects];
}

/** No network: they are in, and the server hears of it later. @param {State} state @param {Step} event @returns {Move} */
function kept(state, { at }) {
  if (state.at !== "joining") return [state, []];
  const { id, mode, detail } = state;
  const next = { at: "verdict", mode, id, outcome: "welcomed", people: [card(state)], when: at };
  return [{ ...next, detail: { ...detail, isKept: true } }, [{ do: "sound", sound: "welcome" }]];
}

/** @param {State} state @returns {import("../machine.js").Card} */
function card({ detail }) {
  const { name, company } = detail.newcomer;
  return { code: "", name, company };
}

/** @type {Record<string, (state: State, scene: import("../view.js").Scene) => import("../view.js").View>} */
export const views = {
  newcomer: ({ detail }, { staff }) => {
    const own = staff?.list?.ticket_types ?? []; // with another type this door stays shut
    const types = (own.length ? own : (staff?.ticketTypes ?? [])).map((name) => ({ name }));
    const values = { typed: detail?.typed, types, hasTypes: types.length > 1 };
    return { template: "newcomer", tone: "", values };
  },
  joining: () => ({ template: "reading", tone: "", values: {} }),
};
