/**
 * What may follow a refusal at a door: the person goes to the help desk and the lane moves on, or
 * staff let an unpaid ticket in and say why.
 *
 * @typedef {import("../machine.js").State} State
 * @typedef {import("../machine.js").Step} Step
 * @typedef {import("../machine.js").Move} Move
 * @typedef {import("../view.js").Scene} Scene
 */
const REFERABLE = new Set([
  ...["unknown_code", "replaced_badge", "canceled", "blocked", "unapproved", "not_yet_valid"],
  ...["no_longer_valid", "wrong_list", "unpaid", "already_in", "wrong_event"],
]);
/** Nobody is sent there by the lane, but their advice names the help desk. */
const HELPED = new Set([...REFERABLE, "clock_too_far", "annul_too_late", "blocked_pair"]);
const REASONS = ["paid_here", "paid_shown", "guest"];
const STAFF = new Set(["desk", "gate"]);
const DOORS = new Set(["check_in", "check_out"]);

/** @type {import("../machine.js").Part} */
export const exceptions = {
  moves: {
    refer: (state, event) => (canRefer(state) ? refer(state, event) : undefined),
    override: (state) => (isUnpaid(state) ? ask(state) : undefined),
    let_in: (state, event) => (state.at === "overriding" ? letIn(state, event) : undefined),
  },
  seconds: { referred: 6, overriding: 60 },
};

/** @param {State} state */
const isRefused = (state) => state.at === "verdict" && state.outcome === "turned_away";

/** Only a scan, at a door: what is refused in a swap or by a sponsor's tablet is between those people. @param {State} state */
const canRefer = (state) =>
  isRefused(state) && isScan(state) && !state.then && REFERABLE.has(state.reason ?? "");

/** @param {State} state */
const isScan = ({ id, mode }) => Boolean(id) && DOORS.has(mode);

/** @param {State} state */
const isUnpaid = (state) => isRefused(state) && state.reason === "unpaid" && Boolean(state.read);

/** @param {State} state @param {Step} event @returns {Move} */
function refer({ id: scan, mode, read, reason, people }, { id = "" }) {
  const detail = { scan, code: read ?? "", reason };
  return [
    { at: "referred", mode, people },
    [
      { do: "act", id, kind: "refer", detail },
      { do: "sound", sound: "tick" },
    ],
  ];
}

/** @param {State} state @returns {Move} */
function ask(state) {
  const { mode, people, read } = state;
  return [{ at: "overriding", mode, people, read, then: state }, []];
}

/** The same badge once more, with the reason of whoever answers for it. @param {State} state @param {Step} event @returns {Move} */
function letIn(state, { id = "", detail }) {
  const { mode, read: code = "" } = state;
  const reason = String(detail.reason ?? detail.value ?? "").trim();
  if (!reason) return [state, []];
  const scan = { do: "scan", id, kind: "check_in", codes: [code] };
  return [{ at: "reading", mode, id, code }, [{ ...scan, detail: { override: { reason } } }]];
}

/** What the screen offers, and where the help desk is that it speaks of. @param {State} state @param {Scene} scene */
export function waysOn(state, { staff, event }) {
  const may = STAFF.has(staff?.role ?? "") && staff?.list?.include_pending;
  const desk = HELPED.has(state.reason ?? "") ? event.help_desk : "";
  return { canRefer: canRefer(state), canOverride: Boolean(may) && isUnpaid(state), desk };
}

/** @type {Record<string, (state: State, scene: Scene) => import("../view.js").View>} */
export const views = {
  referred: (_, { event }) => ({
    template: "referred",
    tone: "info",
    values: { desk: event.help_desk },
  }),
  overriding: ({ people = [] }, { say }) => ({
    template: "overriding",
    tone: "",
    values: {
      name: people[0]?.name ?? "",
      reasons: REASONS.map((key) => ({ words: say(`override.${key}`) })),
    },
  }),
};
