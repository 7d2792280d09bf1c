/**
 * What the machine wants done, each thing by the feature it belongs to; the answers come back as
 * steps (`told`).
 *
 * @typedef {import("./machine.js").Effect} Effect
 * @typedef {import("./machine.js").Step} Step
 * @typedef {{ api: import("../lib/api.js").Api, keeper: import("./keeper.js").Keeper,
 *   sounds: import("./sounds.js").Sounds, now: () => Date, told: (step: Step) => void,
 *   list: () => string, alone: import("./alone.js").Alone,
 *   envelopes: import("./envelope.js").Envelopes,
 *   sponsor: () => import("./sponsor/booth.js").Sponsor | undefined }} Hands
 * @typedef {(hands: Hands, effect: Effect) => unknown} Errand
 */
import { errands as badgeErrands } from "./badge/paper.js";
import { errands as linkErrands } from "./link.js";
import { errands as sponsorErrands } from "./sponsor/views.js";
import { errands as staffErrands } from "./staff/index.js";
import { errands as swapErrands } from "./swap.js";

/** @type {Record<string, Errand>} */
const ERRANDS = {
  ...swapErrands,
  ...linkErrands,
  ...badgeErrands,
  ...sponsorErrands,
  ...staffErrands,
  sound: ({ sounds }, { sound = "" }) => sounds.play(sound),
  scan: ({ keeper, now, list }, { id = "", kind = "", codes = [], annuls, detail }) => {
    const named = { ...(list() && { list: list() }), ...(annuls && { annuls }), ...detail };
    return keeper.keep("scans", { id, kind, codes, scanned_at: now().toISOString(), ...named });
  },
  act: async ({ keeper, now, envelopes, alone }, { id = "", kind = "", detail }) => {
    const isIn = kind === "walk_in" && alone.isAway; // this tablet says so by itself
    const act = { id, kind, at: now().toISOString(), ...(isIn && { decided: "welcomed" }) };
    const sealed = envelopes.isFor(kind) && envelopes.seal(id, detail).catch(() => detail);
    return keeper.keep("acts", { ...act, ...((await sealed) || detail) });
  },
};

/** @param {Hands} hands @param {Effect} effect */
export function run(hands, effect) {
  return ERRANDS[effect.do]?.(hands, effect);
}
