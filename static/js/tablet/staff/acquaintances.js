/**
 * Whom this tablet has greeted since it was started: what somebody new is held against where the
 * server cannot be asked, for nobody can search the sealed roster. In memory alone and only with
 * staff; whoever types nearly a whole name sees who is called so, and nobody sees the rest.
 *
 * @typedef {import("../machine.js").Card & { isIn?: boolean }} Known
 */
const MOST = 1000; // people; the earliest are forgotten first
const ROWS = 3;
const SHORT = 4; // letters; in a word as short as that a slip makes another word

export class Acquaintances {
  /** @type {Map<string, Known>} */
  #known = new Map();

  /** Somebody was greeted, or turned away by name, or it was a mistake. @param {import("../machine.js").State} state */
  note({ at, people = [], code = "", read = "", outcome, reason }) {
    if (at !== "verdict" && at !== "undone") return;
    const isIn = outcome !== "turned_away" || reason === "already_in";
    for (const { name = "", company = "" } of people) {
      const key = `${name}\n${company}`;
      const known = { name, company, isIn, code: code || read || this.#codeOf(key) };
      this.#known.delete(key);
      if (name && at === "verdict") this.#known.set(key, known);
    }
    for (const key of [...this.#known.keys()].slice(0, -MOST)) this.#known.delete(key);
  }

  /** The latest first. @param {string} text a whole name, nearly @returns {Known[]} */
  near(text) {
    const wanted = wordsOf(text);
    if (wanted.length < 2) return [];
    const all = [...this.#known.values()].reverse();
    return all.filter(({ name = "" }) => areAlike(wanted, wordsOf(name))).slice(0, ROWS);
  }

  forget() {
    this.#known.clear();
  }

  /** @param {string} key */
  #codeOf(key) {
    return this.#known.get(key)?.code ?? "";
  }
}

/** Without case and accents, as kiosk/ids.py compares them. @param {string} text */
const wordsOf = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** In any order, each with at most one slip. @param {string[]} wanted @param {string[]} name */
function areAlike(wanted, name) {
  const [few, many] = wanted.length < name.length ? [wanted, name] : [name, wanted];
  const left = [...many];
  return few.length > 1 && few.every((word) => take(left, word));
}

/** @param {string[]} words @param {string} word whether one of them is nearly this: it is used up */
function take(words, word) {
  const exact = words.indexOf(word);
  const place = exact < 0 ? words.findIndex((one) => isSlip(one, word)) : exact;
  if (place >= 0) words.splice(place, 1);
  return place >= 0;
}

/** One letter more, less, other, or two turned round. @param {string} one @param {string} other */
function isSlip(one, other) {
  if (Math.min(one.length, other.length) < SHORT) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  const [a, b] = [one.slice(start), other.slice(start)];
  const isTurned = a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
  return isTurned || a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1);
}
