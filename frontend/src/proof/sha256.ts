// SHA-256 (FIPS 180-4) of short ASCII texts. The browser's own answers by promise, one text at a time, and is not there
// without HTTPS; trying hundreds of thousands of texts needs one that just returns.

const K = new Uint32Array(64);
const START = new Uint32Array(8);
fractions();

const block = new Uint32Array(64);

/** The eight words of the digest. The text has at most 55 characters: one block. */
export function sha256(text: string): Uint32Array {
  if (text.length > 55) throw new RangeError("the text is longer than one block");
  block.fill(0, 0, 16);
  for (let at = 0; at < text.length; at++) add(at, text.charCodeAt(at));
  add(text.length, 0x80);
  block[15] = text.length * 8;
  for (let t = 16; t < 64; t++) {
    const [a, b] = [word(t - 15), word(t - 2)];
    const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
    const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    block[t] = word(t - 16) + s0 + word(t - 7) + s1;
  }
  return compress();
}

function compress(): Uint32Array {
  let [a, b, c, d, e, f, g, h] = START as unknown as [number, number, number, number, number, number, number, number];
  for (let t = 0; t < 64; t++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const one = (h + s1 + ((e & f) ^ (~e & g)) + (K[t] as number) + word(t)) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  const digest = Uint32Array.of(a, b, c, d, e, f, g, h);
  for (let at = 0; at < 8; at++) digest[at] = (digest[at] as number) + (START[at] as number);
  return digest;
}

function add(at: number, byte: number): void {
  block[at >> 2] = word(at >> 2) | (byte << (24 - (at & 3) * 8));
}

function word(at: number): number {
  return block[at] as number;
}

function turn(value: number, by: number): number {
  return (value >>> by) | (value << (32 - by));
}

/** The constants are bits of roots of the first primes (FIPS 180-4 §4.2.2, §5.3.3). */
function fractions(): void {
  const bits = (root: number) => (root - Math.floor(root)) * 2 ** 32;
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  primes.forEach((prime, at) => {
    K[at] = bits(Math.cbrt(prime));
    if (at < 8) START[at] = bits(Math.sqrt(prime));
  });
}
