// The box for a token, a panel of the playground.
import { createElement, useState } from "react";

import { keepToken, token } from "./token.js";

function Icon() {
  return createElement(
    "svg",
    { viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", strokeWidth: 1.5, "aria-hidden": true },
    createElement("circle", { cx: 8, cy: 16, r: 4.5 }),
    createElement("path", { d: "M11 13 L20 4 M16 8 L19 11" }),
  );
}

function Box() {
  const [value, setValue] = useState(token);
  return createElement(
    "section",
    { className: "token-box" },
    createElement("h2", null, "Token"),
    createElement(
      "p",
      null,
      "Reading needs none unless the server is private; changing the archive does. Make one with ",
      createElement("code", null, "communique token create"),
      ". It is kept until this tab is closed, and sent to this server only.",
    ),
    createElement("input", {
      type: "password",
      autoComplete: "off",
      spellCheck: false,
      "aria-label": "Token",
      placeholder: "paste it here",
      value,
      onChange(event) {
        setValue(event.target.value);
        keepToken(event.target.value);
      },
    }),
    createElement("p", { role: "status" }, value.trim() ? "Sent with every question." : "Nothing is sent."),
  );
}

/** For GraphiQL's `plugins`. */
export const TOKEN_BOX = { title: "Token", icon: Icon, content: Box };
