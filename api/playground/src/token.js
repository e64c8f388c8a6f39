// The token that questions are sent with: kept while this tab of the browser is open, and written nowhere else.
const KEY = "communique:token";

/** @param {Storage} [kept] where it is kept @returns {string} the token; empty when there is none */
export function token(kept = globalThis.sessionStorage) {
  return kept.getItem(KEY) ?? "";
}

/**
 * Keeps a token, with or without `Bearer` before it; an empty one forgets the last.
 *
 * @param {string} value what was typed
 * @param {Storage} [kept]
 */
export function keepToken(value, kept = globalThis.sessionStorage) {
  const bare = value.trim().replace(/^bearer\s+/i, "");
  if (bare) kept.setItem(KEY, bare);
  else kept.removeItem(KEY);
}

/** @param {Storage} [kept] @returns {Record<string, string>} the headers that carry the token, if there is one */
export function authorization(kept = globalThis.sessionStorage) {
  const bare = token(kept);
  return bare ? { Authorization: `Bearer ${bare}` } : {};
}
