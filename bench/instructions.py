#!/usr/bin/env python3
"""Instructions of the real server for one home page, by callgrind: instructions.py PROGRAM [DATABASE_URL]

Counted twice, with few and with many requests; the difference is what a request takes. It does not depend on how
busy the machine is. Exit 1 when a limit is passed.
"""

import http.client
import json
import re
import shutil
import socket
import subprocess
import sys
import tempfile

from run import CACHE, sqlite

QUERY = open(__file__.replace("instructions.py", "home.graphql"), encoding="utf-8").read()
LIMITS = {"executed": 1_300_000, "kept": 60_000}
# Few and many requests. What a server does beside them is as much as a few of those that are kept, so they are more.
COUNTS = {"executed": (100, 400), "kept": (400, 1_400)}


def counted(program, url, cache_mb, requests, keep=None):
    """All instructions of a server that answered so many requests."""
    with tempfile.TemporaryDirectory() as folder:
        out = keep or f"{folder}/callgrind.out"
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", program, "--log", "warn", "serve",
                   "--listen", "127.0.0.1:0", "--summarizer", "off", "--cache-mb", str(cache_mb), "--database-url", url,
                   # Requests of this machine are not counted anyway, and the counter's clock is calibrated by the time
                   # of day: millions of instructions more or less.
                   "--rate", "off", "--token-rate", "off"]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        host, port = re.match(r"ready: http://(.*):(\d+)/graphql", server.stdout.readline()).groups()
        body = json.dumps({"query": QUERY})
        request = (f"POST /graphql HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n"
                   f"content-length: {len(body)}\r\n\r\n{body}").encode()
        with socket.create_connection((host, int(port))) as connection:
            answers = connection.makefile("rb")
            for _ in range(requests):
                # In one piece, as clients with load to send do: the server looks once at what it gets.
                connection.sendall(request)
                head = http.client.parse_headers(answers) if answers.readline().startswith(b"HTTP/1.1 200") else {}
                answer = answers.read(int(head["content-length"]))
                assert b'"errors"' not in answer and len(answer) > 2_000, answer[:500]
        server.terminate()
        said = server.communicate(timeout=120)[1]
        return int(re.search(r"Collected : (\d+)", said)[1])


def main():
    program = sys.argv[1]
    if not shutil.which("valgrind"):
        print("note: without valgrind (apt-get install valgrind) instructions are not counted")
        return False
    CACHE.mkdir(parents=True, exist_ok=True)
    url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite://{sqlite(program, 20_000)}"
    failed = False
    for what, cache_mb in (("executed", 0), ("kept", 16)):
        few, many = (counted(program, url, cache_mb, requests) for requests in COUNTS[what])
        each = (many - few) // (COUNTS[what][1] - COUNTS[what][0])
        verdict = "ok" if each <= LIMITS[what] else "TOO MANY"
        failed |= each > LIMITS[what]
        print(f"instructions of a home page, {what}: {each:,} (at most {LIMITS[what]:,}): {verdict}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
