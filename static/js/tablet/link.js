/**
 * "Take your badge with you": right after a check-in the tablet shows a one-time address, and the
 * phone that opens it becomes the person's own. It lives for a minute and then leaves the screen.
 *
 * @typedef {import("./machine.js").State} State
 * @typedef {import("./machine.js").Step} Step
 * @typedef {import("./machine.js").Move} Move
 */
import { firstName } from "../lib/people.js";
import { timely } from "./patience.js";

const OFFERED = new Set(["verdict", "unlinked"]);

/** @type {import("./machine.js").Part} */
export const phoneLink = {
  moves: {
    phone: (state) => (OFFERED.has(state.at) && state.code ? offerLink(state) : undefined),
    link: (state, event) => (state.at === "linking" ? linked(state, event) : undefined),
  },
  busy: ["linking"],
  seconds: { link: 60, unlinked: 8 },
};

/** @param {State} state @returns {Move} */
function offerLink({ mode, code = "", people }) {
  return [{ at: "linking", mode, code, people }, [{ do: "link", code }]];
}

/** No address means no network, or too long after the check-in. @param {State} state @param {Step} event @returns {Move} */
function linked({ mode, code, people }, { url }) {
  return [url ? { at: "link", mode, people, url } : { at: "unlinked", mode, code, people }, []];
}

/** @type {Record<string, (state: State) => import("./view.js").View>} */
export const views = {
  link: ({ people = [], url = "" }) => {
    const [address, token = ""] = url.split("#");
    const spaced = token.replace(/(.{4})(?=.)/g, "$1 ");
    const first = firstName(people[0]?.name ?? "");
    const values = { first, url, address: address.replace(/^https?:\/\//, ""), token: spaced };
    return { template: "link", tone: "", values };
  },
  unlinked: () => ({ template: "unlinked", tone: "", values: {} }),
};

/** @type {Record<string, import("./errands.js").Errand>} */
export const errands = {
  link: async ({ api, told }, { code }) => {
    const answer = await timely(api.post("links", { code }));
    told({ type: "link", url: answer.kind === "ok" ? answer.body.url : undefined });
  },
};
