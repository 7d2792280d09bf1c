/**
 * From a state to what its template needs: which template, which colour, which words. Pure but for
 * the language; what is on the screen is decided here, how it looks in templates/tablet/.
 */
import { views as badgeViews } from "./badge/views.js";
import { views as severalViews } from "./camera/several.js";
import { views as linkViews } from "./link.js";
import { views as swapViews } from "./meeting.js";
import { views as sharingViews } from "./sharing.js";
import { views as sponsorViews, whoAsks } from "./sponsor/views.js";
import { views as staffViews, waysIn } from "./staff/index.js";
import { views as stepViews } from "./steps.js";
import { views as doorViews } from "./verdict.js";
import { many } from "./words.js";

/**
 * @typedef {import("./machine.js").State} State
 * @typedef {import("../lib/render.js").Values} Values
 * @typedef {{ say: import("../lib/render.js").Say, event: any, phase: string, pending: number,
 *   languages?: { tag: string, name: string }[],
 *   staff?: import("./staff/staff.js").Standing,
 *   sponsor?: import("./sponsor/booth.js").Sponsor }} Scene
 * @typedef {{ template: string, tone: string, values: Values }} View
 */
/** @param {State} state @param {Scene} scene @returns {View} */
export function view(state, scene) {
  return (VIEWS[state.at] ?? VIEWS.reading)(state, scene);
}

/** Each feature brings the views of its states. @type {Record<string, (state: State, scene: Scene) => View>} */
const VIEWS = {
  ...doorViews,
  ...swapViews,
  ...sharingViews,
  ...stepViews,
  ...linkViews,
  ...badgeViews,
  ...severalViews,
  ...sponsorViews,
  ...staffViews,
  waiting: ({ mode }, scene) => {
    const { event, phase, say, languages = [], staff } = scene;
    const values = {
      event: event.name,
      languages,
      hasChoice: languages.length > 0,
      ...waysIn(staff),
      ...whoAsks(scene),
      phase: phase === "open" ? "" : say(`phase.${phase}`, { event: event.name }),
    };
    return { template: `waiting-${mode}`, tone: "", values };
  },
  revoked: (_, { pending, say }) => {
    const count = many(say, "scans", pending);
    return { template: "revoked", tone: "", values: { count, pending } };
  },
};
