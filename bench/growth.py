#!/usr/bin/env python3
"""What a page costs as the archive grows, and far into it: growth.py PROGRAM [SIZES...]  (make bench calls it)

The home page (home.graphql) executed, not kept, on SQLite archives of 2,000, 20,000 and 200,000 articles; in the largest
also page 5,000, by its cursor. All are asked in turn by wrk over 32 connections, several rounds of them; what counts are
the ratios to the first page of the smallest, and of page 5,000 to page 1.
"""

import json
import shutil
import statistics
import sys
import urllib.request

from run import CACHE, HOME, ROUNDS, SECONDS, Server, sqlite

SIZES = [2_000, 20_000, 200_000]
DEEP, PAGE = 5_000, 20
LISTED = "{ articles(first: 100, after: AFTER) { pageInfo { endCursor } } }"


def cursor(url, articles):
    """The cursor behind so many articles, found as a client finds it."""
    after = None
    for _ in range(articles // 100):
        query = LISTED.replace("AFTER", json.dumps(after))
        request = urllib.request.Request(url, json.dumps({"query": query}).encode(), {"content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            after = json.load(answer)["data"]["articles"]["pageInfo"]["endCursor"]
    return after


def main():
    program, sizes = sys.argv[1], [int(size) for size in sys.argv[2:]] or SIZES
    if not shutil.which("wrk"):
        print("note: without wrk (apt-get install wrk) the growth is not measured")
        return
    CACHE.mkdir(parents=True, exist_ok=True)

    def server(name, port, size, query=HOME):
        command = [program, "--log", "warn", "serve", "--listen", f"127.0.0.1:{port}", "--summarizer", "off",
                   "--cache-mb", 0, "--database-url", f"sqlite://{sqlite(program, size)}"]
        return Server(name, port, command, query)

    servers = []
    try:
        for place, size in enumerate(sizes):
            servers.append(server(f"{size:,} articles, page 1", 18101 + place, size))
            servers[-1].answers()
        if sizes[-1] >= DEEP * PAGE:
            after = cursor(servers[-1].url, (DEEP - 1) * PAGE)
            deep = HOME.replace("first: 20", f"first: 20, after: {json.dumps(after)}")
            servers.append(server(f"{sizes[-1]:,} articles, page {DEEP:,}", 18190, sizes[-1], deep))
            servers[-1].answers()
        for one in servers:
            one.load(2)  # to warm up
        for _ in range(ROUNDS):
            for one in servers:
                one.rates.append(one.load(SECONDS))
        report(servers)
    finally:
        for one in servers:
            one.stop()


def report(servers):
    print(f"\nhome page of {PAGE} executed, SQLite; wrk -t1 -c32; medians of {ROUNDS} alternating rounds of {SECONDS} s\n")
    print(f"| {'archive':30} | requests/s | cost beside the first | RSS, MB |")
    print(f"|{'-' * 32}|-----------:|----------------------:|--------:|")
    for one in servers:
        cost = statistics.median(first / own for first, own in zip(servers[0].rates, one.rates))
        print(f"| {one.name:30} | {statistics.median(one.rates):10,.0f} | {cost:21.2f} | {one.memory():7} |")
    if "page 1" not in servers[-1].name:
        deep = statistics.median(near / far for near, far in zip(servers[-2].rates, servers[-1].rates))
        print(f"\npage {DEEP:,} costs {deep:.2f} × page 1 (goal: at most 1.2)")


if __name__ == "__main__":
    main()
