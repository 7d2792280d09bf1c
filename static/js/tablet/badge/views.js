/** The screens of the badge: seen, put right, printed, printed again and why. */
import { firstName } from "../../lib/people.js";
import { REASONS } from "./badge.js";
import { measure, values } from "./paper.js";

/** @type {Record<string, (state: import("../machine.js").State, scene: import("../view.js").Scene) => import("../view.js").View>} */
export const views = {
  fetching: () => ({ template: "reading", tone: "", values: {} }),
  replacing: () => ({ template: "reading", tone: "", values: {} }),
  badge: ({ detail }, { say, event }) => {
    measure(event.label); // from here on the page is a sheet of this size
    const title = say("badge.title", { first: firstName(detail.name) });
    return { template: "badge", tone: "", values: { ...values(detail), title } };
  },
  editing: ({ detail }) => {
    const { name, pronouns } = detail;
    return { template: "badge-edit", tone: "", values: { name, pronouns } };
  },
  reprinting: (_, { say, staff }) => {
    const given = REASONS.filter((value) => value !== "lost" || staff?.role !== "kiosk");
    const reasons = given.map((value) => ({ value, words: say(`badge.reason.${value}`) }));
    return { template: "badge-reason", tone: "", values: { reasons } };
  },
  printed: ({ detail }, { say }) => {
    const word = say("badge.printed", { first: firstName(detail.name) });
    return { template: "badge-printed", tone: "good", values: { word } };
  },
  unprinted: () => ({ template: "badge-none", tone: "warning", values: {} }),
};
