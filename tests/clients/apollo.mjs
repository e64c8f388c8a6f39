// Apollo Client asks the server at the address given.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { CombinedGraphQLErrors } from "@apollo/client/errors";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";

import {
  ADDED, BAD_CURSOR, PAGE, SEARCH, STATUS, found, listening, noted, readToTheEnd, sayLive, sent, sha256, tell, url,
} from "./questions.mjs";

const client = (...links) =>
  new ApolloClient({
    link: ApolloLink.from([...links, new HttpLink({ uri: url, fetch: noted })]),
    cache: new InMemoryCache(),
  });

const plain = client();
const paged = await readToTheEnd(async (variables) => (await plain.query({ query: PAGE, variables })).data);

const searched = found((await plain.query({ query: SEARCH })).data);

const code = await plain.query({ query: BAD_CURSOR }).then(
  () => "none",
  (error) => (CombinedGraphQLErrors.is(error) ? error.errors[0].extensions.code : String(error)),
);

// Two clients with caches of their own: the second finds that the server knows the hash.
sent.length = 0;
for (let times = 0; times < 2; times += 1) {
  const { data } = await client(new PersistedQueryLink({ sha256, useGETForHashedQueries: true })).query({ query: STATUS });
  if (data.status.articles !== paged.total) throw new Error(JSON.stringify(data));
}

const { socket, live } = listening();
const ear = new ApolloClient({ link: new GraphQLWsLink(socket), cache: new InMemoryCache() });
const added = new Promise((next, error) => ear.subscribe({ query: ADDED }).subscribe({ next, error }));
await live();
sayLive();
const { data } = await added;

tell({ ...paged, searched, code, sent, added: data.articleAdded.title });
plain.stop();
ear.stop();
await socket.dispose();
