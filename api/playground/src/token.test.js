import assert from "node:assert/strict";
import test from "node:test";

import { authorization, keepToken, token } from "./token.js";

function storage() {
  const kept = new Map();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
}

test("a token goes out with every question, however it was pasted", () => {
  for (const typed of ["cq_abc", "  cq_abc\n", "Bearer cq_abc", "bearer  cq_abc"]) {
    const kept = storage();
    keepToken(typed, kept);
    assert.deepEqual(authorization(kept), { Authorization: "Bearer cq_abc" }, typed);
  }
});

test("without a token no header goes out, and an empty one forgets the last", () => {
  const kept = storage();
  assert.deepEqual(authorization(kept), {});
  keepToken("cq_abc", kept);
  keepToken(" ", kept);
  assert.equal(token(kept), "");
  assert.deepEqual(authorization(kept), {});
});
