// Finding the number that the site keeps to itself.
import { sha256 } from "./sha256";

export interface Challenge {
  salt: string;
  /** SHA-256 of `salt:number`, in hexadecimal digits. */
  challenge: string;
  max: number;
  signature: string;
}

/** What the form sends, or nothing when no number fits. */
export function solve({ salt, challenge, max, signature }: Challenge): string {
  const wanted = Uint32Array.from({ length: 8 }, (_, at) => Number.parseInt(challenge.slice(at * 8, at * 8 + 8), 16));
  for (let number = 0; number < max; number++) {
    const digest = sha256(`${salt}:${number}`);
    if (digest[0] === wanted[0] && wanted.every((word, at) => word === digest[at]))
      return `${salt}:${number}:${signature}`;
  }
  return "";
}
