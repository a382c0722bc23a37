#!/usr/bin/env bash
# The ten longest source files; a file over 600 lines fails.
set -euo pipefail
cd "$(dirname "$0")/.."
list=$(git ls-files '*.rs' '*.ts' '*.css' '*.mjs' | xargs wc -l | awk '$2 != "total"' | sort -rn)
# awk reads to the end: a reader that stops early would end the writer, and with it this script.
awk 'NR <= 10' <<<"$list"
long=$(awk '$1 > 600' <<<"$list")
if [ -n "$long" ]; then
  echo "Over 600 lines: split these into folders." >&2
  echo "$long" >&2
  exit 1
fi
