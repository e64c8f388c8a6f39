// Apollo Client asks the server at the address given.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { CombinedGraphQLErrors } from "@apollo/client/errors";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { createHash } from "node:crypto";

import { BAD_CURSOR, PAGE, STATUS, noted, persisted, readToTheEnd, sent, tell, url } from "./questions.mjs";

const client = (...links) =>
  new ApolloClient({
    link: ApolloLink.from([...links, new HttpLink({ uri: url, fetch: noted })]),
    cache: new InMemoryCache(),
  });

const plain = client();
const paged = await readToTheEnd(async (variables) => (await plain.query({ query: PAGE, variables })).data);

const code = await plain.query({ query: BAD_CURSOR }).then(
  () => "none",
  (error) => (CombinedGraphQLErrors.is(error) ? error.errors[0].extensions.code : String(error)),
);

// Two clients with caches of their own: the second finds that the server knows the hash.
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
sent.length = 0;
for (let times = 0; persisted && times < 2; times += 1) {
  const { data } = await client(new PersistedQueryLink({ sha256, useGETForHashedQueries: true })).query({ query: STATUS });
  if (data.status.articles !== paged.total) throw new Error(JSON.stringify(data));
}

tell({ ...paged, code, sent });
plain.stop();
