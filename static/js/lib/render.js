/**
 * Fills a copy of a `<template>`. The template says where things go:
 * `data-say="key"` a sentence of the catalogue · `data-label="key"` the same as aria-label ·
 * `data-text="name"` a value · `data-show="name"` only when the value is there ·
 * `data-pressed="name"` whether a button is pressed · `data-icon="name"` an icon · `data-avatar="name"` initials · `<template data-each="names">` a list.
 */
import { initials, tint } from "./people.js";
import { qr } from "./qr.js";

/**
 * @typedef {Record<string, any>} Values
 * @typedef {(key: string, values?: Values) => string} Say
 */

/** @param {HTMLTemplateElement} template @param {Values} values @param {Say} say @returns {DocumentFragment} */
export function fill(template, values, say) {
  const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  each(copy, "show", (node, name) => values[name] || node.remove());
  each(copy, "say", (node, key) => (wordsOf(node).textContent = say(key, values)));
  each(copy, "label", (node, key) => node.setAttribute("aria-label", say(key, values)));
  each(copy, "text", (node, name) => (wordsOf(node).textContent = values[name] ?? ""));
  each(copy, "value", (node, name) => (node.dataset.value = values[name] ?? ""));
  each(copy, "pressed", (node, name) =>
    node.setAttribute("aria-pressed", String(Boolean(values[name]))),
  );
  each(copy, "filled", (node, name) => node.setAttribute("value", values[name] ?? ""));
  each(copy, "size", (node, name) => (node.dataset.size = sizeOf(String(values[name] ?? ""))));
  each(copy, "icon", (node, name) => useIcon(node, values[name] ?? name));
  each(copy, "qr", (node, name) => drawQr(node, values[name] ?? ""));
  each(copy, "avatar", (node, name) => paint(node, values[name] ?? ""));
  each(copy, "each", (node, name) => {
    const list = /** @type {Values[]} */ (values[name] ?? []);
    node.replaceWith(
      ...list.map((item) => fill(/** @type {HTMLTemplateElement} */ (node), item, say)),
    );
  });
  return copy;
}

/** @param {ParentNode} root @param {string} name @param {(node: HTMLElement, value: string) => unknown} act */
function each(root, name, act) {
  for (const node of /** @type {NodeListOf<HTMLElement>} */ (
    root.querySelectorAll(`[data-${name}]`)
  )) {
    act(node, node.dataset[name] ?? "");
  }
}

/** A button keeps its icon: its words are in a span. @param {HTMLElement} node */
export function wordsOf(node) {
  return node.querySelector(":scope > span") ?? node;
}

/** @param {HTMLElement} node @param {string} icon */
export function useIcon(node, icon) {
  const use = node.querySelector("use");
  use?.setAttribute("href", `${use.getAttribute("href")?.split("#")[0]}#${icon}`);
}

/** @param {HTMLElement} node @param {string} text */
function drawQr(node, text) {
  const code = qr(text);
  node.setAttribute("viewBox", code ? `-4 -4 ${code.size + 8} ${code.size + 8}` : "0 0 1 1");
  node.querySelector("path")?.setAttribute("d", code?.path ?? "");
}

/** @param {HTMLElement} node @param {string} name */
function paint(node, name) {
  node.textContent = initials(name);
  node.classList.add(`tint-${tint(name)}`);
}

/** How much room a name needs; the style sheet has a letter size for each. @param {string} name */
function sizeOf(name) {
  const longest = Math.max(0, ...name.split(/[\s-]+/u).map(widthOf));
  if (longest > 13) return "longest";
  if (longest > 9) return "longer";
  return longest > 6 ? "long" : "short";
}

/** A Chinese, Japanese or Korean character is twice as wide as a letter. @param {string} word */
function widthOf(word) {
  const wide = word.match(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu,
  );
  return [...word].length + (wide?.length ?? 0);
}
