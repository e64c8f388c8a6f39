#!/usr/bin/env python3
"""Learns the weights of the ranker of sentences from articles and the summaries people wrote of them.

    train_salience.py --program PATH_OF_traits [--kept FOLDER] [--write FOLDER] FOLDER_OR_SET...

Reads the sets abstracts_en_news.jsonl and abstracts_fr_news.jsonl (shared/quality/README.md). Every fourth row of a set is
held aside: what is learned is learned on the others, and judged on it. `--write` writes ranker.toml and ranker.sha256.
`--kept` keeps the traits of a set between runs, as encoding takes minutes.

Two ridge regressions. The first foretells what a sentence is worth as the only one: ROUGE-1 + ROUGE-2 of it. The second
foretells what one adds to those before it: the same, of all of them together, less that without it; its rows are states
that the first reaches, one and two sentences in.
"""

import argparse
import hashlib
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy

from judge import folded, rows_of

# Sets, and how many sentences are judged.
SETS = {"abstracts_en_news": (3,), "abstracts_fr_news": (1, 2)}
# What depends on what was chosen, as summarizer/src/salience/chosen.rs computes it.
CHOSEN = ["like_chosen", "shares_chosen_words", "beside_chosen", "after_chosen", "chosen_length", "length_by_chosen"]
LONG = 120
RIDGE = 10.0
# What ROUGE-2 counts beside ROUGE-1.
BIGRAMS = 2.0
# Sentences of a text that are learned from.
MOST = 80


class Article:
    def __init__(self, row, traits, tokenize):
        self.fit = numpy.array(traits["unfit"][:MOST]) < 1
        self.traits = numpy.array(traits["traits"][:MOST], float)
        self.likeness = numpy.array(traits["likeness"], float)[:MOST, :MOST]
        self.stems = [set(stems) for stems in traits["stems"][:MOST]]
        sentences = traits["sentences"][:MOST]
        self.words = numpy.array([len(sentence.split()) for sentence in sentences], float)
        self.tokens = [tokenize(sentence) for sentence in sentences]
        self.counts = [(Counter(tokens), bigrams(tokens)) for tokens in self.tokens]
        summary = tokenize(row["summary"])
        self.summary = (Counter(summary), bigrams(summary))

    def __len__(self):
        return len(self.words)

    def given(self, chosen):
        """All traits of each sentence when these are chosen."""
        said = set().union(*(self.stems[index] for index in chosen))
        shared = [len(said & stems) / max(1, len(stems)) for stems in self.stems]
        indices = numpy.arange(len(self))
        beside = numpy.array([min(abs(index - one) for one in chosen) == 1 for index in indices], float)
        length = numpy.log(min(max(self.words[chosen].sum(), 1), LONG)) / 4
        own = numpy.log1p(self.words) / 4
        columns = [self.likeness[chosen].max(0), shared, beside, indices > max(chosen), numpy.full(len(self), length), own * length]
        return numpy.column_stack([self.traits, *columns])

    def worth(self, chosen):
        """What the sentences together are worth, beside the summary."""
        return self.gains(chosen, [chosen[0]])[0] if chosen else 0.0

    def gains(self, chosen, candidates):
        """What the chosen with each of the candidates are worth (a candidate that is chosen adds nothing)."""
        said = (Counter(), Counter())
        for index in chosen:
            said = tuple(before + own for before, own in zip(said, self.counts[index]))
        found = []
        for index in candidates:
            both = said if index in chosen else tuple(before + own for before, own in zip(said, self.counts[index]))
            found.append(f1(both[0], self.summary[0]) + BIGRAMS * f1(both[1], self.summary[1]))
        return numpy.array(found)


def bigrams(tokens):
    return Counter(zip(tokens, tokens[1:]))


def f1(said, wanted):
    shared = sum((said & wanted).values())
    return 2 * shared / (sum(said.values()) + sum(wanted.values())) if shared else 0.0


class Ridge:
    """A weighted sum of traits; its weights are those of the traits as they are."""

    def __init__(self, traits, worth, weights):
        mean = numpy.average(traits, axis=0, weights=weights)
        spread = numpy.sqrt(numpy.average((traits - mean) ** 2, axis=0, weights=weights))
        spread[spread < 1e-9] = numpy.inf
        scaled = (traits - mean) / spread
        centre = numpy.average(worth, weights=weights)
        square = (scaled * weights[:, None]).T @ scaled + RIDGE * numpy.eye(scaled.shape[1])
        self.weights = numpy.linalg.solve(square, (scaled * weights[:, None]).T @ (worth - centre)) / spread
        self.constant = centre - self.weights @ mean

    def of(self, traits):
        return traits @ self.weights + self.constant


def best(article, worths, chosen):
    worths = numpy.where(article.fit, worths, worths - 100)
    worths[chosen] = -numpy.inf
    return int(numpy.argmax(worths))


def learn(sets):
    """Both regressions. Each set counts the same, and each article of it."""
    rows = [(article, 1 / len(articles)) for articles in sets.values() for article in articles if len(article)]

    def ridge(samples):
        weights = numpy.concatenate([numpy.full(len(worth), share / max(1, len(worth))) for _, worth, share in samples])
        return Ridge(numpy.vstack([traits for traits, _, _ in samples]), numpy.concatenate([worth for _, worth, _ in samples]), weights / weights.mean())

    first = ridge([(article.traits, article.gains([], range(len(article))), share) for article, share in rows])
    samples = []
    for article, share in rows:
        if len(article) < 3:
            continue
        chosen = [best(article, first.of(article.traits), [])]
        for _ in range(2):
            left = [index for index in range(len(article)) if index not in chosen]
            gains = article.gains(chosen, left) - article.worth(chosen)
            samples.append((article.given(chosen)[left], gains, share / 2))
            # Not the best one: at work the ranker does not know it either.
            chosen = [*chosen, left[int(numpy.argsort(-gains)[min(2, len(left) - 1)])]]
    return first, ridge(samples)


def choose(article, count, first, following):
    chosen = []
    while len(chosen) < min(count, len(article)):
        worths = following.of(article.given(chosen)) if chosen else first.of(article.traits)
        chosen.append(best(article, worths, chosen))
    return chosen


def lead(article, count):
    fit = [index for index in range(len(article)) if article.fit[index]]
    return (fit or list(range(len(article))))[:count]


def judge(articles, chooser):
    """Mean ROUGE-1 and -2, and words."""
    found = []
    for article in articles:
        chosen = sorted(chooser(article))
        tokens = [token for index in chosen for token in article.tokens[index]]
        pair = (Counter(tokens), bigrams(tokens))
        found.append([100 * f1(pair[0], article.summary[0]), 100 * f1(pair[1], article.summary[1]), article.words[chosen].sum()])
    return numpy.mean(found, axis=0)


def table(sets, first, following):
    print("| held aside | k | | R-1 | R-2 | words |\n|---|---|---|---|---|---|")
    for name, articles in sets.items():
        for count in SETS[name]:
            choosers = {"Lead": lambda article: lead(article, count), "ranker": lambda article: choose(article, count, first, following)}
            for label, chooser in choosers.items():
                one, two, words = judge(articles, chooser)
                print(f"| {name}, {len(articles)} rows | {count} | {label} | {one:.2f} | {two:.2f} | {words:.0f} |")


def traits_of(program, path, rows, kept):
    # Traits are those of this program and no other.
    version = hashlib.sha256(Path(program).read_bytes()).hexdigest()[:12]
    store = kept and kept / f"{path.stem}.{len(rows)}.{version}.jsonl"
    if not (store and store.exists()):
        asked = "".join(json.dumps(row) + "\n" for row in rows)
        done = subprocess.run([program], input=asked, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{program} failed:\n{done.stderr}")
        if not store:
            return [json.loads(line) for line in done.stdout.splitlines()]
        kept.mkdir(parents=True, exist_ok=True)
        store.write_text(done.stdout, encoding="utf-8")
    return [json.loads(line) for line in store.read_text(encoding="utf-8").splitlines()]


def articles_of(program, path, limit, kept):
    from nltk.stem.porter import PorterStemmer
    from rouge_score import tokenize

    rows = [row for row in rows_of(path, limit) if row.get("summary")]
    stemmer = None if rows[0].get("lang") == "fr" else PorterStemmer()
    made = traits_of(program, path, rows, kept)
    articles = [Article(row, traits, lambda text: tokenize.tokenize(folded(text), stemmer)) for row, traits in zip(rows, made) if traits["sentences"]]
    return articles, made[0]["names"]


def section(name, sum_, traits):
    lines = [f"[{name}]", f"constant = {sum_.constant:.5f}", "", f"[{name}.weights]"]
    return lines + [f"{trait} = {weight:.5f}" for trait, weight in zip(traits, sum_.weights) if abs(weight) >= 5e-6]


def write(folder, names, first, following):
    lines = ["# Weights of the ranker of sentences, written by `make train-salience`; docs/salience.md says what they are learned from.", "version = 1", ""]
    text = "\n".join([*lines, *section("first", first, names), "", *section("next", following, names + CHOSEN)]) + "\n"
    (folder / "ranker.toml").write_text(text, encoding="utf-8")
    (folder / "ranker.sha256").write_text(f"{hashlib.sha256(text.encode()).hexdigest()}  ranker.toml\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, help="the example `traits` of the summarizer, built")
    parser.add_argument("--rows", type=int, default=0, metavar="N", help="N rows of each set, spread over it; 0: all")
    parser.add_argument("--kept", type=Path, metavar="FOLDER", help="where traits are kept between runs")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="where ranker.toml and ranker.sha256 go")
    parser.add_argument("sets", nargs="+", type=Path, metavar="FOLDER_OR_SET")
    asked = parser.parse_args()
    files = [file for given in asked.sets for file in (sorted(given.glob("*.jsonl")) if given.is_dir() else [given])]
    learned, aside = {}, {}
    for file in files:
        if file.stem in SETS:
            articles, names = articles_of(asked.program, file, asked.rows, asked.kept)
            learned[file.stem] = [article for index, article in enumerate(articles) if index % 4 != 3]
            aside[file.stem] = articles[3::4]
    if not learned:
        sys.exit(f"none of the sets {', '.join(SETS)} found")
    first, following = learn(learned)
    table(aside, first, following)
    if asked.write:
        write(asked.write, names, first, following)


if __name__ == "__main__":
    main()
