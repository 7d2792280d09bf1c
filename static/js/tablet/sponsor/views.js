/** The screens of a sponsor's tablet, and the errand before them: whose badge, and what a yes gives. */
import { FIELD_ICONS } from "../meeting.js";
import { SOON, timely } from "../patience.js";

/**
 * @typedef {import("../machine.js").State} State
 * @typedef {import("../view.js").Scene} Scene
 * @typedef {import("../view.js").View} View
 */

/** @type {Record<string, (state: State, scene: Scene) => View>} */
export const views = {
  asking: () => ({ template: "reading", tone: "", values: {} }),
  leading: () => ({ template: "reading", tone: "", values: {} }),
  unleading: () => ({ template: "reading", tone: "", values: {} }),
  lead: question,
  led: ({ detail }, { say }) => {
    const { outcome, sponsor } = detail;
    const isKept = outcome === "kept";
    const text = say(isKept ? "sponsor.back_kept" : "sponsor.back", { sponsor: sponsor.name });
    const values = { word: say(`sponsor.${outcome}`), text, canUndo: outcome !== "already_agreed" };
    return { template: "lead-given", tone: isKept ? "info" : "good", values };
  },
  unled: () => ({ template: "lead-refused", tone: "", values: {} }),
  unasked: () => ({ template: "lead-nothing", tone: "warning", values: {} }),
};

/** Who asks, why, and for what; without a network the most that it can be. @param {State} state @param {Scene} scene @returns {View} */
function question({ people = [], detail, slip }, { say }) {
  const { sponsor, fields } = detail;
  const who = people[0]?.first_name ?? "";
  const named = { sponsor: sponsor.name, who };
  const values = {
    title: say(who ? "sponsor.ask" : "sponsor.ask_unnamed", named),
    purpose: sponsor.purpose,
    heading: say(who ? "sponsor.gets" : "sponsor.gets_at_most", named),
    gets: fields.map((/** @type {string} */ field) => ({
      words: say(`field.${field}`),
      icon: FIELD_ICONS[field],
    })),
    slip: slip ? say("sponsor.slip") : "",
  };
  return { template: "lead", tone: "", values };
}

/** What the waiting screen says of whom. @param {Scene} scene */
export function whoAsks({ sponsor, say }) {
  if (!sponsor) return {};
  return { eyebrow: say("sponsor.eyebrow", { sponsor: sponsor.name }), purpose: sponsor.purpose };
}

/** @type {Record<string, import("../errands.js").Errand>} */
export const errands = {
  look_up_lead: async ({ api, alone, told, sponsor }, { code = "" }) => {
    const asked = alone.isAway ? null : api.post("cards", { codes: [code] });
    const answer = asked && (await timely(asked, SOON));
    const card = answer?.kind === "ok" ? answer.body.cards?.[0] : null;
    told({ type: "lead_card", code, card, detail: sponsor() });
  },
};
