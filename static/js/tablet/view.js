/**
 * From a state to what its template needs: which template, which colour, which words. Pure but for
 * the language; what is on the screen is decided here, how it looks in templates/tablet/.
 */
import { firstName } from "../lib/people.js";
import { meeting } from "./meeting.js";
import { verdict } from "./verdict.js";

/**
 * @typedef {import("./machine.js").State} State
 * @typedef {import("../lib/render.js").Values} Values
 * @typedef {{ say: import("../lib/render.js").Say, event: any, phase: string, pending: number }} Scene
 * @typedef {{ template: string, tone: string, values: Values }} View
 */
/** @param {State} state @param {Scene} scene @returns {View} */
export function view(state, scene) {
  return (VIEWS[state.at] ?? VIEWS.reading)(state, scene);
}

/** @type {Record<string, (state: State, scene: Scene) => View>} */
const VIEWS = {
  waiting: ({ mode }, { event, phase, say }) => {
    const values = {
      event: event.name,
      phase: phase === "open" ? "" : say(`phase.${phase}`, { event: event.name }),
    };
    return { template: `waiting-${mode}`, tone: "", values };
  },
  reading: () => ({ template: "reading", tone: "", values: {} }),
  verdict,
  first: (state, scene) => ({ template: "first", tone: "", values: meeting(state, scene) }),
  offer: (state, scene) => ({ template: "offer", tone: "", values: meeting(state, scene) }),
  swapped,
  link: ({ people = [], url = "" }) => {
    const [address, token = ""] = url.split("#");
    const spaced = token.replace(/(.{4})(?=.)/g, "$1 ");
    const first = firstName(people[0]?.name ?? "");
    const values = { first, url, address: address.replace(/^https?:\/\//, ""), token: spaced };
    return { template: "link", tone: "", values };
  },
  unlinked: () => ({ template: "unlinked", tone: "", values: {} }),
  undone: () => ({ template: "undone", tone: "", values: {} }),
  revoked: (_, { pending, say }) => {
    const count = say(pending === 1 ? "scans.one" : "scans.other", { count: pending });
    return { template: "revoked", tone: "", values: { count, pending } };
  },
};

/** @param {State} state @param {Scene} scene @returns {View} */
function swapped(state, scene) {
  const isOld = state.outcome === "already_connected";
  const values = meeting(state, scene);
  const title = isOld && values.isGroup ? "swapped.group_already" : `swapped.${state.outcome}`;
  const text = isOld ? "swapped.text_already" : "swapped.text";
  const words = { word: scene.say(title), text: scene.say(text), canUndo: !isOld };
  return { template: "swapped", tone: isOld ? "info" : "good", values: { ...values, ...words } };
}
