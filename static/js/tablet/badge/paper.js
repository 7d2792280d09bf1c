/**
 * A badge on paper: the page has the size of the label, and nothing else is on it. In a browser that
 * was started for printing without questions the paper comes at once, elsewhere its dialog does.
 *
 * @typedef {{ code: string, url: string, name: string, company: string, role: string,
 *   pronouns: string, ticket_type: string, print_count: number }} Badge
 */
import { fill } from "../../lib/render.js";
import { canonical, printed } from "../code.js";
import { timely } from "../patience.js";

const sheet = new CSSStyleSheet();
const PRINTED_WITHIN = 30_000; // ms; then the name leaves the page, where nobody sees it as well
let wiping = 0;

/** The size of the labels, for the preview and for the printer. @param {{ width_mm: number, height_mm: number } | null | undefined} label */
export function measure(label) {
  if (!label) return;
  const { width_mm: width, height_mm: height } = label;
  sheet.replaceSync(
    `@page { size: ${width}mm ${height}mm; margin: 0; }
    :root { --label-width: ${width}mm; --label-height: ${height}mm; --label-ratio: ${width} / ${height}; }`,
  );
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
}

/** @type {Record<string, import("../errands.js").Errand>} */
export const errands = {
  badge: async ({ api, told }, { code = "", detail }) => {
    const answer = await timely(api.post("badges", { code }));
    told({ type: "badge", detail: answer.kind === "ok" ? answer.body : alone(code, answer, detail) });
  },
  print: (_, { detail }) => print(detail),
};

/** Without a network a badge can be printed from what was read; a ticket's code is on no badge. @param {string} text @param {{ kind: string }} answer @param {import("../machine.js").Card | undefined} person @returns {Badge | undefined} */
function alone(text, answer, person) {
  const code = canonical(text);
  if (answer.kind !== "offline" || !code || !person?.name) return undefined;
  const { name, company = "" } = person;
  const url = `${location.origin.toUpperCase()}/B/${code}`;
  return { code, url, name, company, role: "", pronouns: "", ticket_type: "", print_count: 0 };
}

/** @param {Badge} badge */
function print(badge) {
  const template = /** @type {HTMLTemplateElement} */ (document.querySelector("#label"));
  const paper = /** @type {HTMLElement} */ (document.querySelector('[data-part="paper"]'));
  paper.replaceChildren(fill(template, values(badge), (key) => key));
  window.clearTimeout(wiping);
  window.print();
  wiping = window.setTimeout(() => paper.replaceChildren(), PRINTED_WITHIN);
}

/** What stands on the label. @param {Badge} badge @returns {import("../../lib/render.js").Values} */
export function values({ code, url, name, company, role, pronouns }) {
  const line = [role, company].filter(Boolean).join(" · ");
  return { url, short: printed(code), name, pronouns, line };
}
