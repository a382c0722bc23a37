import assert from "node:assert/strict";
import { test } from "node:test";
import { begun } from "../src/notes/completion";

test("a name begins at the beginning of a word, and ends at the caret", () => {
  for (const [before, text] of [
    ["@ro", "@ro"],
    ["Ask @rosa_i", "@rosa_i"],
    ["Hello\n@r", "@r"],
    ["(#Wat", "#Wat"],
    ["see #ماء", "#ماء"],
    ["＃水", "＃水"],
    ["hi, @ana-d", "@ana-d"],
  ] as const)
    assert.deepEqual(begun(before), { text, start: before.length - text.length }, before);
});

test("within a word, and without a letter, nothing begins", () => {
  for (const before of ["", "@", "#", "rosa@example", "a#b", "@ro ", "@ro,", "https://a.example/#part", "C#"])
    assert.equal(begun(before), undefined, before);
});
