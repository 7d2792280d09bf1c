/** How long a person is kept waiting for the server before the tablet goes on without it. */
export const PATIENCE = 2500; // ms

/** The same where the tablet can judge by itself; a venue's network answers in a tenth of it. */
export const SOON = 800; // ms

/** The answer, or that of a dead network when it takes too long. @template T @param {Promise<T>} answer @param {number} [patience] @returns {Promise<T | { kind: "offline" }>} */
export function timely(answer, patience = PATIENCE) {
  return Promise.race([answer, tooLate(patience)]);
}

/** @param {number} patience @returns {Promise<{ kind: "offline" }>} */
function tooLate(patience) {
  return new Promise((resolve) => {
    window.setTimeout(() => resolve({ kind: "offline" }), patience);
  });
}
