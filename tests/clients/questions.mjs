// What every JavaScript client asks of the server, and how it tells what it got.
import { parse } from "graphql";

/** All articles, a few at a time. */
export const PAGE = parse(`query Page($after: String) {
  articles(first: 7, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes { id title }
  }
}`);

/** A cursor that no list gave out. */
export const BAD_CURSOR = parse(`{ articles(after: "no cursor") { nodes { id } } }`);

/** A question asked twice by its hash. */
export const STATUS = parse(`query Persisted { status { articles } }`);

/** Where the program was told that the server is. */
export const url = process.argv[2];

/** Whether to ask by hash too. */
export const persisted = process.argv[3] === "persisted";

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

/** Prints what was found, for the test to judge. */
export function tell(found) {
  console.log(JSON.stringify(found));
}
