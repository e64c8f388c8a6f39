"""gql asks the server at the address given."""

import asyncio
import hashlib
import json
import sys

from gql import Client, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.exceptions import TransportQueryError
from gql.transport.websockets import WebsocketsTransport

PAGE = """query Page($after: String) {
  articles(first: 7, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes { id title }
  }
}"""
SEARCH = '{ articles(search: "water", first: 5) { edges { node { title } highlights { field } } } }'
BAD_CURSOR = '{ articles(after: "no cursor") { nodes { id } } }'
STATUS = "{ status { articles } }"
ADDED = "subscription { articleAdded { title } }"


def page(after):
    question = gql(PAGE)
    question.variable_values = {"after": after}
    return question


async def code_of(answer):
    try:
        await answer
        return "none"
    except TransportQueryError as error:
        return error.errors[0]["extensions"]["code"]


def by_hash(session, **text):
    """gql knows no persisted queries; it sends what it is given in place of the text."""
    named = {"persistedQuery": {"version": 1, "sha256Hash": hashlib.sha256(STATUS.encode()).hexdigest()}}
    return session.execute(gql(STATUS), extra_args={"json": {**text, "extensions": named}})


async def questions(url):
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
        edges = (await session.execute(gql(SEARCH)))["articles"]["edges"]
        searched = [[edge["node"]["title"], [part["field"] for part in edge["highlights"]]] for edge in edges]
        code = await code_of(session.execute(gql(BAD_CURSOR)))
        unknown = await code_of(by_hash(session))
        hashed = [await by_hash(session, query=STATUS), await by_hash(session)]
    return {
        "total": articles["totalCount"],
        "titles": list(found.values()),
        "searched": searched,
        "code": code,
        "hashed": [unknown] + [answer["status"]["articles"] for answer in hashed],
    }


async def first_added(url):
    """The title of the first article that comes after "live" was printed."""
    # Unless told, it looks for the protocol in a header whose name it knows in capitals only, as HTTP does not.
    protocols = [WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL]
    transport = WebsocketsTransport(url=url.replace("http", "ws"), subprotocols=protocols)
    async with Client(transport=transport) as session:
        coming = session.subscribe(gql(ADDED))
        added = asyncio.ensure_future(anext(coming))
        # The client hears from the moment it asked; what follows a subscription is answered once that is live.
        while not transport.listeners:
            await asyncio.sleep(0)
        await transport.send_ping()
        await transport.pong_received.wait()
        print("live")
        title = (await added)["articleAdded"]["title"]
        await coming.aclose()
    return title


async def main(url):
    told = await questions(url)
    told["added"] = await first_added(url)
    print(json.dumps(told))


asyncio.run(main(sys.argv[1]))
