#!/usr/bin/env python3
"""Prints a table of stated confidence against measured precision on the annotated corpora.

usage: confidence.py CORPORA COMMAND

A tag counts as right where it meets a gold span of its device in the news and source corpora (as score.py has it), or stands on
a term that the euphemism corpus marks as euphemistic. Tags on euphemisms that no reader judged are left out.
"""
import collections
import json
import pathlib
import subprocess
import sys

corpora, command = pathlib.Path(sys.argv[1]), sys.argv[2]
annotate = [command, "annotate", "--input", "jsonl", "--format", "jsonl", "--offsets", "chars", "-"]


def documents(pattern):
    for path in sorted(corpora.glob(pattern)):
        with open(path, encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)


def annotations(docs):
    feed = "".join(json.dumps({"id": d["id"], "text": d["text"]}) + "\n" for d in docs)
    out = subprocess.run(annotate, input=feed, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [json.loads(line)["annotations"] for line in out.splitlines()]


def meets(tag, spans):
    return any(max(tag["start"], s[0]) < min(tag["end"], s[1]) for s in spans)


LABELS = {"unnamed-source": "UGR", "institutional-voice": "IN?", "passive-attribution": "XE"}
counts = collections.defaultdict(lambda: [0, 0])


def count(tag, right):
    counts[tag["device"], tag["confidence"]][not right] += 1


news = list(documents("news-gold*.jsonl"))
for doc, tags in zip(news, annotations(news)):
    for tag in tags:
        if tag["device"] != "euphemism":
            count(tag, meets(tag, [g["span"] for g in doc["gold"] if g["device"] == tag["device"]]))
sources = list(documents("polnear*.jsonl"))
for doc, tags in zip(sources, annotations(sources)):
    for tag in tags:
        if labels := LABELS.get(tag["device"]):
            count(tag, meets(tag, [s for g in doc["gold"] if g["label"] in labels for s in g["spans"][:1]]))
terms = list(documents("pets*.jsonl"))
for doc, tags in zip(terms, annotations(terms)):
    for tag in tags:
        if tag["device"] == "euphemism" and meets(tag, [doc["span"]]):
            count(tag, doc["euphemistic"])

bands = collections.defaultdict(lambda: [0, 0])
for (device, confidence), (right, wrong) in counts.items():
    band = "0.90 and more" if confidence >= 0.9 else "0.80 to 0.89" if confidence >= 0.8 else "under 0.80"
    bands[device, band][0] += right
    bands[device, band][1] += wrong
print("| device | stated confidence | tags | precision |\n|---|---|---|---|")
for (device, band), (right, wrong) in sorted(bands.items()):
    print(f"| {device} | {band} | {right + wrong} | {right / (right + wrong):.2f} |")
