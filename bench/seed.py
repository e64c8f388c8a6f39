#!/usr/bin/env python3
"""Fills a migrated database with made-up articles: seed.py DATABASE_URL COUNT

300 words each, 17 topics, one abstract and three labels to each, all its jobs done. SQLite by Python's own module,
PostgreSQL by psql's COPY. The same COUNT gives the same rows.
"""

import datetime
import json
import random
import sqlite3
import subprocess
import sys

WORDS = """lake river agency laboratory season school harbour report minister valley water teacher fund plan bridge
museum archive library concert market village station mayor council forest road winter summer music science health
history language festival workshop engineer farmer boat lock canal theatre garden hospital energy climate heritage""".split()
COLUMNS = {
    "topic": "id name names description position",
    "page": "id source name media_type encoding content_hash byte_count reader ingested_at",
    "article": "id page_id position slug title language published_on date_basis body word_count fingerprint text_hash"
    " ingested_at changed_at title_key",
    "abstract": "article_id kind text sentences ranking model model_version text_hash created_at",
    "label": "article_id topic_id score evidence_start evidence_end origin model created_at",
    "job": "article_id text_hash state attempts available_at updated_at",
}
NOW = "2026-01-01 00:00:00+00:00"


def sentence(dice, words, vocabulary=WORDS):
    chosen = " ".join(dice.choices(vocabulary, k=words))
    return chosen.capitalize() + "."


def rows(count):
    """Every row as (table, values)."""
    dice = random.Random(4)
    for number in range(17):
        yield "topic", (f"t:{number:02}", f"topic {number}", "{}", "", number)
    first_day = datetime.date(2000, 1, 1)
    for number in range(count):
        if number % 100 == 0:
            page = f"page_{number:016d}"
            yield "page", (page, "bench", f"{number}.txt", "text/plain", "utf-8", str(number), 1, "0", NOW)
        article = f"art_{dice.getrandbits(80):020x}"[:20]
        title = sentence(dice, 8)[:-1]
        body = "\n\n".join(" ".join(sentence(dice, 15) for _ in range(5)) for _ in range(4))
        day = first_day + datetime.timedelta(days=dice.randrange(9000))
        language = dice.choice(["en", "en", "fr"])
        slug = f"{title.lower().replace(' ', '-')}-{number}"
        yield "article", (article, page, number % 100 + 1, slug, title, language, str(day), "DATELINE", body, 300,
                          str(number), str(number), NOW, NOW, title.lower())
        text = body[:300]
        spans = json.dumps([{"start": 0, "end": 150}, {"start": 151, "end": 300}])
        ranking = json.dumps([{"start": 80 * place, "end": 80 * place + 79, "score": round(dice.random(), 7)}
                              for place in range(20)])
        yield "abstract", (article, "EXTRACTIVE", text, spans, ranking, "bench", "1", str(number), NOW)
        for place, topic in enumerate(dice.sample(range(17), 3)):
            yield "label", (article, f"t:{topic:02}", 0.9 - place / 4, 0, 100, "MODEL", "bench", NOW)
        yield "job", (article, str(number), "DONE", 1, NOW, NOW)


def into_sqlite(url, count):
    path = url.removeprefix("sqlite://").removeprefix("sqlite:").split("?")[0]
    with sqlite3.connect(path) as connection:
        for table, values in rows(count):
            names = COLUMNS[table].split()
            marks = ", ".join("?" * len(names))
            connection.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", values)
        connection.commit()


def into_postgresql(url, count):
    by_table = {table: [] for table in COLUMNS}
    for table, values in rows(count):
        escaped = (str(value).replace("\\", "\\\\").replace("\n", "\\n") for value in values)
        by_table[table].append("\t".join(escaped))
    script = ["BEGIN;"]
    for table, lines in by_table.items():
        script += [f'COPY "{table}" ({", ".join(COLUMNS[table].split())}) FROM STDIN;', *lines, "\\."]
    script += ["COMMIT;", "VACUUM ANALYZE;", ""]
    subprocess.run(["psql", "--quiet", "--set", "ON_ERROR_STOP=1", url], input="\n".join(script), text=True, check=True)


if __name__ == "__main__":
    url, count = sys.argv[1], int(sys.argv[2])
    (into_sqlite if url.startswith("sqlite") else into_postgresql)(url, count)
