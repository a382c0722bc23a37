import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { sha256 } from "../src/proof/sha256";
import { solve } from "../src/proof/solve";

const known = (text: string) => createHash("sha256").update(text).digest("hex");
const hex = (words: Uint32Array) => [...words].map((word) => word.toString(16).padStart(8, "0")).join("");

test("the digest is SHA-256 for every length that fits", () => {
  for (let length = 0; length <= 55; length++) {
    const text = "The creek is 40% full: walk! ~".repeat(2).slice(0, length);
    assert.equal(hex(sha256(text)), known(text), text);
  }
  assert.throws(() => sha256("x".repeat(56)), RangeError);
});

test("the number is found, and nothing where there is none", () => {
  const asked = { salt: "1790000000000.0123456789abcdef0123456789abcdef", signature: "s", max: 5_000 };
  const challenge = known(`${asked.salt}:4321`);
  assert.equal(solve({ ...asked, challenge }), `${asked.salt}:4321:s`);
  assert.equal(solve({ ...asked, challenge, max: 4_321 }), "");
});
