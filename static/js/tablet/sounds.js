/**
 * Short motifs, made on the spot: an outcome can be heard across a noisy hall, and felt where the
 * tablet can shake. Rising is yes, falling is goodbye, low and twice is no.
 */
const MOTIFS =
  /** @type {Record<string, { notes: [number, number, number][], wave: OscillatorType, felt: number[] }>} */ ({
    tick: { notes: [[880, 0, 0.07]], wave: "sine", felt: [15] },
    welcome: {
      notes: [
        [523, 0, 0.14],
        [784, 0.12, 0.3],
      ],
      wave: "sine",
      felt: [40],
    },
    goodbye: {
      notes: [
        [659, 0, 0.14],
        [440, 0.12, 0.3],
      ],
      wave: "sine",
      felt: [25],
    },
    swap: {
      notes: [
        [523, 0, 0.14],
        [659, 0.1, 0.14],
        [784, 0.2, 0.14],
        [1047, 0.3, 0.4],
      ],
      wave: "sine",
      felt: [30, 60, 30, 60, 60],
    },
    refusal: {
      notes: [
        [233, 0, 0.16],
        [196, 0.2, 0.3],
      ],
      wave: "triangle",
      felt: [120, 80, 120],
    },
  });
const LOUDNESS = 0.22;

export class Sounds {
  isMuted = false;
  /** @type {AudioContext | undefined} */
  #context;

  /** Browsers make no sound before somebody has touched the page or a scanner has typed. */
  unlock() {
    this.#context ??= new AudioContext();
    if (this.#context.state === "suspended") this.#context.resume();
  }

  /** @param {string} name */
  play(name) {
    const motif = MOTIFS[name];
    if (!motif || this.isMuted || !this.#context) return;
    navigator.vibrate?.(motif.felt);
    for (const [pitch, after, length] of motif.notes) this.#note(motif.wave, pitch, after, length);
  }

  /** @param {OscillatorType} wave @param {number} pitch @param {number} after @param {number} length */
  #note(wave, pitch, after, length) {
    const context = /** @type {AudioContext} */ (this.#context);
    const begin = context.currentTime + after;
    const voice = new OscillatorNode(context, { type: wave, frequency: pitch });
    const level = new GainNode(context, { gain: 0 });
    level.gain.setValueAtTime(0, begin);
    level.gain.linearRampToValueAtTime(LOUDNESS, begin + 0.015);
    level.gain.exponentialRampToValueAtTime(0.001, begin + length);
    voice.connect(level).connect(context.destination);
    voice.start(begin);
    voice.stop(begin + length);
  }
}
