// The reference clients against a real server: subscribe.js URL COUNT
//
// Prints "live" once no event can be missed any more; then waits for COUNT articles on each transport, and prints as one
// line of JSON what each client got.
import { createClient as createSocketClient } from 'graphql-ws';
import { createClient as createEventsClient } from 'graphql-sse';
import WebSocket from 'ws';

const [url, count] = [process.argv[2], Number(process.argv[3])];
const added = { query: 'subscription { articleAdded { id } }' };
const status = { query: '{ status { pages } }' };
const wrong = { query: 'subscription { moon }' };

// A client that pings: whatever it says after a subscription is answered when that is live.
const [closes, pongs] = [[], []];
const socket = createSocketClient({
  url: url.replace('http', 'ws'),
  webSocketImpl: WebSocket,
  retryAttempts: 0,
  keepAlive: 50,
  on: { closed: ({ code }) => closes.push(code), pong: () => pongs.splice(0).forEach((tell) => tell()) },
});
const pong = () => new Promise((tell) => pongs.push(tell));

// Resolves with the first bytes of each answer: the comment that says that a subscription is live.
let live;
const firstBytes = new Promise((tell) => (live = tell));
const events = createEventsClient({
  url,
  retryAttempts: 0,
  fetchFn: async (...request) => {
    const answer = await fetch(...request);
    const [watched, body] = answer.body.tee();
    watched.getReader().read().then(live);
    return new Response(body, answer);
  },
});

async function take(client, operation, most) {
  const taken = [];
  for await (const result of client.iterate(operation)) {
    taken.push(result);
    if (taken.length === most) break;
  }
  return taken;
}

const failed = (promise) => promise.then(() => null, (error) => error);

const query = await take(socket, status);
const refused = await failed(take(socket, wrong));
const overSocket = take(socket, added, count);
const overEvents = take(events, added, count);
await Promise.all([pong(), firstBytes]);
// The first pong may answer a ping from before.
await pong();
console.log('live');

const told = { socket: await overSocket, events: await overEvents };
const eventsQuery = await take(events, status);
await socket.dispose();
console.log(JSON.stringify({ query, refused, told, eventsQuery, closes }));
process.exit(0);
