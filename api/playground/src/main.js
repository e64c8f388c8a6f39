// The playground page: GraphiQL against the address it was loaded from, with one tab for each example query.
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./page.css";

import { createGraphiQLFetcher, createLocalStorage } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

import { tabs } from "./tabs.js";

const queries = import.meta.glob("../../../queries/*.graphql", { query: "?raw", import: "default", eager: true });

// The page is served at the GraphQL endpoint itself, so its own path is where queries go: also behind a proxy's prefix.
const fetcher = createGraphiQLFetcher({ url: window.location.pathname });

// A name of our own: other GraphiQLs on this host and port keep their tabs, and we keep ours.
const storage = createLocalStorage({ namespace: "communique" });

createRoot(document.getElementById("playground")).render(
  createElement(
    GraphiQL,
    { fetcher, storage, defaultTabs: tabs(queries), defaultHeaders: "", shouldPersistHeaders: false },
    createElement(GraphiQL.Logo, null, "Communiqué"),
  ),
);
