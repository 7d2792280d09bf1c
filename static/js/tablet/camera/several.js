/**
 * Two people hold their badges up at once. At a door nobody is let in by chance: one at a time. (In
 * a swap that is just what is wanted; see the machine.)
 *
 * @typedef {import("../machine.js").State} State
 */

/** @type {import("../machine.js").Part} */
export const several = {
  moves: {
    codes: ({ mode }) => [{ at: "several", mode }, [{ do: "sound", sound: "refusal" }]],
  },
  seconds: { several: 5 },
};

/** @type {Record<string, (state: State, scene: import("../view.js").Scene) => import("../view.js").View>} */
export const views = {
  several: () => ({ template: "several", tone: "warning", values: {} }),
};
