// graphql-request asks the server at the address given. It knows no persisted queries, so the test's own are asked by
// the protocol's rules: the hash alone first, the text with it when the server does not know it.
import { ClientError, GraphQLClient } from "graphql-request";
import { print } from "graphql";

import { BAD_CURSOR, PAGE, noted, readToTheEnd, tell, url } from "./questions.mjs";

const client = new GraphQLClient(url, { fetch: noted });
const paged = await readToTheEnd((variables) => client.request(PAGE, variables));

const code = await client.request(BAD_CURSOR).then(
  () => "none",
  (error) => (error instanceof ClientError ? error.response.errors[0].extensions.code : String(error)),
);

// Several questions in one call.
const together = await client.batchRequests([{ document: print(PAGE) }, { document: print(PAGE) }]).then(
  (answers) => answers.map(({ data }) => data.articles.totalCount),
  (error) => error.response?.errors?.[0]?.extensions.code ?? String(error),
);

tell({ ...paged, code, together });
