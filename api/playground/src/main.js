// The playground page: GraphiQL against the address it was loaded from, with one tab for each example query, a box for a
// token, and links to share.
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./page.css";

import { createLocalStorage } from "@graphiql/toolkit";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { createElement, Fragment } from "react";
import { createRoot } from "react-dom/client";

import { fetcher } from "./ask.js";
import { shared } from "./share.js";
import { ShareButton } from "./share-button.js";
import { tabs } from "./tabs.js";
import { TOKEN_BOX } from "./token-box.js";

const queries = import.meta.glob("../../../queries/*.graphql", { query: "?raw", import: "default", eager: true });

// A name of our own: other GraphiQLs on this host and port keep their tabs, and we keep ours.
const storage = createLocalStorage({ namespace: "communique" });

// A link's question comes before the tabs of a fresh playground, or into a tab of its own beside those kept from before.
const question = shared(window.location.hash);

createRoot(document.getElementById("playground")).render(
  createElement(
    GraphiQL,
    {
      fetcher: fetcher(window.location),
      storage,
      defaultTabs: question ? [question, ...tabs(queries)] : tabs(queries),
      initialQuery: question?.query,
      initialVariables: question && (question.variables ?? ""),
      defaultHeaders: "",
      shouldPersistHeaders: false,
      plugins: [HISTORY_PLUGIN, TOKEN_BOX],
    },
    createElement(GraphiQL.Logo, null, "Communiqué"),
    createElement(GraphiQL.Toolbar, null, ({ prettify, merge, copy }) =>
      createElement(Fragment, null, prettify, merge, copy, createElement(ShareButton)),
    ),
  ),
);

// A link pasted into an open playground opens its question too.
window.addEventListener("hashchange", () => {
  if (shared(window.location.hash)) window.location.reload();
});
