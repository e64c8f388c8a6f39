// The token of an editor: kept while this tab is open, under the name by which the playground keeps it too.
const KEY = "communique:token";

/** @returns {string} the token; empty when there is none */
export function token() {
  return sessionStorage.getItem(KEY) ?? "";
}

/** @param {string} value what was typed, with or without `Bearer` before it; empty to forget the last */
export function keepToken(value) {
  const bare = value.trim().replace(/^bearer\s+/i, "");
  if (bare) sessionStorage.setItem(KEY, bare);
  else sessionStorage.removeItem(KEY);
}

/**
 * Asks the API with the token.
 *
 * @param {string} documentId name of a document of `documents/`, which a server answers even when it trusts few others
 * @param {Record<string, unknown>} [variables]
 * @returns {Promise<any>} the data; an error with the API's message when there is one
 */
export async function ask(documentId, variables = {}) {
  const headers = { "Content-Type": "application/json" };
  if (token()) headers.Authorization = `Bearer ${token()}`;
  const answer = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify({ documentId, variables }) });
  const { data, errors } = await answer.json();
  if (errors?.length) throw new Error(errors[0].message);
  return data;
}

/**
 * An element with these properties and children; text stays text.
 *
 * @param {string} name
 * @param {Record<string, unknown>} [properties]
 * @param {...(Node | string)} children
 */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
