// How a question of the playground reaches the server: by HTTP, a subscription by WebSocket, both with the token.
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { createClient } from "graphql-ws";

import { authorization } from "./token.js";

/**
 * @param {Location} page where the playground was loaded from: its own address is where questions go, also behind a
 *   proxy's prefix
 */
export function fetcher(page) {
  const socket = new URL(page.pathname, page.href.replace(/^http/, "ws"));
  const http = createGraphiQLFetcher({
    url: page.pathname,
    // Opened by the first subscription, and closed after the last.
    wsClient: createClient({ url: socket.href, connectionParams: authorization }),
  });
  return (question, options) => http(question, { ...options, headers: { ...authorization(), ...options?.headers } });
}
