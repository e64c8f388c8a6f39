// graphql-request asks the server at the address given. It knows no persisted queries and no subscriptions; so it is
// taught the rules of the former, as its users do: the hash alone first, the text with it when the server does not know it.
import { ClientError, GraphQLClient } from "graphql-request";

import {
  BAD_CURSOR, PAGE, SEARCH, STATUS, found, noted, readToTheEnd, sent, sha256, tell, url,
} from "./questions.mjs";

const codeOf = (error) => (error instanceof ClientError ? error.response.errors[0].extensions.code : String(error));

const client = new GraphQLClient(url, { fetch: noted });
const paged = await readToTheEnd((variables) => client.request(PAGE, variables));

const searched = found(await client.request(SEARCH));

const code = await client.request(BAD_CURSOR).then(() => "none", codeOf);

// Several questions in one call.
const together = (await client.batchRequests([{ document: PAGE }, { document: SEARCH }])).map(({ data }) =>
  data.articles.totalCount ?? data.articles.edges.length,
);

/** A client that sends a hash, and the text too if it is told to. */
const hashed = (withText) =>
  new GraphQLClient(url, {
    fetch: noted,
    requestMiddleware: (request) => {
      const { query, ...rest } = JSON.parse(request.body);
      const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(query) } };
      return { ...request, body: JSON.stringify({ ...rest, extensions, ...(withText && { query }) }) };
    },
  });

sent.length = 0;
for (let times = 0; times < 2; times += 1) {
  const data = await hashed(false)
    .request(STATUS)
    .catch((error) => {
      if (codeOf(error) !== "PERSISTED_QUERY_NOT_FOUND") throw error;
      return hashed(true).request(STATUS);
    });
  if (data.status.articles !== paged.total) throw new Error(JSON.stringify(data));
}

tell({ ...paged, searched, code, sent, together });
