/**
 * `<hall-kiosk>` joins the parts: a reading goes to the machine, what the machine wants done goes to
 * the errands, what it wants shown to the screen. No rule lives in this file.
 */
import { Api } from "../lib/api.js";
import { stayAwake } from "../lib/awake.js";
import { uuid } from "../lib/uuid.js";
import { Alone } from "./alone.js";
import { listen } from "./controls.js";
import * as device from "./device.js";
import { run } from "./errands.js";
import { guard } from "./guard.js";
import { Inputs } from "./inputs.js";
import { Keeper } from "./keeper.js";
import { step, waiting } from "./machine.js";
import { revoke } from "./pairing.js";
import { Pulse } from "./pulse.js";
import { length } from "./queue.js";
import { Screen } from "./screen.js";
import { Sender } from "./sender.js";
import { Settings } from "./settings.js";
import { Sounds } from "./sounds.js";
import { Speech } from "./speech.js";
import { Staff } from "./staff/staff.js";
import { Status } from "./status.js";
import { Upkeep } from "./upkeep.js";
import { shown } from "./timing.js";
import { Venue } from "./venue.js";

class Kiosk {
  #state = waiting("check_in");
  #pending = 0;
  #sounds = new Sounds();

  /** @param {HTMLElement} root @param {device.Pairing} pairing */
  constructor(root, pairing) {
    const api = new Api(pairing.token);
    this.root = root;
    this.pairing = pairing;
    this.speech = new Speech((root.dataset.languages ?? "").split(" "), () => this.#show());
    this.venue = new Venue(api, pairing);
    this.screen = new Screen(root, this.speech.say);
    this.status = new Status(root, this.speech.say, this.venue);
    this.settings = new Settings(root, pairing);
    this.sender = new Sender(api, {
      answered: (result, item) => this.keeper.answered(result, item),
      revoked: () => void this.#move({ type: "revoked" }),
      reached: (trouble) => {
        if (trouble) this.keeper.away();
        void this.status.reached(trouble);
      },
    });
    this.upkeep = new Upkeep(root);
    const told = (/** @type {import("./machine.js").Step} */ event) => void this.#move(event);
    this.alone = new Alone(api, this.venue, this.status, pairing);
    this.keeper = new Keeper(() => this.sender.wake(), told, this.alone);
    /** @type {import("./errands.js").Hands} */
    this.hands = {
      api,
      told,
      alone: this.alone,
      keeper: this.keeper,
      sounds: this.#sounds,
      now: () => this.venue.now(),
      list: () => this.settings.chosen.list,
    };
    this.staff = new Staff(root, this.hands, pairing, this.speech.say);
    this.venue.told = (event) => Promise.all([this.staff.hear(event), this.alone.hear(event)]);
  }

  async start() {
    const { settings, venue, speech, staff, alone } = this;
    await Promise.all([settings, venue, speech, staff, alone].map((part) => part.load()));
    this.#move({ type: "mode", mode: this.settings.chosen.home });
    this.#listen();
    void this.upkeep.start();
    if (this.pairing.is_revoked) return this.#move({ type: "revoked" });
    new Pulse(this, (told) => this.#pulsed(told)).start();
    void this.sender.wake();
  }

  #listen() {
    const { root, settings, speech } = this;
    new Inputs({ root, settings, say: speech.say, read: (event) => this.#move(event) }).listen();
    listen(this.root, {
      move: (event) => this.#move(event),
      read: (code) => code && this.#move({ type: "code", code }),
      again: () => this.screen.again(this.#state, this.settings.chosen.home),
      settings: this.settings,
      speech: this.speech,
      staff: this.staff,
      status: this.status,
    });
    for (const touch of ["pointerdown", "keydown"])
      document.addEventListener(touch, () => this.#sounds.unlock());
    guard(this.root, () => this.#show());
    this.staff.listen();
    stayAwake();
  }

  /** The one way anything happens. @param {import("./machine.js").Step} event */
  async #move(event) {
    const [next, effects] = step(this.#state, { id: uuid(), ...event });
    this.#state = next;
    this.#sounds.isMuted = this.settings.chosen.mute;
    for (const effect of effects) run(this.hands, effect);
    this.#show();
    this.#pending = await length();
    await this.status.show();
    if (next.at === "revoked") await revoke().then(() => this.#show());
  }

  #show() {
    const { event, phase } = this.venue;
    const { language } = this.settings.chosen;
    if (this.speech.follow(this.#state, language, event.languages)) void this.status.show();
    const { offered: languages } = this.speech;
    const scene = { event, phase, pending: this.#pending, languages, staff: this.staff.standing };
    this.screen.show(this.#state, scene, this.settings.chosen.home);
    shown(this.#state.at);
  }

  /** @param {"beat" | "revoked"} told */
  #pulsed(told) {
    if (told === "revoked") void this.#move({ type: told });
    else if (this.upkeep.isIdle) this.#show();
  }
}

class KioskElement extends HTMLElement {
  async connectedCallback() {
    const pairing = await device.paired();
    if (pairing) await new Kiosk(this, pairing).start();
    else location.replace("/kiosk/pair");
  }
}

customElements.define("hall-kiosk", KioskElement);
