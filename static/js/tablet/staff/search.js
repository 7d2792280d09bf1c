/**
 * Somebody without a badge. Staff search by name, forgivingly, and press the right one; in
 * self-service a whole surname and the first letters of the e-mail find one person or nobody.
 *
 * @typedef {import("../machine.js").State} State
 * @typedef {import("../machine.js").Step} Step
 * @typedef {import("../machine.js").Move} Move
 */
import { read } from "../check.js";
import { timely } from "../patience.js";

const CHOOSING = new Set(["searching", "newcomer"]);

/** @type {import("../machine.js").Part} */
export const searching = {
  moves: {
    search: (state) => (state.at === "waiting" ? go(state, "searching") : undefined),
    no_badge: (state) => (state.at === "waiting" ? go(state, "naming") : undefined),
    again: (state) => (state.at === "unfound" ? go(state, "naming") : undefined),
    choose: (state, event) => (CHOOSING.has(state.at) ? choose(state, event) : undefined),
    seek: (state, event) => (state.at === "naming" ? seek(state, event) : undefined),
    found: (state, event) => (state.at === "seeking" ? found(state, event) : undefined),
  },
  busy: ["seeking"],
  seconds: { searching: 60, naming: 60, unfound: 15 },
};

/** @param {State} state @param {string} at @returns {Move} */
const go = ({ mode }, at) => [{ at, mode }, []];

/** The person of this row comes in as if their badge had been read. @param {State} state @param {Step} event @returns {Move} */
function choose(state, { id, detail }) {
  if (detail.value) return read(state, { type: "code", id, code: detail.value });
  const [outcome, reason] = ["turned_away", "already_in"]; // they came in here, without a badge
  return [{ at: "verdict", mode: state.mode, outcome, reason }, []];
}

/** @param {State} state @param {Step} event @returns {Move} */
function seek({ mode }, { id = "", detail }) {
  return [{ at: "seeking", mode, id }, [{ do: "seek", id, detail }]];
}

/** One person or nobody; `null` when the server did not answer. @param {State} state @param {Step} event @returns {Move} */
function found(state, { id, detail }) {
  if (id !== state.id) return [state, []];
  if (detail.code) {
    const [next, effects] = read(state, { type: "code", id, code: detail.code });
    return [{ ...next, detail: { isNamed: true } }, effects];
  }
  const reason = detail.code === null ? "away" : "nobody";
  const next = { at: "unfound", mode: state.mode, reason };
  return [next, [{ do: "sound", sound: "refusal" }]];
}

/** @type {Record<string, import("../errands.js").Errand>} */
export const errands = {
  seek: async ({ api, told }, { id, detail }) => {
    const text = `${detail.surname ?? ""} ${detail.letters ?? ""}`.trim();
    const answer = await timely(api.get(`people?q=${encodeURIComponent(text)}`));
    const person = answer.kind === "ok" ? answer.body.people?.[0] : undefined;
    const code = answer.kind === "offline" ? null : (person?.code ?? "");
    told({ type: "found", id, detail: { code } });
  },
};

/** @type {Record<string, (state: State, scene: import("../view.js").Scene) => import("../view.js").View>} */
export const views = {
  searching: () => ({ template: "search", tone: "", values: {} }),
  naming: () => ({ template: "naming", tone: "", values: {} }),
  seeking: () => ({ template: "reading", tone: "", values: {} }),
  unfound: ({ reason }, { say, event }) => ({
    template: "unfound",
    tone: "warning",
    values: {
      title: say(`unfound.${reason}`),
      text: say(`unfound.${reason}_text`),
      desk: event.help_desk,
    },
  }),
};
