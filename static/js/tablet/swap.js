/**
 * Two badges meet (or up to eight): each is looked up and shown by name, then one press swaps for
 * all. Without a network the names are missing and the rest is the same.
 *
 * @typedef {import("./machine.js").State} State
 * @typedef {import("./machine.js").Step} Step
 * @typedef {import("./machine.js").Move} Move
 * @typedef {import("./machine.js").Card} Card
 */
import { answered } from "./check.js";
import { canonical } from "./code.js";
import { isWords } from "./nocode.js";
import { SOON, timely } from "./patience.js";

const GROUP_LIMIT = 8;

/** @type {import("./machine.js").Part} */
export const swapping = {
  moves: {
    code: (state, event) => (state.mode === "swap" ? lookAt(state, event) : undefined),
    card: (state, event) => (state.at === "looking" ? carded(state, event) : undefined),
    swap: (state, event) => (state.at === "offer" ? swap(state, event) : undefined),
    answered: (state, event) => (isOf(state, event.result?.id) ? swapped(state, event) : undefined),
    kept: (state, event) =>
      state.at === "swapping" && isOf(state, event.id) ? keptHere(state) : undefined,
  },
  busy: ["looking", "swapping"],
  seconds: { first: 20, offer: 45 },
};

/** Also a swap that was kept here and is answered late. @param {State} state @param {string | undefined} id */
const isOf = (state, id) =>
  state.id === id && state.mode === "swap" && state.at !== "undoing" && !!state.people?.length;

/** A badge in swap mode: the first one, one more, or the same again. @param {State} state @param {Step} event @returns {Move} */
function lookAt(state, event) {
  const present = ["first", "offer"].includes(state.at)
    ? (state.people ?? [])
    : (state.then?.people ?? []);
  const code = isWords(event.code ?? "") ? null : canonical(event.code ?? "");
  if (!code) return refused(state, present, { code: event.code ?? "", reason: "unknown_code" });
  if (present.some((one) => one.code === code)) return again(state, present, "same_badge");
  if (present.length === GROUP_LIMIT) return again(state, present, "group_full");
  return [{ at: "looking", mode: "swap", people: present, code }, [{ do: "look_up", code }]];
}

/** The look-up's answer; no card means no network. @param {State} state @param {Step} event @returns {Move} */
function carded(state, event) {
  const present = state.people ?? [];
  const code = state.code ?? "";
  if (event.code !== code) return [state, []];
  const card = event.card ?? { code };
  if (card.reason) return refused(state, present, { ...card, code });
  return [gathered([...present, { ...card, code }]), [{ do: "sound", sound: "tick" }]];
}

/** @param {State} state @param {Step} event @returns {Move} */
function swap(state, event) {
  const { id = "" } = event;
  const people = state.people ?? [];
  const next = { at: "swapping", mode: state.mode, id, people };
  return [next, [{ do: "scan", id, kind: "connect", codes: people.map((one) => one.code) }]];
}

/** @param {State} state @param {Step} event @returns {Move} */
function swapped(state, event) {
  const result = event.result;
  if (!result || !["connected", "already_connected"].includes(result.outcome)) {
    return answered(state, event);
  }
  const { mode, id, people, detail } = state;
  const isNew = result.outcome === "connected";
  const at = state.at === "promised" ? "promised" : isNew ? "swapped" : "met";
  const next = { at, mode, id, people, outcome: result.outcome, result, detail };
  return [next, state.outcome === "kept" ? [] : [{ do: "sound", sound: "swap" }]];
}

/** The network is dead or slow: the swap is safe here, and next steps can be promised anyway. @param {State} state @returns {Move} */
function keptHere({ mode, id, people }) {
  return [{ at: "swapped", mode, id, people, outcome: "kept" }, [{ do: "sound", sound: "swap" }]];
}

/** @param {Card[]} people @param {string} [slip] @returns {State} */
function gathered(people, slip) {
  return { at: people.length > 1 ? "offer" : "first", mode: "swap", people, slip };
}

/** @param {State} state @param {Card[]} people @param {string} slip @returns {Move} */
function again(state, people, slip) {
  return [gathered(people, slip), [{ do: "sound", sound: "refusal" }]];
}

/** Says why, then goes back to those who are there already. @param {State} state @param {Card[]} present @param {Card} card @returns {Move} */
function refused(state, present, card) {
  const next = {
    at: "verdict",
    mode: state.mode,
    outcome: "turned_away",
    reason: card.reason,
    people: [card],
    then: present.length ? gathered(present) : undefined,
  };
  return [next, [{ do: "sound", sound: "refusal" }]];
}

/** @type {Record<string, import("./errands.js").Errand>} */
export const errands = {
  look_up: async ({ api, alone, told }, { code = "" }) => {
    const asked = alone.isAway ? null : api.post("cards", { codes: [code] });
    const answer = asked && (await timely(asked, SOON));
    const card = answer?.kind === "ok" ? answer.body.cards?.[0] : await alone.judge.card(code);
    told({ type: "card", code, card: card ?? null });
  },
};
