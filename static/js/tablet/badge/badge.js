/**
 * The badge right after the check-in: seen as it will be printed, put right, printed. Printing lets
 * nobody in. From the second sheet on somebody says why; a lost badge gets a new code.
 *
 * verdict → fetching → badge → (editing → badge | reprinting → (replacing →) printed) → printed
 *
 * @typedef {import("../machine.js").State} State
 * @typedef {import("../machine.js").Step} Step
 * @typedef {import("../machine.js").Move} Move
 */

/** @type {import("../machine.js").Part} */
export const badges = {
  moves: {
    badge: (state, event) => begin(state, event),
    badge_edit: (state) => (state.at === "badge" ? [{ ...state, at: "editing" }, []] : undefined),
    badge_back: (state) => (INSIDE.has(state.at) ? [{ ...state, at: "badge" }, []] : undefined),
    badge_correct: (state, event) => (state.at === "editing" ? putRight(state, event) : undefined),
    badge_print: (state, event) => (PRINTABLE.has(state.at) ? print(state, event) : undefined),
    answered: (state, event) =>
      state.at === "replacing" && state.id === event.result?.id
        ? replaced(state, event)
        : undefined,
    kept: (state, event) =>
      state.at === "replacing" && state.id === event.id
        ? [{ ...state, at: "unprinted" }, []]
        : undefined,
  },
  busy: ["fetching", "replacing"],
  seconds: { badge: 60, editing: 120, reprinting: 45, printed: 8, unprinted: 8 },
  lingers: ["badge", "editing", "reprinting"],
};

const ASKED = new Set(["verdict", "unprinted"]);
const INSIDE = new Set(["editing", "reprinting"]);
const PRINTABLE = new Set(["badge", "reprinting", "printed"]);
export const REASONS = ["smudged", "changed", "jammed", "lost"];

/** Pressed after a welcome it asks for the badge; the answer shows it. @param {State} state @param {Step} event @returns {Move | undefined} */
function begin(state, { detail }) {
  if (state.at === "fetching") {
    const next = { ...state, at: detail ? "badge" : "unprinted", outcome: undefined, detail };
    return [next, []];
  }
  if (!ASKED.has(state.at) || !state.code) return undefined;
  const { mode, id, code, people } = state;
  return [{ at: "fetching", mode, id, code, people }, [{ do: "badge", code, detail: people?.[0] }]];
}

/** Only what was changed: without a network the pronouns are not known here. @param {State} state @param {Step} event @returns {Move} */
function putRight(state, { id = "", detail }) {
  const before = state.detail;
  const name = String(detail.name ?? "").trim() || before.name;
  const pronouns = String(detail.pronouns ?? "").trim();
  const said = {
    ...(name !== before.name && { name }),
    ...(pronouns !== before.pronouns && { pronouns }),
  };
  const next = { ...state, at: "badge", detail: { ...before, name, pronouns } };
  if (!Object.keys(said).length) return [next, []];
  return [next, [{ do: "act", id, kind: "correct", detail: { code: before.code, ...said } }]];
}

/** @param {State} state @param {Step} event @returns {Move} */
function print(state, { id = "", detail }) {
  const reason = detail?.value ?? "";
  const isRepeated = state.detail.print_count > 0;
  if (isRepeated && !REASONS.includes(reason)) return [{ ...state, at: "reprinting" }, []];
  if (reason === "lost") {
    const { code } = state.detail;
    return [{ ...state, at: "replacing", id }, [{ do: "act", id, kind: "replace", detail: { code } }]];
  }
  return onPaper(state, id, reason);
}

/** The old code is dead; the new one goes on paper. @param {State} state @param {Step} event @returns {Move} */
function replaced(state, { id = "", result }) {
  if (!result.code) return [{ ...state, at: "unprinted" }, []];
  const { code, url } = state.detail;
  const badge = { ...state.detail, code: result.code, url: url.replace(code, result.code) };
  return onPaper({ ...state, code: result.code, detail: badge }, id, "lost");
}

/** @param {State} state @param {string} id @param {string} reason @returns {Move} */
function onPaper(state, id, reason) {
  const badge = { ...state.detail, print_count: state.detail.print_count + 1 };
  const { code } = badge;
  return [
    { ...state, at: "printed", detail: badge },
    [
      { do: "print", detail: badge },
      { do: "act", id, kind: "print", detail: { code, reason } },
    ],
  ];
}
