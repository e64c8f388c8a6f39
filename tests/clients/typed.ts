// A small program as an application has it: the question and the answer are typed by what graphql-codegen made.
import { GraphQLClient } from "graphql-request";

import { ArticlesByTopicDocument, LatestArticlesDocument, type LatestArticlesQuery } from "./generated/graphql.js";

type Article = LatestArticlesQuery["articles"]["nodes"][number];

/** One line of a list: the abstract may not be there yet. */
function line(article: Article): string {
  const day: string = article.publishedOn ?? "undated";
  return `${day} ${article.title}: ${article.abstract?.text ?? article.summaryStatus}`;
}

const client = new GraphQLClient(process.argv[2] ?? "");
const { articles } = await client.request(LatestArticlesDocument, { first: 3 });
for (const article of articles.nodes) console.error(line(article));

// @ts-expect-error a variable of another type does not pass
const wrong = () => client.request(ArticlesByTopicDocument, { first: "three" });

console.log(JSON.stringify({ latest: articles.nodes[0]?.title, wrong: typeof wrong }));
