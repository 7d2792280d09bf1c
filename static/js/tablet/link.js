/**
 * "Take your badge with you": right after a check-in the tablet shows a one-time address, and the
 * phone that opens it becomes the person's own. It lives for a minute and then leaves the screen.
 *
 * @typedef {import("./machine.js").State} State
 * @typedef {import("./machine.js").Step} Step
 * @typedef {import("./machine.js").Move} Move
 */

/** @param {State} state @returns {Move} */
export function offerLink({ mode, code = "", people }) {
  return [{ at: "linking", mode, code, people }, [{ do: "link", code }]];
}

/** No address means no network, or too long after the check-in. @param {State} state @param {Step} event @returns {Move} */
export function linked({ mode, people }, { url }) {
  return [{ at: url ? "link" : "unlinked", mode, people, url }, []];
}
