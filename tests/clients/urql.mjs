// urql asks the server at the address given.
import { Client, cacheExchange, fetchExchange, subscriptionExchange } from "@urql/core";
import { persistedExchange } from "@urql/exchange-persisted";

import {
  ADDED, BAD_CURSOR, PAGE, SEARCH, STATUS, found, listening, noted, readToTheEnd, sayLive, sent, tell, url,
} from "./questions.mjs";

const client = (...exchanges) =>
  new Client({ url, fetch: noted, exchanges: [cacheExchange, ...exchanges, fetchExchange], preferGetMethod: false });

async function ask(one, query, variables = {}) {
  const { data, error } = await one.query(query, variables).toPromise();
  if (error) throw error;
  return data;
}

const plain = client();
const paged = await readToTheEnd((variables) => ask(plain, PAGE, variables));

const searched = found(await ask(plain, SEARCH));

const code = await ask(plain, BAD_CURSOR).then(
  () => "none",
  (error) => error.graphQLErrors[0]?.extensions.code ?? String(error),
);

// Two clients with caches of their own: the second finds that the server knows the hash.
sent.length = 0;
for (let times = 0; times < 2; times += 1) {
  const data = await ask(client(persistedExchange({ preferGetForPersistedQueries: true })), STATUS);
  if (data.status.articles !== paged.total) throw new Error(JSON.stringify(data));
}

const { socket, live } = listening();
const ear = client(
  subscriptionExchange({
    forwardSubscription: ({ query, variables }) => ({
      subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query, variables }, sink) }),
    }),
  }),
);
const added = new Promise((tell) => ear.subscription(ADDED, {}).subscribe(tell));
await live();
sayLive();
const { data, error } = await added;
if (error) throw error;

tell({ ...paged, searched, code, sent, added: data.articleAdded.title });
await socket.dispose();
