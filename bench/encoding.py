#!/usr/bin/env python3
"""Articles summarised a second, beside sentence-transformers encoding their sentences: encoding.py PROGRAM  (make bench)

The same encoder (all-MiniLM-L6-v2), texts and cores, in turns. Ours is all of `communique-summarizer text --batch`, which
splits, encodes, ranks and labels, less what it takes for a single article, most of which is loading; theirs is `encode`
of every sentence and title, which it sorts by length by itself, with the model loaded. What counts is the ratio.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import time
import venv

from run import CACHE, HERE
from seed import WORDS, sentence

PYTHON = CACHE / "python"
NEEDS = HERE / "peers" / "requirements.txt"
MODEL = HERE.parent / ".cache" / "models" / "all-MiniLM-L6-v2"
ARTICLES, LENGTH, ROUNDS = 240, 305, 5
VOCABULARY = [*WORDS, *"""the of and opened announced will has been for with after during new public national first million visitors
programme research""".split()]


def articles():
    """Made-up articles with sentences of 6 to 32 words: (title, sentences)."""
    dice = random.Random(6)

    for _ in range(ARTICLES):
        sentences, words = [], 0
        while words < LENGTH:
            length = dice.randint(6, 32)
            sentences.append(sentence(dice, length, VOCABULARY))
            words += length
        yield sentence(dice, 8, VOCABULARY)[:-1], sentences


def encode():
    """The peer: for every line that comes in, encode the sentences of the first and say how many seconds it took."""
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(os.cpu_count())
    encoder = SentenceTransformer(str(MODEL), device="cpu")
    sentences = json.loads(sys.stdin.readline())
    encoder.encode(sentences[:64])
    print("ready", flush=True)
    for _ in sys.stdin:
        started = time.perf_counter()
        encoder.encode(sentences, batch_size=32, show_progress_bar=False)
        print(time.perf_counter() - started, flush=True)


def installed():
    """Whether sentence-transformers is there; it is fetched the first time."""
    kept = PYTHON / "requirements.txt"
    if kept.exists() and kept.read_text() == NEEDS.read_text():
        return True
    venv.create(PYTHON, with_pip=True, clear=True)
    print("fetching sentence-transformers and torch (5.4 GB once unpacked)", flush=True)
    pip = [PYTHON / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", NEEDS]
    if subprocess.run(pip).returncode:
        return False
    kept.write_text(NEEDS.read_text())
    return True


def main():
    program = sys.argv[1]
    if not installed():
        print("note: sentence-transformers cannot be fetched; summarising is not measured beside it")
        return
    made = list(articles())
    batch = [json.dumps({"id": str(number), "title": title, "text": " ".join(sentences)}) + "\n"
             for number, (title, sentences) in enumerate(made)]

    def ours(rows):
        started = time.perf_counter()
        done = subprocess.run([program, "text", "--batch", "-", "--model", MODEL], input="".join(rows), text=True,
                              stdout=subprocess.PIPE, check=True)
        took = time.perf_counter() - started
        if len(done.stdout.splitlines()) != len(rows):
            sys.exit(f"{len(rows)} articles were given, {len(done.stdout.splitlines())} came back")
        return took

    peer = subprocess.Popen([PYTHON / "bin" / "python", __file__, "--peer"], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, text=True)
    try:
        every = [sentence for title, sentences in made for sentence in [title, *sentences]]
        print(json.dumps(every), file=peer.stdin, flush=True)
        peer.stdout.readline()
        rates = {"ours": [], "theirs": []}
        for _ in range(ROUNDS):
            rates["ours"].append((ARTICLES - 1) / (ours(batch) - ours(batch[:1])))
            print("go", file=peer.stdin, flush=True)
            rates["theirs"].append(ARTICLES / float(peer.stdout.readline()))
    finally:
        peer.stdin.close()
        peer.wait()
    ratio = statistics.median(own / other for own, other in zip(rates["ours"], rates["theirs"]))
    print(f"\n{ARTICLES} articles of {LENGTH} words and more, {len(every)} sentences and titles, {os.cpu_count()} cores; medians of {ROUNDS}\n")
    print("| what | articles/s |")
    print("|------|-----------:|")
    print(f"| communique-summarizer: abstracts and labels | {statistics.median(rates['ours']):.1f} |")
    print(f"| sentence-transformers: encoding only | {statistics.median(rates['theirs']):.1f} |")
    print(f"\nratio {ratio:.2f} (floor 1.2, aim 2)")


if __name__ == "__main__":
    if sys.argv[1] == "--peer":
        encode()
    else:
        main()
