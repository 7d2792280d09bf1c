/** What the staff's features bring to the machine, the screens, the errands and the controls. */
import { exceptions, views as exceptionViews } from "./exceptions.js";
import { badgeIn, join } from "./form.js";
import { newcomers, views as newcomerViews } from "./newcomer.js";
import { turnOver } from "./note.js";
import { errands as searchErrands, searching, views as searchViews } from "./search.js";

/** @type {import("../machine.js").Part[]} */
export const parts = [exceptions, newcomers, searching];
export const views = { ...exceptionViews, ...newcomerViews, ...searchViews };
export const errands = searchErrands;

/** What the waiting screen offers besides a badge. @param {import("./staff.js").Standing | undefined} staff */
export const waysIn = ({ role } = { role: "kiosk", ticketTypes: [] }) => ({
  canSearch: role === "desk",
  canAdd: role !== "kiosk",
  canName: role !== "desk",
});

/** @type {Record<string, (hands: import("../controls.js").Hands, button: HTMLElement) => unknown>} */
export const presses = {
  note: (_, button) => turnOver(button),
  settle: ({ staff }, button) => staff.cases.settle(button.dataset.value ?? ""),
  check_in_case: ({ move, read }, button) => {
    button.closest("dialog")?.close();
    move({ type: "mode", mode: "check_in" }); // whatever this tablet does otherwise
    read(button.dataset.value ?? "");
  },
};

/** @type {Record<string, (hands: import("../controls.js").Hands, form: HTMLFormElement) => unknown>} */
export const forms = {
  join,
  search_typed: ({ read }, form) => {
    const code = badgeIn(String(new FormData(form).get("text") ?? ""));
    if (code) read(code);
  },
};
