// The button that makes a link to the question in the open tab.
import { ToolbarButton, useGraphiQL } from "@graphiql/react";
import { createElement, useState } from "react";

import { link } from "./share.js";

function Icon() {
  return createElement(
    "svg",
    { className: "graphiql-toolbar-icon", viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", strokeWidth: 1.5, "aria-hidden": true },
    createElement("path", { d: "M10 14 a4 4 0 0 0 6 0 l4 -4 a4 4 0 0 0 -6 -6 l-1 1 M14 10 a4 4 0 0 0 -6 0 l-4 4 a4 4 0 0 0 6 6 l1 -1" }),
  );
}

/** Puts the link into the address bar and, where the browser lets it, on the clipboard. */
export function ShareButton() {
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const [said, say] = useState("");
  const share = async () => {
    const query = queryEditor?.getValue() ?? "";
    if (!query.trim()) return;
    const address = link(window.location.href, { query, variables: variableEditor?.getValue() });
    window.history.replaceState(null, "", address);
    // Only a page of this machine or of an https address may write there.
    const copied = await window.navigator.clipboard?.writeText(address).then(() => true, () => false);
    say(copied ? "The link is on the clipboard" : "The link is in the address bar");
  };
  return createElement(
    ToolbarButton,
    { onClick: share, label: said || "Share a link to this query", onBlur: () => say("") },
    createElement(Icon),
  );
}
