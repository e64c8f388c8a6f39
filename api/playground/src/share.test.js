import assert from "node:assert/strict";
import test from "node:test";

import { link, shared } from "./share.js";

const question = { query: '# a é & + "#"\nquery Q($n: Int = 1) { articles(first: $n) { nodes { title } } }', variables: '{ "n": 3 }' };

test("a link gives back the question it was made of", () => {
  const address = link("http://127.0.0.1:8000/graphql?x=1#query=old", question);
  assert.ok(address.startsWith("http://127.0.0.1:8000/graphql?x=1#"), address);
  assert.deepEqual(shared(new URL(address).hash), question);
});

test("variables that are empty are left out of the link", () => {
  const address = link("http://h/graphql", { query: "{ a }", variables: " " });
  assert.deepEqual(shared(new URL(address).hash), { query: "{ a }", variables: undefined });
});

test("an address without a question shares nothing", () => {
  for (const hash of ["", "#", "#variables=%7B%7D", "#section", "#query="]) assert.equal(shared(hash), undefined, hash);
});
