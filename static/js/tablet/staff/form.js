/**
 * The form for somebody new: looked over gently before it goes. What does not look like an address
 * is said once and kept when it is sent again; a badge that is read into the name is a badge.
 */
import { uuid } from "../../lib/uuid.js";
import { canonical } from "../code.js";

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * A badge that was read into a field for words. Some names have sixteen letters, hardly a code has no
 * digit.
 * @param {string} text
 */
export const badgeIn = (text) => (/[\d/]/.test(text) ? canonical(text) : null);

/** @param {import("../controls.js").Hands} hands @param {HTMLFormElement} form */
export function join(hands, form) {
  const said = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(form)));
  const name = (said.name ?? "").trim();
  const code = badgeIn(name);
  if (code) return hands.read(code);
  const slip = slipOf(form, name, (said.email ?? "").trim());
  if (slip) return tell(form, ...slip);
  const list = hands.settings.chosen.list;
  const more = { person_id: uuid(), language: document.documentElement.lang, list };
  hands.move({ type: "join", detail: { ...trimmed(said), ...more } });
}

/** Which field, and which of its sentences. @param {HTMLFormElement} form @param {string} name @param {string} email @returns {[string, string] | undefined} */
function slipOf(form, name, email) {
  if (!name) return ["name", "name-slip"];
  if (!email || ADDRESS.test(email) || form.dataset.asked === email) return undefined;
  form.dataset.asked = email;
  return ["email", "email-slip"];
}

/** @param {HTMLFormElement} form @param {string} field @param {string} slip */
function tell(form, field, slip) {
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-slip]")))
    part.hidden = part.dataset.slip !== slip;
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem(field));
  input.setAttribute("aria-invalid", "true");
  input.focus();
}

/** @param {Record<string, string>} said */
const trimmed = (said) =>
  Object.fromEntries(Object.entries(said).map(([key, value]) => [key, value.trim()]));
