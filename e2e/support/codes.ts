/** The app on somebody's telephone: codes that change every half minute (RFC 6238), and none of them twice. */
import { createHmac } from "node:crypto";

const STEP = 30_000;
/** So long a code may be on its way to the site, on a busy machine. */
const ON_ITS_WAY = 6_000;

export class CodeApp {
  private secret: Buffer;
  private last = 0;

  /** `key` as the page spells it: base 32 (RFC 4648 §6) in groups. */
  constructor(key: string) {
    const bits = [...key.replaceAll(" ", "")].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
    this.secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  }

  /**
   * The next code that the site takes. It takes those of the half minute before and after, too, so three can be had
   * without waiting for any clock.
   */
  next(): string {
    const now = Math.floor(Date.now() / STEP);
    // The one before is about to be too old when its time is nearly over.
    const oldest = Date.now() % STEP < STEP - ON_ITS_WAY ? now - 1 : now;
    this.last = Math.max(this.last + 1, oldest);
    if (this.last > now + 1) throw new Error("a fourth code within half a minute");
    return this.at(this.last);
  }

  private at(step: number): string {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const hash = createHmac("sha1", this.secret).update(counter).digest();
    const word = hash.readUInt32BE((hash.at(-1) ?? 0) & 15) & 0x7fffffff;
    return String(word % 1_000_000).padStart(6, "0");
  }
}
