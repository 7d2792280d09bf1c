/** Initials, tint and first name of a person; the first two as in templates/parts/people.html. */
const LETTERS = " abcdefghijklmnopqrstuvwxyz";

/** @param {string} name */
export function initials(name) {
  const words = name.split(/\s+/u).filter(Boolean);
  if (!words.length) return "?";
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return ends.map((word) => [...word][0]).join("");
}

/** The same name always has the same of eight tints. @param {string} name */
export function tint(name) {
  const low = [...name.trim().toLowerCase()];
  const first = LETTERS.indexOf(low[0] ?? " ");
  const last = LETTERS.indexOf(low[low.length - 1] ?? " ");
  return ((((first * 3 + last + [...name].length) % 8) + 8) % 8) + 1;
}

/** What to call somebody: the first word that is not a title such as "Dr.". @param {string} name */
export function firstName(name) {
  const words = name.split(/\s+/u).filter(Boolean);
  return words.find((word, place) => place === words.length - 1 || !word.endsWith(".")) ?? "";
}
