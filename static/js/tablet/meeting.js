/**
 * Who stands at the tablet for a swap, and in words what each of them will get. Without a network
 * the names are missing, and what is shared is what this event shares by default.
 */
import { firstName } from "../lib/people.js";

/**
 * @typedef {import("./machine.js").Card} Card
 * @typedef {import("./machine.js").State} State
 * @typedef {import("./view.js").Scene} Scene
 * @typedef {import("../lib/render.js").Say} Say
 * @typedef {import("../lib/render.js").Values} Values
 */
export const FIELD_ICONS = /** @type {Record<string, string>} */ ({
  name: "person",
  company: "building",
  role: "badge",
  email: "mail",
  phone: "phone",
  website: "globe",
  linkedin: "link",
  pronouns: "info",
});

/** @type {Record<string, (state: State, scene: Scene) => import("./view.js").View>} */
export const views = {
  first: (state, scene) => ({ template: "first", tone: "", values: meeting(state, scene) }),
  offer: (state, scene) => ({ template: "offer", tone: "", values: meeting(state, scene) }),
};

/** @param {State} state @param {Scene} scene @returns {Values} */
export function meeting({ people = [], slip }, { say, event }) {
  const first = people[0];
  const shares = (/** @type {Card} */ card) => card.shares ?? event.shared_fields ?? [];
  const badges = people.map((card, place) =>
    people.length === 2
      ? badge(card, shares(people[1 - place]), "offer.gets", say)
      : badge(card, shares(card), "offer.shares", say),
  ).map((values, place) => ({
    ...values,
    own: `${people[place].code}:${shares(people[place]).join(",")}`,
    change: shares(people[place]).some((/** @type {string} */ field) => field !== "name")
      ? say("sharing.change", { who: values.who })
      : "",
  }));
  return {
    badges,
    isPair: people.length === 2,
    isGroup: people.length > 2,
    lead: say(lead(people)),
    slip: slip ? say(`slip.${slip}`) : "",
    title: first?.name ? say("first.title", { first: called(first, say) }) : say("first.unnamed"),
  };
}

/** @param {Card} card @param {string[]} fields @param {string} heading @param {Say} say @returns {Values} */
function badge(card, fields, heading, say) {
  const who = called(card, say);
  const gets = fields.map((field) => ({ words: say(`field.${field}`), icon: FIELD_ICONS[field] }));
  const nothing = { words: say("field.nothing"), icon: "info" };
  return {
    who,
    full: card.name === who ? "" : card.name,
    name: card.name,
    company: card.company,
    gets: gets.length ? gets : [nothing],
    heading: say(heading, { who }),
  };
}

/** @param {Card[]} people */
function lead(people) {
  if (people.some((card) => !card.name)) return "offer.offline";
  return people.length > 2 ? "offer.group" : "offer.lead";
}

/** @param {Card} card @param {Say} say */
export function called(card, say) {
  const tail = card.code.slice(-4);
  return card.first_name || firstName(card.name ?? "") || say("unnamed", { tail });
}
