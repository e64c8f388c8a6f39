// What every JavaScript client asks of the server, and how it tells what it got.
import { createHash } from "node:crypto";

import { parse } from "graphql";
import { createClient } from "graphql-ws";
import WebSocket from "ws";

/** All articles, a few at a time. */
export const PAGE = parse(`query Page($after: String) {
  articles(first: 7, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes { id title }
  }
}`);

/** Articles with a word in them. */
export const SEARCH = parse(`{
  articles(search: "water", first: 5) {
    edges { node { title } highlights { field } }
  }
}`);

/** The titles that a search found, each with the parts of the article that have the word. */
export const found = ({ articles }) =>
  articles.edges.map(({ node, highlights }) => [node.title, highlights.map(({ field }) => field)]);

/** A cursor that no list gave out. */
export const BAD_CURSOR = parse(`{ articles(after: "no cursor") { nodes { id } } }`);

/** A question asked twice by its hash. */
export const STATUS = parse(`query Persisted { status { articles } }`);

/** What comes while somebody listens. */
export const ADDED = parse(`subscription Added { articleAdded { title } }`);

/** Where the program was told that the server is. */
export const url = process.argv[2];

/** The name that a text is known by, once it was sent. */
export const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** The requests that went out, each by what it carried: its text, its hash or both. */
export const sent = [];

/** `fetch`, which also notes in `sent` what goes out. */
export async function noted(input, init) {
  const address = new URL(input.url ?? input);
  const text = init?.body ?? JSON.stringify(Object.fromEntries(address.searchParams));
  sent.push([/"query":\s*"/.test(text) && "text", /sha256Hash/.test(text) && "hash"].filter(Boolean).join("+"));
  return fetch(input, init);
}

/**
 * Reads all pages of a list.
 *
 * @param {(variables: object) => Promise<object>} ask the data of PAGE with these variables
 * @returns {Promise<{ total: number, titles: string[] }>} what the list says it holds, and what it was seen to hold
 */
export async function readToTheEnd(ask) {
  const nodes = new Map();
  let total;
  for (let after = null; ; ) {
    const { articles } = await ask({ after });
    total = articles.totalCount;
    for (const node of articles.nodes) nodes.set(node.id, node.title);
    if (!articles.pageInfo.hasNextPage) return { total, titles: [...nodes.values()] };
    after = articles.pageInfo.endCursor;
  }
}

/**
 * A WebSocket for subscriptions.
 *
 * @returns {{ socket: import("graphql-ws").Client, live: () => Promise<void> }} the socket, and what resolves once all
 *   that was subscribed before is live: whatever follows a subscription, a ping too, is answered only then
 */
export function listening() {
  const waiting = [];
  const socket = createClient({
    url: url.replace("http", "ws"),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    keepAlive: 50,
    on: { pong: () => waiting.splice(0).forEach((tell) => tell()) },
  });
  const pong = () => new Promise((tell) => waiting.push(tell));
  // The first may answer a ping from before.
  const live = async () => [await pong(), await pong()];
  return { socket, live };
}

/** Says that what comes from now on is heard. */
export function sayLive() {
  console.log("live");
}

/** Prints what was found, for the test to judge. */
export function tell(found) {
  console.log(JSON.stringify(found));
}
