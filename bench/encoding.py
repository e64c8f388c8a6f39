#!/usr/bin/env python3
"""Articles summarised a second, beside sentence-transformers encoding their sentences: encoding.py PROGRAM  (make bench)

The same encoder (all-MiniLM-L6-v2), texts and cores, in turns. Ours is all of `communique-summarizer text --batch`, which
splits, encodes, ranks and labels, less what it takes for a single article, most of which is loading; theirs is `encode`
of every sentence and title, which it sorts by length by itself, with the model loaded. What counts is the ratio.
"""

import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import time
import venv

HERE = pathlib.Path(__file__).resolve().parent
PYTHON = HERE.parent / ".cache" / "bench" / "python"
NEEDS = HERE / "peers" / "requirements.txt"
ARTICLES, WORDS, ROUNDS = 240, 305, 5
VOCABULARY = """lake river agency laboratory season school harbour report minister valley water teacher fund plan bridge the
museum archive library concert market village station mayor council forest road winter summer music science health of
history language festival workshop engineer farmer boat lock canal theatre garden hospital energy climate heritage and
opened announced will has been for with after during new public national first million visitors programme research""".split()


def articles():
    """Made-up articles with sentences of 6 to 32 words: (title, sentences)."""
    dice = random.Random(6)

    def sentence(words):
        return " ".join(dice.choices(VOCABULARY, k=words)).capitalize() + "."

    for _ in range(ARTICLES):
        sentences, words = [], 0
        while words < WORDS:
            length = dice.randint(6, 32)
            sentences.append(sentence(length))
            words += length
        yield sentence(8)[:-1], sentences


def encode(model):
    """The peer: for every line that comes in, encode the sentences of the first and say how many seconds it took."""
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(os.cpu_count())
    encoder = SentenceTransformer(model, device="cpu")
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
    print("fetching sentence-transformers and torch (some 3 GB, once)", flush=True)
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
    cache = pathlib.Path(os.environ.get("COMMUNIQUE_CACHE")
                         or pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "communique")
    model = cache / "models" / "all-MiniLM-L6-v2"

    def ours(rows):
        started = time.perf_counter()
        done = subprocess.run([program, "text", "--batch", "-", "--model", model], input="".join(rows), text=True,
                              stdout=subprocess.PIPE, check=True)
        took = time.perf_counter() - started
        if len(done.stdout.splitlines()) != len(rows):
            sys.exit(f"{len(rows)} articles were given, {len(done.stdout.splitlines())} came back")
        return took

    peer = subprocess.Popen([PYTHON / "bin" / "python", __file__, "--peer", model], stdin=subprocess.PIPE,
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
    print(f"\n{ARTICLES} articles of {WORDS} words and more, {len(every)} sentences and titles, {os.cpu_count()} cores; medians of {ROUNDS}\n")
    print("| what | articles/s |")
    print("|------|-----------:|")
    print(f"| communique-summarizer: abstracts and labels | {statistics.median(rates['ours']):.1f} |")
    print(f"| sentence-transformers: encoding only | {statistics.median(rates['theirs']):.1f} |")
    print(f"\nratio {ratio:.2f} (floor 1.2, aim 2)")


if __name__ == "__main__":
    if sys.argv[1] == "--peer":
        encode(sys.argv[2])
    else:
        main()
