/**
 * Everybody who works at one tablet, made known to each other: who talks to the server, who keeps,
 * who shows, who speaks. Nothing happens here.
 *
 * @typedef {{ told: (step: import("./machine.js").Step) => void, show: () => void }} Master
 */
import { Api } from "../lib/api.js";
import { Alone } from "./alone.js";
import { Envelopes } from "./envelope.js";
import { Keeper } from "./keeper.js";
import { Screen } from "./screen.js";
import { Sender } from "./sender.js";
import { Settings } from "./settings.js";
import { Sounds } from "./sounds.js";
import { Speech } from "./speech.js";
import { Booth } from "./sponsor/booth.js";
import { Staff } from "./staff/staff.js";
import { Status } from "./status.js";
import { Upkeep } from "./upkeep.js";
import { Venue } from "./venue.js";

export class Crew {
  sounds = new Sounds();
  envelopes = new Envelopes();

  /** @param {HTMLElement} root @param {import("./device.js").Pairing} pairing @param {Master} master */
  constructor(root, pairing, { told, show }) {
    const api = new Api(pairing.token);
    this.speech = new Speech((root.dataset.languages ?? "").split(" "), show);
    this.venue = new Venue(api, pairing);
    this.screen = new Screen(root, this.speech.say);
    this.status = new Status(root, this.speech.say, this.venue);
    this.settings = new Settings(root, pairing);
    this.upkeep = new Upkeep(root);
    this.booth = new Booth(root, pairing);
    this.sender = new Sender(api, {
      answered: (result, item) => {
        this.keeper.answered(result, item);
        if (item?.shown) void this.status.show(); // nobody is told anything, but less waits here
      },
      revoked: () => told({ type: "revoked" }),
      reached: (trouble) => this.#reached(trouble),
    });
    this.alone = new Alone(api, this.venue, this.status, pairing);
    this.keeper = new Keeper(() => this.sender.wake(), told, this.alone);
    /** @type {import("./errands.js").Hands} */
    this.hands = {
      api,
      told,
      alone: this.alone,
      envelopes: this.envelopes,
      keeper: this.keeper,
      sounds: this.sounds,
      now: () => this.venue.now(),
      list: () => this.settings.chosen.list,
      sponsor: () => this.booth.sponsor,
    };
    this.staff = new Staff(root, this.hands, pairing, this.speech.say);
    // A sponsor's tablet judges nobody, so it is told of nobody.
    const listeners = [this.staff, this.envelopes, this.booth.sponsor ? this.booth : this.alone];
    this.venue.told = (event) => Promise.all(listeners.map((one) => one.hear(event)));
  }

  load() {
    const { settings, venue, speech, staff, alone, envelopes } = this;
    const parts = [settings, venue, speech, staff, alone, envelopes];
    return Promise.all(parts.map((part) => part.load()));
  }

  /** @param {import("../lib/api.js").Trouble | ""} trouble */
  #reached(trouble) {
    if (trouble) this.keeper.away();
    void this.status.reached(trouble);
  }
}
