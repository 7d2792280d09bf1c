/**
 * `<hall-time form="time|date|both|ago"><time datetime="…Z">…</time></hall-time>` rewrites the
 * instant in the reader's own time zone and language. Without a script the server's text stands.
 */
const FORMS = /** @type {Record<string, Intl.DateTimeFormatOptions>} */ ({
  time: { hour: "2-digit", minute: "2-digit" },
  date: { day: "numeric", month: "long", year: "numeric" },
  both: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
});

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export class LocalTime extends HTMLElement {
  #timer = 0;

  connectedCallback() {
    this.#show();
    if (this.getAttribute("form") === "ago") {
      this.#timer = window.setInterval(() => this.#show(), 30_000);
    }
  }

  disconnectedCallback() {
    window.clearInterval(this.#timer);
  }

  #show() {
    const time = this.querySelector("time");
    const instant = new Date(time?.dateTime ?? "");
    if (!time || Number.isNaN(instant.getTime())) return;
    const form = this.getAttribute("form") ?? "time";
    time.textContent = form === "ago" ? ago(instant) : format(instant, form);
    time.title = format(instant, "both");
  }
}

/** @param {Date} instant @param {string} form */
function format(instant, form) {
  return new Intl.DateTimeFormat(language(), FORMS[form] ?? FORMS.time).format(instant);
}

/** @param {Date} instant */
function ago(instant) {
  const seconds = (instant.getTime() - Date.now()) / 1000;
  const words = new Intl.RelativeTimeFormat(language(), { numeric: "auto", style: "short" });
  const size = Math.abs(seconds);
  if (size < MINUTE) return words.format(Math.round(seconds), "second");
  if (size < HOUR) return words.format(Math.round(seconds / MINUTE), "minute");
  if (size < DAY) return words.format(Math.round(seconds / HOUR), "hour");
  return words.format(Math.round(seconds / DAY), "day");
}

function language() {
  return `${document.documentElement.lang || "en"}-u-nu-latn`;
}

customElements.define("hall-time", LocalTime);
