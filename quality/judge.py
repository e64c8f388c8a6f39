#!/usr/bin/env python3
"""The judge of abstracts and labels: the program's beside those of other tools, on the same rows.

    judge.py --program PATH [--rows N] [--words N] [--peers lead,lexrank,…] FOLDER_OR_FILE...

A set is a file of JSON Lines with `id`, `text`, and `summary` (abstracts are judged) or `topic` (labels are), as in
shared/quality/README.md. One table a set: ROUGE-1, -2, -L and -Lsum (F1, with stemming for English), words, and the share
of abstracts each sentence of which stands in the text where it is said to. Intervals are of a bootstrap over rows, 95 %.
With `--words N` the budget is words instead of sentences, for ours and for Lead, which stops in mid-sentence; no other
tools then. Labels are judged for every set that has a file of topics of its name beside this program (topics/SET.toml, whose ids are
the set's own names of its topics).
"""

import argparse
import json
import random
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
METRICS = ["rouge1", "rouge2", "rougeL", "rougeLsum"]
RESAMPLES = 500
# Sentences of an abstract by set: as the sets' own summaries have, about.
SENTENCES = {"abstracts_fr_news": (1, 2), "abstracts_en_science": (1,), "abstracts_en_news": (3,)}
# Their summaries are made by machine, of verbatim sentences: a set for topics only.
TOPICS_ONLY = {"abstracts_en_bbc"}
PEERS = ["lead", "lexrank", "textrank", "lsa", "luhn"]


def rows_of(path, limit):
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            row = json.loads(line)
            if not row.get("id") and row.get("id") != 0:
                sys.exit(f"{path}, line {number}: the row has no id")
            rows.append(row)
    if limit and len(rows) > limit:
        # Spread over the file: sets are often sorted.
        step = len(rows) / limit
        rows = [rows[int(index * step)] for index in range(limit)]
    return rows


def ours(program, rows, *options):
    """What the program makes of the rows, in their order."""
    asked = "".join(
        json.dumps({key: row[key] for key in ("id", "title", "text", "lang") if row.get(key) is not None} | {"id": str(row["id"])}) + "\n"
        for row in rows
    )
    done = subprocess.run([program, "text", "--batch", "-", *options], input=asked, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{program} failed:\n{done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def grounded(row, made):
    """Whether each sentence stands in the text where it is said to, and the abstract is made of them."""
    text = row["text"]
    if not all(text[sentence["start"] : sentence["end"]] == sentence["text"] for sentence in made["sentences"]):
        return False
    # Stretches of one sentence may meet without a space: "school" and ".".
    pieces = "".join(sentence["text"] for sentence in made["sentences"])
    return "".join(made["abstract"].removesuffix(" …").split()) == "".join(pieces.split())


class Splitter:
    """Sentences and words for sumy, whose own splitter wants to download its data."""

    def __init__(self, language):
        import pysbd

        self.segmenter = pysbd.Segmenter(language=language, clean=False)

    def to_sentences(self, text):
        parts = (part for paragraph in text.split("\n") for part in self.segmenter.segment(paragraph))
        return tuple(part.strip() for part in parts if part.strip())

    def to_words(self, sentence):
        import re

        return tuple(re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+", sentence))


def peer(name, row, count, splitters):
    language = {"fr": "fr"}.get(row.get("lang"), "en")
    splitter = splitters.setdefault(language, Splitter(language))
    if name == "lead":
        return " ".join(splitter.to_sentences(row["text"])[:count])
    from sumy.nlp.stemmers import Stemmer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.lsa import LsaSummarizer
    from sumy.summarizers.luhn import LuhnSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    kinds = {"lexrank": LexRankSummarizer, "textrank": TextRankSummarizer, "lsa": LsaSummarizer, "luhn": LuhnSummarizer}
    summarizer = kinds[name](Stemmer({"fr": "french"}.get(language, "english")))
    try:
        return " ".join(str(sentence) for sentence in summarizer(PlaintextParser.from_string(row["text"], splitter).document, count))
    except ValueError:
        # LSA gives up on a text of hardly any words; the first sentence is what is left.
        return " ".join(splitter.to_sentences(row["text"])[:count])


def interval(values, generator):
    means = sorted(sum(generator.choices(values, k=len(values))) / len(values) for _ in range(RESAMPLES))
    return (means[-1 - RESAMPLES // 40] - means[RESAMPLES // 40]) / 2


def judge_abstracts(name, rows, program, peers, words):
    from rouge_score import rouge_scorer

    rows = [row for row in rows if row.get("summary")]
    splitters = {}
    for count in (words,) if words else SENTENCES.get(name, (3,)):
        print(f"\n### {name}: {len(rows)} rows, {f'{words} words' if words else f'k = {count}'}\n")
        print("| | R-1 | R-2 | R-L | R-Lsum | words | grounded |\n|---|---|---|---|---|---|---|")
        french = bool(rows) and rows[0].get("lang") == "fr"
        scorer = rouge_scorer.RougeScorer(METRICS, use_stemmer=not french)
        made = ours(program, rows, "--words" if words else "--sentences", str(count))
        if words:
            candidates = [("lead", [" ".join(row["text"].split()[:words]) for row in rows], None)]
        else:
            candidates = [(peer_name, [peer(peer_name, row, count, splitters) for row in rows], None) for peer_name in peers]
        candidates.append(("**ours**", [one["abstract"] for one in made], sum(map(grounded, rows, made)) / len(rows)))
        for label, texts, share in candidates:
            scores = [scorer.score(folded(row["summary"]), folded(text)) for row, text in zip(rows, texts)]
            cells = []
            for metric in METRICS:
                values = [100 * score[metric].fmeasure for score in scores]
                cells.append(f"{sum(values) / len(values):.2f} ± {interval(values, random.Random(7)):.2f}")
            length = sum(len(text.split()) for text in texts) / len(texts)
            shown = "" if share is None else f"{100 * share:.1f} %"
            print(f"| {label} | {' | '.join(cells)} | {length:.0f} | {shown} |", flush=True)


def folded(text):
    """rouge-score knows the letters a to z only: without this an accented word is two."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def judge_labels(name, rows, program):
    topics = HERE / "topics" / f"{name}.toml"
    rows = [row for row in rows if row.get("topic")]
    if not rows or not topics.exists():
        return
    from sklearn.metrics import accuracy_score, f1_score

    made = ours(program, rows, "--topics", str(topics), "--sentences", "1")
    gold = [row["topic"] for row in rows]
    first = [one["labels"][0]["topic"] if one["labels"] else "" for one in made]
    # "Sure" is a margin between the first and the second that three rows in four have.
    margins = [one["labels"][0]["score"] - one["labels"][1]["score"] if len(one["labels"]) > 1 else 0.0 for one in made]
    cut = sorted(margins, reverse=True)[max(0, int(0.75 * len(margins)) - 1)]
    sure = [at for at, margin in enumerate(margins) if margin >= cut]
    sure_right = sum(gold[at] == first[at] for at in sure) / len(sure)
    assigned = [sum(1 for label in one["labels"] if label.get("assigned")) for one in made]
    print(f"\n### {name}: labels, {len(rows)} rows, {len(set(gold))} topics\n")
    print("| accuracy | macro-F1 | of the surest 75 % | labels a text | no label |\n|---|---|---|---|---|")
    print(
        f"| {100 * accuracy_score(gold, first):.1f} | {100 * f1_score(gold, first, average='macro', zero_division=0):.1f} "
        f"| {100 * sure_right:.1f} | {sum(assigned) / len(assigned):.2f} | {100 * assigned.count(0) / len(assigned):.1f} % |",
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, help="communique-summarizer, built")
    parser.add_argument("--rows", type=int, default=0, metavar="N", help="judge N rows of each set, spread over it; 0: all")
    parser.add_argument("--words", type=int, default=0, metavar="N", help="judge abstracts of at most N words")
    parser.add_argument("--peers", default=",".join(PEERS), help=f"of {', '.join(PEERS)}; empty: none")
    parser.add_argument("sets", nargs="+", type=Path, metavar="FOLDER_OR_FILE")
    asked = parser.parse_args()
    peers = [name for name in asked.peers.split(",") if name]
    if unknown := set(peers) - set(PEERS):
        sys.exit(f"unknown peers: {', '.join(sorted(unknown))}; expected of {', '.join(PEERS)}")
    files = [file for given in asked.sets for file in (sorted(given.glob("*.jsonl")) if given.is_dir() else [given])]
    if not files:
        sys.exit("no set found: expected files ending in .jsonl")
    for file in files:
        rows = rows_of(file, asked.rows)
        if any(row.get("summary") for row in rows) and file.stem not in TOPICS_ONLY:
            judge_abstracts(file.stem, rows, asked.program, peers, asked.words)
        judge_labels(file.stem, rows, asked.program)


if __name__ == "__main__":
    main()
