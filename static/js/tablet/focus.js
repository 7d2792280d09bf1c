/**
 * What outlives the moment in which one screen takes the place of another. On the same screen filled
 * anew the focus stays on the control that had it, and what was typed stays in its field. On another
 * screen the focus goes to the field that asks for it, else to the stage, from where Tab goes on. A
 * focus that was elsewhere stays there.
 */
const FIELDS = "input[id], select[id]";

/** @param {HTMLElement} stage @param {string} view which screen comes @param {() => void} replace puts it there */
export function refocus(stage, view, replace) {
  const held = document.activeElement;
  const wasOurs = !held || held === document.body || stage.contains(held);
  const isSame = stage.dataset.view === view;
  const same = isSame && wasOurs && held instanceof HTMLElement ? alike(held) : "";
  const typed = isSame ? fields(stage).map(({ id, value }) => ({ id, value })) : [];
  stage.dataset.view = view;
  replace();
  for (const field of fields(stage))
    field.value = typed.find(({ id }) => id === field.id)?.value ?? field.value;
  const next = (same && stage.querySelector(same)) || stage.querySelector("[data-focus]");
  if (next instanceof HTMLElement) next.focus();
  else if (wasOurs) stage.focus({ preventScroll: true });
}

/** @param {HTMLElement} stage */
const fields = (stage) => [
  .../** @type {NodeListOf<HTMLInputElement>} */ (stage.querySelectorAll(FIELDS)),
];

/** What finds this control again. @param {HTMLElement} control */
function alike({ id, dataset: { does, value } }) {
  if (id) return `#${CSS.escape(id)}`;
  if (!does) return "";
  return `[data-does="${does}"]${value === undefined ? "" : `[data-value="${CSS.escape(value)}"]`}`;
}
