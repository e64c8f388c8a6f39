import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";

import { tabs } from "./tabs.js";

const folder = new URL("../../../queries/", import.meta.url);
const queries = Object.fromEntries(
  readdirSync(folder).map((file) => [`../../../queries/${file}`, readFileSync(new URL(file, folder), "utf8")]),
);

test("every example query has one tab and the latest articles come first", () => {
  const made = tabs(queries);
  assert.equal(made.length, Object.keys(queries).length);
  assert.match(made[0].query, /^query LatestArticles/m);
});

test("tabs after the first are in the order of their names", () => {
  const made = tabs({ "x/B.graphql": "b", "x/LatestArticles.graphql": "first", "x/A.graphql": "a" });
  assert.deepEqual(made.map((tab) => tab.query), ["first", "a", "b"]);
});
