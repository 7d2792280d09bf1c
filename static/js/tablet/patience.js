/** How long a person is kept waiting for the server before the tablet goes on without it. */
export const PATIENCE = 2500; // ms

/** The answer, or that of a dead network when it takes too long. @template T @param {Promise<T>} answer @returns {Promise<T | { kind: "offline" }>} */
export function timely(answer) {
  return Promise.race([answer, tooLate()]);
}

/** @returns {Promise<{ kind: "offline" }>} */
function tooLate() {
  return new Promise((resolve) => {
    window.setTimeout(() => resolve({ kind: "offline" }), PATIENCE);
  });
}
