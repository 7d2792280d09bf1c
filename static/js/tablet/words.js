/**
 * The catalogue of one language: `say("offer.gets", { who: "Ada" })`. A name that is filled in is
 * isolated, so that it cannot turn the direction of the sentence round it.
 *
 * @typedef {Record<string, string>} Catalogue
 */
const ISOLATE = "\u2068";
const POP = "\u2069";

/** @param {Catalogue} catalogue @returns {import("../lib/render.js").Say} */
export function speaker(catalogue) {
  return (key, values = {}) =>
    (catalogue[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => isolated(values[name] ?? ""));
}

/** @param {string | number} value */
function isolated(value) {
  if (typeof value === "number") return new Intl.NumberFormat(locale()).format(value);
  return `${ISOLATE}${value}${POP}`;
}

/** "1 scan", "3 scans": `key.one` or `key.other`. @param {import("../lib/render.js").Say} say @param {string} key @param {number} count */
export function many(say, key, count) {
  const form = new Intl.PluralRules(locale()).select(count);
  const sentence = say(`${key}.${form}`, { count });
  return sentence === `${key}.${form}` ? say(`${key}.other`, { count }) : sentence;
}

/** A refusal in three sentences: the word, what it means, what to do. @param {import("../lib/render.js").Say} say @param {string | null | undefined} reason */
export function refusal(say, reason) {
  const known = say(`reason.${reason}`);
  const [word, meaning, advice] = (known.includes("|") ? known : say("reason.malformed")).split(
    "|",
  );
  return { word, meaning, advice };
}

/** @param {string | Date | undefined} instant @param {string} [timeZone] */
export function clockTime(instant, timeZone) {
  const date = new Date(instant ?? Number.NaN);
  if (Number.isNaN(date.getTime())) return "";
  const form = {
    hour: /** @type {const} */ ("2-digit"),
    minute: /** @type {const} */ ("2-digit"),
    hourCycle: /** @type {const} */ ("h23"),
    timeZone,
  };
  return new Intl.DateTimeFormat(locale(), form).format(date);
}

/** What is spoken now. Digits are those of the badges and of the venue's signs. */
const locale = () => `${document.documentElement.lang || "en"}-u-nu-latn`;
