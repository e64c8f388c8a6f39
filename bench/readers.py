#!/usr/bin/env python3
"""What people wait for: readers.py PROGRAM [ARTICLES]  (make bench calls it)

The first byte of the pages on an archive of the samples, and `communique digest` of one week out of 200,000 articles,
whole process, with the memory it held at most: beside one of 2,000, as its cost must not grow with the archive.
"""

import http.client
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from run import CACHE, HERE, sqlite

ASKED, MADE = 100, 15
PAGES = ["/", "/articles", "/topics", "/search?search=lake"]


def first_bytes(program):
    """Milliseconds from the request to the first byte of the answer: the middle and the slowest of many."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite://{folder}/samples.db?mode=rwc"
        said = {**os.environ, "DATABASE_URL": url, "COMMUNIQUE_LOG": "error"}
        for words in (["migrate", "up"], ["ingest", str(HERE.parent / "samples")]):
            subprocess.run([program, *words], env=said, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        summarizer = pathlib.Path(program).with_name("communique-summarizer")
        subprocess.run([summarizer, "run"], env=said, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        server = subprocess.Popen([program, "--log", "warn", "serve", "--listen", "127.0.0.1:0", "--summarizer", "off",
                                   "--cache-mb", "0"], env=said, stdout=subprocess.PIPE, text=True)
        try:
            host = server.stdout.readline().split("//")[1].split("/")[0]
            connection = http.client.HTTPConnection(host)
            for page in PAGES:
                times = []
                for _ in range(ASKED):
                    started = time.perf_counter()
                    connection.request("GET", page)
                    answer = connection.getresponse()
                    times.append(1000 * (time.perf_counter() - started))
                    body = answer.read()
                    assert answer.status == 200 and b"</html>" in body, (page, answer.status)
                goal = " (goal: under 20)" if page == "/" else ""
                print(f"| first byte of {page} | {statistics.median(times):.1f} ms, at most {max(times):.1f} ms{goal} | {len(body):,} bytes |")
            connection.close()
        finally:
            server.terminate()
            server.wait(20)


def digest(program, articles):
    """Milliseconds of the whole command, and MB it held: the middle and the greatest of many."""
    url = f"sqlite://{sqlite(program, articles)}"
    # The days that have as many articles as a week has where there are 200,000.
    days = 7 * 200_000 // articles
    times, held = [], []
    for _ in range(MADE):
        started = time.perf_counter()
        child = subprocess.Popen([program, "--log", "error", "digest", "--name", "weekly", "--last", f"{days}d", "--until",
                                  "2023-05-17", "--public-url", "http://127.0.0.1", "--database-url", url],
                                 stdout=subprocess.PIPE)
        with child.stdout as out:
            size = len(out.read())
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        assert child.returncode == 0, child.returncode
        times.append(1000 * (time.perf_counter() - started))
        held.append(used.ru_maxrss // 1024)
    goal = " (goal: under 200)" if articles >= 200_000 else ""
    print(f"| digest of {days} days out of {articles:,} | {statistics.median(times):.0f} ms, at most {max(times):.0f} ms{goal} "
          f"| {max(held)} MB held, {size:,} bytes |")


def main():
    program, most = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
    CACHE.mkdir(parents=True, exist_ok=True)
    print("\n| what | time | |\n|---|---|---|")
    first_bytes(program)
    for articles in (2_000, most):
        digest(program, articles)


if __name__ == "__main__":
    main()
