/**
 * What people press and type. An element says what it does with `data-does`: one of these, else it
 * is an event for the machine, with the button's data or the form's fields as its detail. Everything
 * else on the page does nothing and leads nowhere.
 *
 * @typedef {{
 *   move: (event: import("./machine.js").Step) => void, read: (code: string) => void,
 *   again: () => void, settings: import("./settings.js").Settings,
 *   speech: import("./speech.js").Speech, staff: import("./staff/staff.js").Staff,
 *   status: import("./status.js").Status }} Hands
 */
import { end } from "./pairing.js";
import { saveAsFile } from "./rescue.js";
import { forms as staffForms, presses as staffPresses } from "./staff/index.js";

/** @type {Record<string, (hands: Hands, button: HTMLElement) => unknown>} */
const PRESSES = {
  ...staffPresses,
  mode: ({ move }, button) =>
    move({ type: "mode", mode: /** @type {any} */ (button.dataset.mode) }),
  more_time: ({ again }) => again(),
  mute: ({ settings }) => settings.change({ mute: !settings.chosen.mute }),
  speak: ({ speech }, button) => speech.choose(button.dataset.value ?? ""),
  seen: ({ status }, button) => status.settle(button.dataset.value ?? ""),
  save_scans: () => saveAsFile(),
  full_screen: () => toggleFullScreen(),
  unpair: async () => {
    await end();
    location.replace("/kiosk/pair");
  },
};

/** @type {Record<string, (hands: Hands, form: HTMLFormElement) => unknown>} */
const FORMS = {
  ...staffForms,
  typed: ({ read }, form) => read(String(new FormData(form).get("code") ?? "").trim()),
  settings: async ({ settings, staff, move }, form) => {
    const trouble = await staff.become(String(new FormData(form).get("role") ?? ""));
    if (trouble) return settings.complain(trouble);
    await settings.take(form);
    move({ type: "mode", mode: settings.chosen.home });
  },
};

/** @param {HTMLElement} root @param {Hands} hands */
export function listen(root, hands) {
  root.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("button[data-does]");
    if (button instanceof HTMLElement) press(hands, button);
  });
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    submit(hands, form);
  });
  root.addEventListener("input", () => hands.again());
  root.addEventListener("elapsed", () =>
    hands.move({ type: "elapsed", mode: hands.settings.chosen.home }),
  );
  document.addEventListener("keydown", (event) => event.key === "Escape" && back(root, hands));
  root.addEventListener("contextmenu", (event) => event.preventDefault());
}

/** @param {Hands} hands @param {HTMLElement} button */
function press(hands, button) {
  const { does = "", ...detail } = button.dataset;
  const act = PRESSES[does];
  if (act) act(hands, button);
  else hands.move({ type: does, detail });
}

/** Escape leads back, as the button does; a sheet that is open closes by itself. @param {HTMLElement} root @param {Hands} hands */
function back(root, hands) {
  if (document.querySelector("dialog[open]")) return;
  const button = root.querySelector('.stage [data-does="badge_back"]');
  if (button instanceof HTMLElement) button.click();
  else hands.move({ type: "cancel" });
}

/** @param {Hands} hands @param {HTMLFormElement} form */
function submit(hands, form) {
  const does = form.dataset.does ?? "";
  const act = FORMS[does];
  if (act) act(hands, form);
  else if (does) hands.move({ type: does, detail: Object.fromEntries(new FormData(form)) });
}

function toggleFullScreen() {
  if (document.fullscreenElement) return document.exitFullscreen();
  return document.documentElement.requestFullscreen?.({ navigationUI: "hide" });
}
