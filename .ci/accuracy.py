#!/usr/bin/env python3
"""Runs score.py over the annotated corpora and compares each figure with its floor.

usage: accuracy.py CORPORA COMMAND

Floors stand in docs/accuracy/floors.tsv: set, device, figure, floor. A figure more than 0.01 under its floor, or one that is
no longer printed, fails the run. A floor is raised by hand when a change has earned it, and never lowered.
"""
import pathlib
import re
import subprocess
import sys

SLACK = 0.01
corpora, command = sys.argv[1:3]
floors_file = pathlib.Path(__file__).parent.parent / "docs" / "accuracy" / "floors.tsv"

annotate = [command, "annotate", "--input", "jsonl", "--format", "jsonl", "--offsets", "chars", "--device", "all", "-"]
printed = subprocess.run(
    [sys.executable, f"{corpora}/score.py", "--", *annotate], check=True, stdout=subprocess.PIPE, text=True
).stdout
print(printed, end="")

figures = {}
for line in printed.splitlines():
    corpus, device = line.split()[:2]
    if passed := re.search(r"(\d+) / (\d+)$", line):
        figures[corpus, device, "passed"] = int(passed[1]) / int(passed[2])
    for name, value in re.findall(r"(macro F1|F1|accuracy) +([01]\.\d+)", line):
        figures.setdefault((corpus, device, name.replace(" ", "-")), float(value))

failed = 0
for line in floors_file.read_text(encoding="utf-8").splitlines()[1:]:
    corpus, device, name, floor = line.split("\t")
    got = figures.get((corpus, device, name))
    if got is None:
        print(f"FAILED {corpus} {device}: no {name} was printed")
        failed += 1
    elif got < float(floor) - SLACK:
        print(f"FAILED {corpus} {device}: {name} {got:.3f} is under the floor of {float(floor):.3f}")
        failed += 1
print(f"{len(figures)} figures, {failed} under their floors")
sys.exit(1 if failed or not figures else 0)
