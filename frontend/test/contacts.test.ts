import assert from "node:assert/strict";
import { test } from "node:test";
import { addressesIn } from "../src/contacts/addresses";

test("addresses are found in whatever people paste", () => {
  assert.deepEqual(addressesIn("Rosa Mora <Rosa@Example.com>, ben@example.org; rosa@example.com"), [
    "rosa@example.com",
    "ben@example.org",
  ]);
  assert.deepEqual(addressesIn('name,"e-mail"\r\nZoë,"zoë@münchen.example"\r\n'), ["zoë@münchen.example"]);
  assert.deepEqual(addressesIn("mailto:a.b+c@sub.example.co.uk?subject=x"), ["a.b+c@sub.example.co.uk"]);
});

test("addresses of a vCard are found, folded lines too", () => {
  const card =
    "BEGIN:VCARD\r\nFN:Ben Oak\r\nEMAIL;TYPE=home:ben.oak@exam\r\n ple.org\r\nitem1.EMAIL:ben@work.example\r\nURL:https://example.org/@ben\r\nEND:VCARD";
  assert.deepEqual(addressesIn(card), ["ben.oak@example.org", "ben@work.example"]);
});

test("what is no address is none", () => {
  for (const text of ["", "rosa", "@rosa_mora", "rosa@", "a@b", "a@b.c", "https://example.org/@ben/5.html"])
    assert.deepEqual(addressesIn(text), [], text);
});
