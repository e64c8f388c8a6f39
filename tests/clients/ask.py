"""gql asks the server at the address given."""

import asyncio
import json
import sys

from gql import Client, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.exceptions import TransportQueryError

PAGE = """query Page($after: String) {
  articles(first: 7, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes { id title }
  }
}"""


def page(after):
    question = gql(PAGE)
    question.variable_values = {"after": after}
    return question


async def main(url):
    found = {}
    after = None
    # The client fetches the schema and checks each document against it before it asks.
    async with Client(transport=AIOHTTPTransport(url=url), fetch_schema_from_transport=True) as session:
        while True:
            articles = (await session.execute(page(after)))["articles"]
            found.update((node["id"], node["title"]) for node in articles["nodes"])
            if not articles["pageInfo"]["hasNextPage"]:
                break
            after = articles["pageInfo"]["endCursor"]
        try:
            await session.execute(gql('{ articles(after: "no cursor") { nodes { id } } }'))
            code = "none"
        except TransportQueryError as error:
            code = error.errors[0]["extensions"]["code"]
    print(json.dumps({"total": articles["totalCount"], "titles": list(found.values()), "code": code}))


asyncio.run(main(sys.argv[1]))
