#!/usr/bin/env python3
"""Queries answered, side by side with others: run.py PROGRAM RAW [ARTICLES]  (make bench calls it)

The home page (home.graphql: 20 articles with title, abstract, date, labels) of an archive of 20,000, asked by wrk over
32 connections. All servers are up at once and are loaded in turn, several rounds of them; what counts is the median of a
server's rounds, and the ratios of medians. Absolute figures depend on the machine and on what else it does.
"""

import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
CACHE = HERE.parent / ".cache" / "bench"
ROUNDS, SECONDS = 5, 3
HOME = (HERE / "home.graphql").read_text(encoding="utf-8")
# Its schema sorts and filters by indexed columns only: labels come as they are, and no article is left out.
POSTGRAPHILE = """{ allArticles(first: 20, orderBy: [PUBLISHED_ON_DESC, PRIMARY_KEY_DESC]) { nodes { title publishedOn
  abstractsByArticleId { nodes { text } }
  labelsByArticleId { nodes { score topicByTopicId { rowId name } } } } } }"""
# It knows neither articles left out nor how to sort by two columns.
SEAOGRAPHY = """{ article(pagination: { page: { limit: 20, page: 0 } }, orderBy: { publishedOn: DESC },
  filters: { duplicateOf: { is_null: true } }) { nodes { title publishedOn abstracts { nodes { text } }
  label { nodes { score topic { id name } } } } } }"""
SCRIPT = """wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
wrk.body = [==[%s]==]
"""


class Server:
    """A server that answers at a port of its own until the end of the run."""

    def __init__(self, name, port, command, query=HOME):
        self.name, self.port, self.rates = name, port, []
        self.body = json.dumps({"query": query})
        self.url = f"http://127.0.0.1:{port}/graphql"
        self.log = open(CACHE / f"{port}.log", "wb")
        self.process = subprocess.Popen([str(word) for word in command], stdout=self.log, stderr=self.log)
        (CACHE / f"{port}.lua").write_text(SCRIPT % self.body)

    def ask(self):
        request = urllib.request.Request(self.url, self.body.encode(), {"content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read()

    def answers(self, deadline=60):
        until = time.monotonic() + deadline
        while time.monotonic() < until and self.process.poll() is None:
            try:
                reply = self.ask()
                if b'"errors"' in reply or len(reply) < 2_000:
                    raise SystemExit(f"{self.name} answers wrongly: {reply[:600]}")
                return reply
            except urllib.error.HTTPError as error:
                raise SystemExit(f"{self.name} answers {error.code}: {error.read()[:600]}")
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"{self.name} does not come up; see {self.log.name}")

    def load(self, seconds):
        command = ["wrk", "-t1", "-c32", f"-d{seconds}s", "--latency", "-s", str(CACHE / f"{self.port}.lua"), self.url]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in said or "Socket errors" in said:
            raise SystemExit(f"{self.name} fails under load:\n{said}")
        return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])

    def memory(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) // 1024

    def stop(self):
        self.process.terminate()
        self.process.wait(20)


def archive(program, url, count):
    subprocess.run([program, "migrate", "up", "--database-url", url], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, HERE / "seed.py", url, str(count)], check=True)


def sqlite(program, count):
    """An archive kept from run to run, by the tables it was made for."""
    made_for = sum(map(hash_of, sorted((HERE.parent / "migration/src").glob("*.rs")) + [HERE / "seed.py"])) % 10**8
    path = CACHE / f"{count}-{made_for}.db"
    if not path.exists():
        draft = path.with_suffix(".draft")
        for old in CACHE.glob(draft.name + "*"):
            old.unlink()
        archive(program, f"sqlite://{draft}?mode=rwc", count)
        draft.rename(path)
    return path


def hash_of(path):
    import zlib
    return zlib.crc32(path.read_bytes())


def postgresql(program, count):
    if "PGHOST" not in os.environ:
        return None
    subprocess.run(["dropdb", "--if-exists", "bench"], check=True, stderr=subprocess.DEVNULL)
    subprocess.run(["createdb", "bench"], check=True)
    host, port = os.environ["PGHOST"], os.environ.get("PGPORT", "5432")
    url = f"postgres://{os.environ['PGUSER']}:{os.environ.get('PGPASSWORD', '')}@{host}:{port}/bench"
    archive(program, url, count)
    return url


def peers():
    """The packages of the peers, installed once for each lock file; none without node."""
    if not shutil.which("npm"):
        print("note: without node the peers are left out")
        return None
    folder, lock = CACHE / "peers", HERE / "peers" / "package-lock.json"
    done = folder / "installed"
    if not done.exists() or done.read_text() != lock.read_text():
        print("installing the peers")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(HERE / "peers", folder, ignore=shutil.ignore_patterns("node_modules"))
        subprocess.run(["npm", "ci", "--ignore-scripts", "--silent"], cwd=folder, check=True)
        headers = ["--nodedir=/usr"] if pathlib.Path("/usr/include/node/node.h").exists() else []
        subprocess.run(["../.bin/node-gyp", "rebuild", "--release", "--silent", *headers],
                       cwd=folder / "node_modules/better-sqlite3", check=True, stdout=subprocess.DEVNULL)
        done.write_text(lock.read_text())
    for script in (HERE / "peers").glob("*.js"):
        shutil.copy(script, folder)
    return folder


def seaography():
    """Seaography's program, a crate of its own, built where the other peers are installed."""
    crate, target = HERE / "peers" / "seaography", CACHE / "seaography"
    print("building the peer that is a crate")
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet", "--manifest-path", crate / "Cargo.toml"],
                   env={**os.environ, "CARGO_TARGET_DIR": str(target)}, check=True)
    return target / "release/bench-seaography"


def main():
    program, raw = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 20_000
    if not shutil.which("wrk"):
        print("note: without wrk (apt-get install wrk) nothing is asked, so queries are not measured")
        return
    CACHE.mkdir(parents=True, exist_ok=True)
    others = peers()
    file, url = sqlite(program, count), postgresql(program, count)

    def communique(name, port, database, cache_mb):
        return Server(name, port, [program, "--log", "warn", "serve", "--listen", f"127.0.0.1:{port}", "--summarizer",
                                   "off", "--cache-mb", cache_mb, "--database-url", database])

    servers = [communique("communique, SQLite, executed", 18001, f"sqlite://{file}", 0),
               communique("communique, SQLite, kept", 18002, f"sqlite://{file}", 16)]
    try:
        reply = servers[0].answers()
        (CACHE / "reply.json").write_bytes(reply)
        servers.append(Server("raw Actix, same bytes", 18003, [raw, "127.0.0.1:18003", CACHE / "reply.json"]))
        if url:
            servers.append(communique("communique, PostgreSQL, executed", 18004, url, 0))
            servers.append(communique("communique, PostgreSQL, kept", 18005, url, 16))
        if others:
            servers.append(Server("mercurius + JIT, SQLite", 18006, ["node", others / "mercurius.js", 18006, file]))
            same = json.loads(servers[-1].answers())["data"] == json.loads(reply)["data"]
            print("mercurius answers", "the same" if same else "SOMETHING ELSE")
            if url:
                command = ["node", others / "postgraphile.js", 18007, url]
                servers.append(Server("PostGraphile 5, PostgreSQL", 18007, command, POSTGRAPHILE))
        command = [seaography(), 18008, file]
        servers.append(Server("Seaography 2, SQLite", 18008, command, SEAOGRAPHY))
        for server in list(servers):
            try:
                server.answers()
            except SystemExit as error:
                # A peer that fails is said to, and the others are measured; we ourselves may not fail.
                if server.name.startswith("communique"):
                    raise
                print(f"LEFT OUT: {error}")
                server.stop()
                servers.remove(server)
                continue
            server.load(2)  # to warm up
        for _ in range(ROUNDS):
            for server in servers:
                server.rates.append(server.load(SECONDS))
        report(servers, len(reply))
    finally:
        for server in servers:
            server.stop()


def report(servers, size):
    print(f"\nhome page of 20, {size:,} bytes; wrk -t1 -c32; medians of {ROUNDS} alternating rounds of {SECONDS} s\n")
    print(f"| {'server':34} | requests/s | slowest–fastest round | RSS, MB |")
    print(f"|{'-' * 36}|-----------:|----------------------:|--------:|")
    median = {}
    for server in servers:
        median[server.name] = statistics.median(server.rates)
        spread = f"{min(server.rates):,.0f}–{max(server.rates):,.0f}"
        print(f"| {server.name:34} | {median[server.name]:10,.0f} | {spread:>21} | {server.memory():7} |")
    print()
    by_name = {server.name: server for server in servers}
    for one, other, wanted in (
            ("communique, SQLite, kept", "raw Actix, same bytes", 0.7),
            ("communique, PostgreSQL, kept", "raw Actix, same bytes", None),
            ("communique, SQLite, executed", "mercurius + JIT, SQLite", 0.7),
            ("communique, SQLite, executed", "Seaography 2, SQLite", 5),
            ("communique, PostgreSQL, executed", "PostGraphile 5, PostgreSQL", 2.5)):
        if one in by_name and other in by_name:
            paired = zip(by_name[one].rates, by_name[other].rates)
            ratio = statistics.median(a / b for a, b in paired)
            goal = f" (goal {wanted})" if wanted else ""
            print(f"{one} = {ratio:.2f} × {other}{goal}")


if __name__ == "__main__":
    main()
