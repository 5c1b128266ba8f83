#!/usr/bin/env bash
# How fast the tools are that one may pick instead, on the text of the benches: prose linters as commands, spaCy's matcher as
# a library. Nothing is installed unless it is asked for.
#
# usage: benches/peers.sh [--install DIR]
#
# --install DIR puts proselint, spaCy (Python), write-good and alex (npm) under DIR, with python3 -m venv and npm, and uses
# them from there; otherwise those on the path are used, and what is not there is left out. vale is used if it is on the path,
# with the rules built into it. Each tool runs three times over the same megabyte in articles of 5 KB, and the best counts; the
# start of a process, once for all articles, is part of it, also for rhetor. They look for other things than rhetor:
# the table says what one waits for.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ "${1:-}" = --install ]; then
    tools=$(realpath -m "${2:?usage: benches/peers.sh [--install DIR]}")
    mkdir -p "$tools"
    [ -d "$tools/python" ] || python3 -m venv "$tools/python"
    for package in proselint spacy; do
        "$tools/python/bin/pip" install --quiet "$package" >&2 || echo "$package: cannot be installed here" >&2
    done
    for package in write-good alex; do
        npm install --silent --no-fund --no-audit --prefix "$tools/npm" "$package" >&2 || echo "$package: cannot be installed here" >&2
    done
    export PATH="$tools/python/bin:$tools/npm/node_modules/.bin:$PATH"
fi

cargo build --quiet --release
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo bench --quiet --bench text -- --write "$work" 2>/dev/null
megabytes=$(cat "$work"/articles/*.txt | wc -c | awk '{ print $1 / 1e6 }')

# row NAME COMMAND …: the command gets all articles; what it finds, and that it complains of it, is of no interest here.
row() {
    local name=$1 best="" start end
    shift
    command -v "$1" >/dev/null || { echo "$name: not here" >&2; return 0; }
    for _ in 1 2 3; do
        start=$(date +%s%N)
        timeout 600 "$@" >"$work/out" 2>&1 || true
        end=$(date +%s%N)
        if [ -z "$best" ] || [ $((end - start)) -lt "$best" ]; then best=$((end - start)); fi
    done
    if [ ! -s "$work/out" ]; then echo "$name: has found nothing" >&2; return 0; fi
    awk -v name="$name" -v mb="$megabytes" -v ns="$best" \
        'BEGIN { printf "| %s | %.3f MB/s | %.1f s |\n", name, mb / (ns / 1e9), ns / 1e9 }'
}

echo "| tool | speed | time for $megabytes MB |"
echo "|---|---|---|"
row rhetor target/release/rhetor annotate --no-config --format jsonl --jobs 1 "$work"/articles/*.txt
row vale vale --no-global --output=line "$work"/articles
row proselint proselint check "$work"/articles/*.txt
row write-good write-good "$work"/articles/*.txt
row alex alex --quiet "$work"/articles/*.txt
if python3 -c 'import spacy' 2>/dev/null; then
    row "spaCy, PhraseMatcher with the plain phrases" python3 benches/peers_spacy.py "$work/phrases.txt" "$work"/articles/*.txt
fi
