/**
 * The features of the tablet, each a part of the one state machine. An event is offered to them in
 * this order; the first that makes a move of it wins.
 */
import { badges } from "./badge/badge.js";
import { several } from "./camera/several.js";
import { door } from "./check.js";
import { phoneLink } from "./link.js";
import { sharing } from "./sharing.js";
import { leads } from "./sponsor/sponsor.js";
import { parts as staffParts } from "./staff/index.js";
import { nextSteps } from "./steps.js";
import { swapping } from "./swap.js";
import { undoing } from "./undo.js";

/** @type {import("./machine.js").Part[]} */
export const PARTS = [
  ...[leads, ...staffParts, undoing, swapping, sharing, nextSteps, badges, door, phoneLink],
  several,
];
