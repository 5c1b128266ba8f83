#!/usr/bin/env bash
# Runs every bench and prints every figure of docs/performance.md, in its order.
#
# usage: benches/report.sh [--write] [--only NAME] [--tools DIR] [--quick]
#
# --write puts the figures into docs/performance.md, between the comments that name them, and draws its curves.
# --only NAME runs one of those below and no other, such as `growth`.
# --tools DIR installs other tools there, see benches/peers.sh.
#
# It takes a quarter of an hour after everything is built. Let nothing else run on the machine meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."

export RHETOR_BENCH_STREAM=${RHETOR_BENCH_STREAM:-5000000000}
page=docs/performance.md write="" only="" flags=() tools=()
while [ $# -gt 0 ]; do
    case $1 in
        # The benches of the command and of the peers run in other folders, so the path is a whole one.
        --write) write=yes; flags+=(--plots "$PWD/docs/performance"); shift ;;
        --only) only=$2; shift 2 ;;
        --tools) tools=(--install "$2"); shift 2 ;;
        --quick) flags+=(--quick); shift ;;
        *) sed -n 's/^# usage/usage/p' "$0" >&2; exit 2 ;;
    esac
done

bench() { cargo bench --quiet "$@" -- "${flags[@]}"; }
peers() { bench --manifest-path benches/peers/Cargo.toml --target-dir target --features harper "$@"; }
bars() { printf '| what | ours | theirs | ratio | must reach | aim |\n|---|---|---|---|---|---|\n'; "$@"; }
machine() {
    local model
    model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -1)
    echo "The machine: ${model:-$(uname -m)}, $(nproc) cores; $(uname -sr | cut -d- -f1); $(rustc --version)."
}

# figures NAME COMMAND …: prints what the command prints, and puts it where the page says `<!-- figures: NAME -->`.
figures() {
    local name=$1 found
    shift
    [ -z "$only" ] || [ "$only" = "$name" ] || return 0
    found=$("$@")
    printf '\n%s\n\n%s\n' "$name" "$found"
    [ -n "$write" ] || return 0
    awk -v name="$name" -v found="${found//\\/\\\\}" '
        $0 == "<!-- end -->" { skip = 0 }
        !skip { print }
        $0 == "<!-- figures: " name " -->" { print "\n" found "\n"; skip = 1 }
    ' "$page" >"$page.new"
    mv "$page.new" "$page"
}

figures machine machine
figures matching bars bench --bench matching
figures sentences bars peers --bench sentences
figures growth bars bench --bench growth
figures parallel bars bench --features parallel --bench parallel
figures start bars bench --bench start
figures memory bars bench --bench memory
figures command bars bench --package rhetor-cli --bench command
figures stages bench --bench pipeline
figures linters bars peers --bench linters
figures tools benches/peers.sh "${tools[@]}"
