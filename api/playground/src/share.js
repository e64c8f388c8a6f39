// A link that opens the playground with a document and its variables: they travel in the part after the #, which a
// browser sends to nobody.

/**
 * The address that opens the same question.
 *
 * @param {string} page address of the playground
 * @param {{ query: string, variables?: string }} question
 * @returns {string}
 */
export function link(page, { query, variables }) {
  const parts = new URLSearchParams({ query });
  if (variables?.trim()) parts.set("variables", variables);
  const address = new URL(page);
  address.hash = parts.toString();
  return address.href;
}

/**
 * The question in an address, if it carries one.
 *
 * @param {string} hash what follows the page's address, # included
 * @returns {{ query: string, variables?: string } | undefined}
 */
export function shared(hash) {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const query = parts.get("query");
  if (!query) return undefined;
  return { query, variables: parts.get("variables") ?? undefined };
}
