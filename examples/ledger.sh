#!/usr/bin/env bash
# The story of a ledger in ten lines: the example articles are put on record, a promise and a forecast are
# settled with evidence, and the score says how they came out. `make demo` runs it.
set -eu
cd "$(dirname "$0")/.."
out="${1:-out}"
PATH="$PWD/.venv/bin:$PATH"
export ONRECORD_DB="$out/record.db" ONRECORD_ACTOR=demo
mkdir -p "$out" && rm -f "$out"/record.db{,-wal,-shm}

tell() { printf '\n$ onrecord'; printf ' %q' "$@"; printf '\n'; onrecord "$@"; }
# The id of the first statement that a search finds.
id_of() { onrecord search "$@" --json | python -c 'import json, sys; print(json.load(sys.stdin)["statements"][0]["id"][7:19])'; }

tell add examples/articles/border-talks.txt --published 2024-02-05 --outlet "Harbour Wire" --quiet
tell add examples/articles --quiet
tell due --today 2024-02-20 --within 30
tell settle "$(id_of border posts --outlet "Harbour Wire" --kind agreement)" kept --on 2024-03-01 \
    --evidence https://harbourwire.example/2024/03/01/first-lorries --note "Both posts opened at six."
tell settle "$(id_of stronger warning --kind prediction)" "came true" --on 2025-02-11 \
    --evidence "The agency ordered a boxed warning on 11 February 2025."
tell score --min-n 1
tell checkpoint
tell verify
