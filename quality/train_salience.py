#!/usr/bin/env python3
"""Learns the weights of the ranker of sentences from articles and the summaries people wrote of them.

    train_salience.py --program PATH_OF_traits [--kept FOLDER] [--write FOLDER] FOLDER_OR_SET...

Reads the sets abstracts_en_news.jsonl and abstracts_fr_news.jsonl (shared/quality/README.md). Every fourth row of a set is
held aside: what is learned is learned on the others, and judged on it. `--write` writes ranker.toml and ranker.sha256.
`--kept` keeps the traits of a set between runs, as encoding takes minutes.

Two ridge regressions on traits and pairs of traits. The first foretells what a sentence is worth as the only one: ROUGE-1 and
twice ROUGE-2 of it. The second foretells what one adds to those before it: the same, of all of them together, less that without
it; its rows are states one and two sentences in, from each of the two that the first puts before all others.
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
RIDGE = 100.0
# Between these quantiles a trait is usual.
USUAL = (0.005, 0.995)
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


def products(traits):
    """Each trait, and each with each."""
    left, right = numpy.triu_indices(traits.shape[1])
    return numpy.hstack([traits, traits[:, left] * traits[:, right]])


class Sum:
    """A weighted sum of traits and of pairs of them, by ridge regression. A trait is told in deviations from its mean, and
    beyond what is usual it counts as the farthest that is usual: pairs of extremes were not learned from."""

    def __init__(self, traits, worth, weights):
        self.least, self.most = numpy.quantile(traits, USUAL, axis=0)
        usual = numpy.clip(traits, self.least, self.most)
        self.mean = numpy.average(usual, axis=0, weights=weights)
        self.deviation = numpy.sqrt(numpy.average((usual - self.mean) ** 2, axis=0, weights=weights))
        self.deviation[self.deviation < 1e-9] = numpy.inf
        total, mean, centre, square, worths = weights.sum(), 0, numpy.average(worth, weights=weights), 0, 0
        # A block at a time: all products of all rows would take gigabytes.
        for start in range(0, len(worth), 20_000):
            block = slice(start, start + 20_000)
            of_all, share = products(self.scaled(traits[block])), weights[block] / total
            mean = mean + share @ of_all
            square = square + (of_all * share[:, None]).T @ of_all
            worths = worths + (share * (worth[block] - centre)) @ of_all
        spread = numpy.sqrt(numpy.maximum(numpy.diag(square) - mean**2, 0))
        spread[spread < 1e-9] = numpy.inf
        likeness = (square - numpy.outer(mean, mean)) / numpy.outer(spread, spread) + RIDGE / total * numpy.eye(len(mean))
        self.weights = numpy.linalg.solve(likeness, worths / spread) / spread
        self.constant = centre - self.weights @ mean

    def scaled(self, traits):
        return (numpy.clip(traits, self.least, self.most) - self.mean) / self.deviation

    def of(self, traits):
        return products(self.scaled(traits)) @ self.weights + self.constant


def best(article, worths, chosen):
    worths = numpy.where(article.fit, worths, worths - 100)
    worths[chosen] = -numpy.inf
    return int(numpy.argmax(worths))


def learn(sets):
    """Both sums. Each set counts the same, and each article of it."""
    rows = [(article, 1 / len(articles)) for articles in sets.values() for article in articles if len(article)]

    def regression(samples):
        weights = numpy.concatenate([numpy.full(len(worth), share / max(1, len(worth))) for _, worth, share in samples])
        return Sum(numpy.vstack([traits for traits, _, _ in samples]), numpy.concatenate([worth for _, worth, _ in samples]), weights / weights.mean())

    first = regression([(article.traits, article.gains([], range(len(article))), share) for article, share in rows])
    samples = []
    for article, share in rows:
        if len(article) < 3:
            continue
        worths = first.of(article.traits)
        begun = best(article, worths, [])
        for start, rank in ((begun, 2), (best(article, worths, [begun]), 3)):
            chosen = [start]
            for _ in range(2):
                left = [index for index in range(len(article)) if index not in chosen]
                gains = article.gains(chosen, left) - article.worth(chosen)
                samples.append((article.given(chosen)[left], gains, share))
                # Not the best one: at work the ranker does not know it either.
                chosen = [*chosen, left[int(numpy.argsort(-gains)[min(rank, len(left) - 1)])]]
    return first, regression(samples)


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
    """One of the sums, as the program reads it: what is usual of each trait, what it counts, and what pairs count."""
    count = len(traits)
    left, right = numpy.triu_indices(count)
    pairs = [[] for _ in traits]
    for one, other, weight in zip(left, right, sum_.weights[count:]):
        if abs(weight) >= 5e-7:
            pairs[one].append(f"{traits[other]} = {weight:.6f}")
    lines = [f"[{name}]", f"constant = {sum_.constant:.6f}", ""]
    for index, trait in enumerate(traits):
        if numpy.isfinite(sum_.deviation[index]):
            usual = [sum_.least[index], sum_.most[index], sum_.mean[index], sum_.deviation[index]]
            lines += [
                f"[{name}.traits.{trait}]",
                "scale = {{ least = {:.6f}, most = {:.6f}, mean = {:.6f}, deviation = {:.6f} }}".format(*usual),
                f"weight = {sum_.weights[index]:.6f}",
                f"with = {{ {', '.join(pairs[index])} }}",
                "",
            ]
    return lines


def write(folder, names, first, following):
    lines = ["# Weights of the ranker of sentences, written by `make train-salience`; docs/salience.md says what they are learned from.", "version = 2", ""]
    text = "\n".join([*lines, *section("first", first, names), *section("next", following, names + CHOSEN)]).rstrip() + "\n"
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
