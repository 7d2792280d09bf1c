/**
 * What a tablet told somebody stands, whatever the server would have said. Pure; the rule:
 *
 * A scan's content is fixed from the moment it may have gone out: the same id must never be sent with
 * other content. A tablet that is alone therefore decides first, and its decision goes out with the
 * scan (`decided`). One that asked, and then went on without the answer, can put its decision only
 * into a scan that has not gone out yet (`decide` in queue.js); else the question stays as it is. When
 * the late answer agrees, that was all. When the server has turned away whom the tablet let pass, a
 * second scan says so, with an id of its own and `decided`: the server records it with its conflict.
 * When it has let pass whom the tablet turned away, the scan is annulled as of its own time.
 *
 * @typedef {import("./queue.js").Item} Item
 * @typedef {Omit<import("./queue.js").Item, "way" | "from">} More
 */
const DECISIONS = /** @type {Record<string, string>} */ ({
  welcomed: "welcomed",
  welcomed_back: "welcomed",
  goodbye: "goodbye",
});

/** What goes out with a scan the tablet judged by itself. @param {string} outcome @returns {{ decided?: string }} */
export const decision = (outcome) => (DECISIONS[outcome] ? { decided: DECISIONS[outcome] } : {});

/** What staff must look at; null when all is well. @param {Item} item @param {any} result @returns {import("./queue.js").Aside | null} */
export function aftermath(item, result) {
  const reason = result.reason ?? result.conflict;
  if (!isTrouble(item, result)) return null;
  return { ...item, result: { ...result, reason }, noted_at: new Date().toISOString() };
}

/** The scan that says what really happened, where it was otherwise than the server answered. @param {Item} item @param {any} result @returns {any} without its number; null when none is needed */
export function correction({ scan, shown }, result) {
  if (!shown || scan.decided) return null;
  const decided = DECISIONS[shown.outcome];
  if (decided && isRefusedLate(result)) return { ...without(scan), id: secondId(scan.id), decided };
  if (shown.outcome === "turned_away" && DECISIONS[result.outcome]) {
    const { scanned_at } = scan;
    return { id: secondId(scan.id), kind: "annul", codes: [], scanned_at, annuls: scan.id };
  }
  return null;
}

/** Another id, made from the first, so that making it twice makes one. @param {string} id a UUID of version 4 */
export const secondId = (id) => `${id.slice(0, 14)}8${id.slice(15)}`; // version 8: custom, RFC 9562 §5.8

/** @param {Item} item @param {any} result */
function isTrouble({ scan, shown, kept }, result) {
  if (result.outcome === "rejected") return true;
  if (result.outcome !== "turned_away") return !!result.conflict && !!shown;
  if (!shown) return !!kept;
  return shown.outcome !== "turned_away" && !correction({ scan, shown }, result);
}

/** What the server knows nobody for it cannot record. @param {any} result */
const isRefusedLate = ({ outcome, reason }) => outcome === "turned_away" && reason !== "unknown_code";

/** @param {import("./queue.js").Scan} scan */
function without({ seq: _, ...rest }) {
  return rest;
}
