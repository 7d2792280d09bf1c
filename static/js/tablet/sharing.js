/**
 * "Change what I share", on the spot and before anything is given: the fields are pressed on and
 * off, and hold from now on. With a badge alone one shares less, never more: that is changed on the
 * person's own phone.
 *
 * @typedef {import("./machine.js").State} State
 * @typedef {import("./machine.js").Step} Step
 * @typedef {import("./machine.js").Move} Move
 */
import { called, FIELD_ICONS } from "./meeting.js";

/** @type {import("./machine.js").Part} */
export const sharing = {
  moves: {
    share_open: (state, event) => (state.at === "offer" ? open(state, event) : undefined),
    share_toggle: (state, event) => (state.at === "sharing" ? toggle(state, event) : undefined),
    share_done: (state, event) => (state.at === "sharing" ? done(state, event) : undefined),
  },
  seconds: { sharing: 45 },
};

/** The button says whose it is and what they share: "CODE:name,email". @param {State} state @param {Step} event @returns {Move} */
function open(state, { detail }) {
  const [code, fields] = String(detail.value).split(":");
  const before = fields.split(",");
  const next = { at: "sharing", mode: state.mode, code, then: state };
  return [{ ...next, detail: { before, fields: before } }, []];
}

/** @param {State} state @param {Step} event @returns {Move} */
function toggle(state, { detail }) {
  const { fields } = state.detail;
  const field = detail.value;
  const chosen = fields.includes(field)
    ? fields.filter((/** @type {string} */ one) => one !== field)
    : [...fields, field];
  return [{ ...state, detail: { ...state.detail, fields: chosen } }, []];
}

/** @param {State} state @param {Step} event @returns {Move} */
function done(state, { id = "" }) {
  const { code, then, detail } = state;
  const { before, fields } = detail;
  if (!then || [...fields].sort().join() === [...before].sort().join()) return [then ?? state, []];
  const people = (then.people ?? []).map((card) =>
    card.code === code ? { ...card, shares: fields } : card,
  );
  return [{ ...then, people }, [{ do: "act", id, kind: "share", detail: { code, fields } }]];
}

/** @type {Record<string, (state: State, scene: import("./view.js").Scene) => import("./view.js").View>} */
export const views = {
  sharing: ({ code, then, detail }, { say }) => {
    const card = then?.people?.find((one) => one.code === code) ?? { code: code ?? "" };
    const given = detail.before.filter((/** @type {string} */ field) => field && field !== "name");
    const fields = given.map((/** @type {string} */ field) => ({
      field,
      words: say(`field.${field}`),
      icon: FIELD_ICONS[field],
      isShared: detail.fields.includes(field),
    }));
    const who = called(card, say);
    return { template: "sharing", tone: "", values: { title: say("sharing.title", { who }), fields } };
  },
};
