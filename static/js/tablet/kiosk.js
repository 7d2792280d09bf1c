/**
 * `<hall-kiosk>` joins the parts: a reading goes to the machine, what the machine wants done goes to
 * the errands, what it wants shown to the screen. No rule lives in this file.
 */
import { stayAwake } from "../lib/awake.js";
import { uuid } from "../lib/uuid.js";
import { listen } from "./controls.js";
import { Crew } from "./crew.js";
import { paired } from "./device.js";
import { run } from "./errands.js";
import { guard } from "./guard.js";
import { Inputs } from "./inputs.js";
import { step, waiting } from "./machine.js";
import { revoke } from "./pairing.js";
import { Pulse } from "./pulse.js";
import { length } from "./queue.js";
import { painted, shown } from "./timing.js";

class Kiosk {
  #state = waiting("check_in");
  #pending = 0;
  #root;
  #crew;

  /** @param {HTMLElement} root @param {import("./device.js").Pairing} pairing */
  constructor(root, pairing) {
    const told = (/** @type {import("./machine.js").Step} */ event) => void this.#move(event);
    this.#root = root;
    this.#crew = new Crew(root, pairing, { told, show: () => this.#show() });
  }

  /** @param {boolean} isRevoked */
  async start(isRevoked) {
    const { settings, sender, upkeep } = this.#crew;
    await this.#crew.load();
    this.#listen();
    void upkeep.start();
    if (isRevoked) return this.#move({ type: "revoked" });
    this.#move({ type: "mode", mode: settings.chosen.home });
    new Pulse(this.#crew, (told) => this.#pulsed(told)).start();
    void sender.wake();
  }

  #listen() {
    const root = this.#root;
    const { screen, settings, sounds, speech, staff, status } = this.#crew;
    new Inputs({ root, settings, say: speech.say, read: (event) => this.#move(event) }).listen();
    listen(root, {
      move: (event) => this.#move(event),
      read: (code) => code && this.#move({ type: "code", code }),
      again: () => screen.again(this.#state, settings.chosen.home),
      settings,
      speech,
      staff,
      status,
    });
    for (const touch of ["pointerdown", "keydown"])
      document.addEventListener(touch, () => sounds.unlock());
    guard(root, () => this.#show());
    staff.listen();
    stayAwake();
  }

  /** The one way anything happens. @param {import("./machine.js").Step} event */
  async #move(event) {
    const { hands, settings, sounds, staff, status } = this.#crew;
    const [next, effects] = step(this.#state, { id: uuid(), ...event });
    this.#state = next;
    sounds.isMuted = settings.chosen.mute;
    staff.note(next);
    for (const effect of effects) run(hands, effect);
    this.#show();
    painted(() => void status.show());
    if (next.at === "revoked") await this.#leave();
  }

  async #leave() {
    this.#pending = await length();
    await revoke();
    this.#show();
  }

  #show() {
    const { booth, screen, settings, speech, staff, status, venue } = this.#crew;
    const { event, phase } = venue;
    const { home, language } = settings.chosen;
    if (speech.follow(this.#state, language, event.languages)) void status.show();
    const { offered: languages } = speech;
    const { sponsor } = booth;
    const own = { staff: staff.standing, sponsor };
    const scene = { event, phase, pending: this.#pending, languages, ...own };
    screen.show(this.#state, scene, home);
    shown(this.#state.at);
  }

  /** @param {"beat" | "revoked"} told */
  #pulsed(told) {
    if (told === "revoked") void this.#move({ type: told });
    else if (this.#crew.upkeep.isIdle) this.#show();
  }
}

class KioskElement extends HTMLElement {
  async connectedCallback() {
    const pairing = await paired().catch(() => undefined); // the page for pairing says what is wrong
    if (pairing) await new Kiosk(this, pairing).start(!!pairing.is_revoked);
    else location.replace("/kiosk/pair");
  }
}

customElements.define("hall-kiosk", KioskElement);
