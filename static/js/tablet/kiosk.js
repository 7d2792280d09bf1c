/**
 * `<hall-kiosk>` joins the parts: a reading goes to the machine, what the machine wants done goes to
 * the errands, what it wants shown to the screen. No rule lives in this file.
 */
import { Api } from "../lib/api.js";
import { stayAwake } from "../lib/awake.js";
import { uuid } from "../lib/uuid.js";
import { listen } from "./controls.js";
import * as device from "./device.js";
import { run } from "./errands.js";
import { Keeper } from "./keeper.js";
import { step, waiting } from "./machine.js";
import { length } from "./queue.js";
import { Screen } from "./screen.js";
import { Sender } from "./sender.js";
import { Settings } from "./settings.js";
import { Sounds } from "./sounds.js";
import { Status } from "./status.js";
import { Venue } from "./venue.js";
import { Wedge } from "./wedge.js";
import { speaker } from "./words.js";
import english from "./words/en.js";

const HEARTBEAT = 20_000; // ms

class Kiosk {
  #state = waiting("check_in");
  #pending = 0;
  #sounds = new Sounds();

  /** @param {HTMLElement} root @param {device.Pairing} pairing */
  constructor(root, pairing) {
    const say = speaker(english);
    const api = new Api(pairing.token);
    this.root = root;
    this.venue = new Venue(api, pairing);
    this.screen = new Screen(root, say);
    this.status = new Status(root, say);
    this.settings = new Settings(root, pairing);
    this.sender = new Sender(api, {
      answered: (result) => this.keeper.answered(result),
      revoked: () => void this.#move({ type: "revoked" }),
      reached: (is) => void this.status.reached(is),
    });
    const told = (/** @type {import("./machine.js").Step} */ event) => void this.#move(event);
    this.keeper = new Keeper(() => this.sender.wake(), told);
    /** @type {import("./errands.js").Hands} */
    this.hands = {
      api,
      told,
      keeper: this.keeper,
      sounds: this.#sounds,
      now: () => this.venue.now(),
      list: () => this.settings.chosen.list,
    };
  }

  async start() {
    await Promise.all([this.settings.load(), this.venue.load()]);
    this.#move({ type: "mode", mode: this.settings.chosen.home });
    this.#listen();
    this.#beat();
    this.sender.wake();
  }

  #listen() {
    new Wedge((code) => void this.#move({ type: "code", code })).listen(document);
    listen(this.root, {
      move: (event) => this.#move(event),
      read: (code) => code && this.#move({ type: "code", code }),
      again: () => this.screen.again(this.#state, this.settings.chosen.home),
      settings: this.settings,
      status: this.status,
    });
    window.addEventListener("online", () => this.#beat());
    window.addEventListener("offline", () => void this.status.reached(false));
    for (const touch of ["pointerdown", "keydown"]) {
      document.addEventListener(touch, () => this.#sounds.unlock());
    }
    window.setInterval(() => this.#beat(), HEARTBEAT);
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
    if (next.at === "revoked") this.#show();
  }

  #show() {
    const scene = { event: this.venue.event, phase: this.venue.phase, pending: this.#pending };
    this.screen.show(this.#state, scene, this.settings.chosen.home);
  }

  async #beat() {
    const answer = await this.venue.beat();
    if (answer.kind === "revoked") return this.#move({ type: "revoked" });
    await this.status.reached(answer.kind !== "offline");
    if (answer.kind === "ok") this.sender.wake();
    if (this.#state.at === "waiting" && !this.root.querySelector(".input:focus")) this.#show();
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
