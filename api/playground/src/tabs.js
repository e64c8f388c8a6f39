// Which query opens in which tab.

// What somebody who opens the playground for the first time should see.
const FIRST = "LatestArticles";

/**
 * The tabs of a fresh playground: one for each query file, FIRST in front, the others by name.
 *
 * @param {Record<string, string>} queries text of each query by the path of its file
 * @returns {{ query: string }[]}
 */
export function tabs(queries) {
  const name = (path) => path.replace(/^.*\//, "").replace(/\.graphql$/, "");
  const rank = (path) => (name(path) === FIRST ? "" : name(path));
  return Object.keys(queries)
    .sort((a, b) => rank(a).localeCompare(rank(b), "en"))
    .map((path) => ({ query: queries[path] }));
}
