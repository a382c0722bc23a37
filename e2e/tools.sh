#!/usr/bin/env bash
# Installs what tests and checks need and this machine lacks. Says what it does; does nothing when all is there.
set -euo pipefail

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else echo "Please install as root: $*" >&2; exit 1; fi; }

packages=()
want() { command -v "$1" >/dev/null || [ -x "$1" ] || packages+=("$2"); }

if [ "${1:-}" = cargo-deny ]; then
  if ! cargo deny --version >/dev/null 2>&1; then
    echo "==> Installing cargo-deny (a few minutes, once)"
    cargo install cargo-deny --locked --quiet
  fi
  exit 0
fi

want /usr/bin/chromium chromium
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || packages+=(postgresql)
want cc build-essential
want java default-jre-headless
/usr/bin/python3 -c 'import feedparser' 2>/dev/null || packages+=(python3-feedparser)
{ python3 -c 'import ensurepip' || /usr/bin/python3 -c 'import ensurepip'; } >/dev/null 2>&1 || packages+=(python3-venv)
if [ "${#packages[@]}" -gt 0 ]; then
  command -v apt-get >/dev/null || { echo "Please install: ${packages[*]}" >&2; exit 1; }
  echo "==> Installing ${packages[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"
fi
engines/testkit/src/s3.sh prepare
