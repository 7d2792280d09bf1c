/**
 * The languages this tablet can speak. Each is kept here once it was read, so that it is there
 * without a network; a sentence that one lacks is said in English.
 *
 * @typedef {import("./words.js").Catalogue} Catalogue
 * @typedef {{ direction: string, words: Catalogue }} Language
 */
import { settle } from "../lib/shelf.js";
import { shelf } from "./device.js";
import { speaker } from "./words.js";
import english from "./words/en.js";

export const SOURCE = "en";

export class Catalogues {
  /** @type {Map<string, Language>} */
  #known = new Map([[SOURCE, { direction: "ltr", words: english }]]);
  #wanted;

  /** @param {string[]} wanted the tags there are catalogues for */
  constructor(wanted) {
    this.#wanted = wanted.filter((tag) => tag !== SOURCE);
  }

  /** What was kept here the last time. */
  async load() {
    this.#learn((await shelf.get("self", "words")) ?? {});
  }

  /** Reads them all anew and keeps what came; true when nothing is missing. */
  async refresh() {
    const answers = await Promise.all(this.#wanted.map(fetched));
    const fresh = Object.fromEntries(answers.flatMap((one) => (one ? [one] : [])));
    this.#learn(fresh);
    await shelf.change(["self"], async (on) => {
      const kept = await settle(on("self").get("words"));
      on("self").put({ ...kept, ...fresh }, "words");
    });
    return Object.keys(fresh).length === this.#wanted.length;
  }

  /** Which of ours a tag means ("de" for "de-AT"), or "". @param {string | undefined} tag */
  find(tag) {
    const base = (tag ?? "").toLowerCase().split(/[-_]/)[0];
    return this.#known.has(base) ? base : "";
  }

  /** Those of these that can be spoken, by their own names. @param {string[]} wanted */
  offered(wanted) {
    const tags = new Set(wanted.map((tag) => this.find(tag)).filter(Boolean));
    return [...tags].map((tag) => ({ tag, name: ownName(tag) }));
  }

  /** @param {string} tag one that `find` found @returns {Language} */
  get(tag) {
    return /** @type {Language} */ (this.#known.get(tag));
  }

  /** @param {Record<string, Language>} languages */
  #learn(languages) {
    for (const [tag, { direction, words }] of Object.entries(languages)) {
      this.#known.set(tag, { direction, words: { ...english, ...words } });
    }
  }
}

/** Says what a page of the tablet says, in that page's language once it is here. @returns {import("../lib/render.js").Say} */
export function pageSpeaker() {
  const { lang } = document.documentElement;
  const catalogues = new Catalogues([lang]);
  catalogues.refresh().catch(() => undefined); // nothing can be kept: pairing will say so
  return (key, values) =>
    speaker(catalogues.get(catalogues.find(lang) || SOURCE).words)(key, values);
}

/** @param {string} tag @returns {Promise<[string, Language] | undefined>} */
async function fetched(tag) {
  try {
    const answer = await fetch(`/kiosk/words/${tag}.json`, { credentials: "omit" });
    return answer.ok ? [tag, await answer.json()] : undefined;
  } catch {
    return undefined;
  }
}

/** A language's name for itself. @param {string} tag */
function ownName(tag) {
  const name = new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}
