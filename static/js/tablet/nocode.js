/**
 * Words are no code: somebody has typed their name where a code belongs. A ticket's code may be
 * anything but that; a badge's stands on the badge in groups of four.
 */
const WORD = /^[\p{L}\p{M}'’.-]+$/u;

/** @param {string} text */
export function isWords(text) {
  const words = text.trim().split(/\s+/);
  const isInFours = words.every((word) => word.length === 4);
  return words.length > 1 && !isInFours && words.every((word) => WORD.test(word));
}
