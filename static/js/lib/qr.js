/**
 * A QR code of a short address, as the path of an SVG: bytes, level L, versions 1 to 5, mask 0
 * (ISO/IEC 18004). That is up to 106 bytes in a single block, all that a link on a screen needs.
 */
const TOTAL = [26, 44, 70, 100, 134]; // codewords of versions 1 to 5
const CHECK = [7, 10, 15, 20, 26]; // of which for error correction, level L
const FORMAT = 0x77c4; // level L, mask 0, with its own error correction

/** @param {string} text @returns {{ size: number, path: string } | null} null when it is too long */
export function qr(text) {
  const bytes = new TextEncoder().encode(text);
  const version = TOTAL.findIndex((total, at) => bytes.length + 2 <= total - CHECK[at]) + 1;
  if (!version) return null;
  const size = 17 + 4 * version;
  const grid = frame(size, version);
  fill(grid, codewords(bytes, version));
  const dark = grid.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : "")));
  return { size, path: dark.join("") };
}

/** @param {Uint8Array} bytes @param {number} version */
function codewords(bytes, version) {
  const room = TOTAL[version - 1] - CHECK[version - 1];
  // mode 0100, the length in 8 bits, the bytes, 0000: all shifted by half a byte
  const nibbles = [4, bytes.length >> 4, bytes.length & 15];
  for (const byte of bytes) nibbles.push(byte >> 4, byte & 15);
  nibbles.push(0);
  const data = [];
  for (let at = 0; at < nibbles.length; at += 2) data.push((nibbles[at] << 4) | nibbles[at + 1]);
  for (let pad = 0xec; data.length < room; pad ^= 0xec ^ 0x11) data.push(pad);
  return [...data, ...remainder(data, CHECK[version - 1])];
}

/** Reed-Solomon over GF(256) with 0x11d. @param {number[]} data @param {number} degree */
function remainder(data, degree) {
  let divisor = [1];
  for (let i = 0, root = 1; i < degree; i++, root = times(root, 2)) {
    const shifted = [...divisor, 0];
    divisor = shifted.map((term, at) => term ^ (at ? times(divisor[at - 1], root) : 0));
  }
  const rest = [...data, ...Array(degree).fill(0)];
  for (let at = 0; at < data.length; at++) {
    const factor = rest[at];
    divisor.forEach((term, by) => (rest[at + by] ^= times(term, factor)));
  }
  return rest.slice(data.length);
}

/** @param {number} a @param {number} b */
function times(a, b) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ (product >> 7 ? 0x11d : 0);
    if ((b >> bit) & 1) product ^= a;
  }
  return product & 0xff;
}

/** Everything that is not data; the data's places are left undefined. @param {number} size @param {number} version */
function frame(size, version) {
  const grid = Array.from({ length: size }, () => Array(size).fill(undefined));
  for (let at = 8; at < size - 8; at++) grid[6][at] = grid[at][6] = at % 2 === 0;
  for (const [y, x] of [[3, 3], [3, size - 4], [size - 4, 3]]) ring(grid, y, x, 4); // prettier-ignore
  if (version > 1) ring(grid, size - 7, size - 7, 2);
  const last = size - 1;
  for (let bit = 0; bit < 15; bit++) {
    const on = ((FORMAT >> bit) & 1) === 1;
    const near = bit < 8 ? [bit + (bit > 5 ? 1 : 0), 8] : [8, bit === 8 ? 7 : 14 - bit];
    const far = bit < 8 ? [8, last - bit] : [size - 15 + bit, 8];
    for (const [y, x] of [near, far]) grid[y][x] = on;
  }
  grid[size - 8][8] = true;
  return grid;
}

/** A finder (radius 4, its edge is light) or an alignment pattern (radius 2). @param {any[][]} grid @param {number} y @param {number} x @param {number} radius */
function ring(grid, y, x, radius) {
  for (let dy = -radius; dy <= radius; dy++) {
    for (let dx = -radius; dx <= radius; dx++) {
      const away = Math.max(Math.abs(dy), Math.abs(dx));
      const isDark = radius === 4 ? away !== 2 && away !== 4 : away !== 1;
      if (
        grid[y + dy]?.[x + dx] === undefined &&
        grid[y + dy] &&
        x + dx >= 0 &&
        x + dx < grid.length
      ) {
        grid[y + dy][x + dx] = isDark;
      }
    }
  }
}

/** Two columns at a time, up and down, from the right. @param {any[][]} grid @param {number[]} words */
function fill(grid, words) {
  const size = grid.length;
  let bit = 0;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5; // the timing column is skipped
    const isUp = ((right + 1) & 2) === 0;
    for (let step = 0; step < size * 2; step++) {
      const y = isUp ? size - 1 - (step >> 1) : step >> 1;
      const x = right - (step & 1);
      if (grid[y][x] !== undefined) continue;
      const on = ((words[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
      grid[y][x] = (on === 1) !== ((x + y) % 2 === 0);
      bit += 1;
    }
  }
}
