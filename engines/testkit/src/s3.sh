#!/bin/sh
# A server that speaks S3, for tests: moto, from PyPI, in a virtual environment that is made once.
#   s3.sh prepare   makes the environment where it is missing
#   s3.sh serve     the same, says "ready ADDRESS", serves until standard input ends
set -u
home=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/ocotillo/moto-5.2.5

failed() { echo "$*"; [ ! -s "$home.log" ] || tail -n 5 "$home.log"; echo failed; exit 1; }

prepare() {
  [ ! -e "$home/ready" ] || return 0
  mkdir -p "${home%/*}" || failed "The folder ${home%/*} cannot be made."
  # Several test programs may come at once.
  exec 9>"$home.lock"
  flock 9
  [ ! -e "$home/ready" ] || return 0
  echo "==> Installing moto, which speaks S3, into $home (a minute, once)" >&2
  # The first python3 may be a bare one.
  for python in python3 /usr/bin/python3; do
    rm -rf "$home"
    "$python" -m venv "$home" >"$home.log" 2>&1 && break
  done
  [ -x "$home/bin/pip" ] || failed "There is no python3 that makes virtual environments: install it (Debian: apt install python3-venv)."
  "$home/bin/pip" install --quiet --disable-pip-version-check "moto[s3]==5.2.5" flask flask-cors >"$home.log" 2>&1 ||
    failed "moto could not be installed from PyPI:"
  : >"$home/ready"
  flock -u 9
}

case ${1:-} in
prepare) prepare ;;
serve)
  prepare
  log=$(mktemp)
  # What comes first is let in without a signature: a user, a key, what it may do, and the bucket.
  INITIAL_NO_AUTH_ACTION_COUNT=4 "$home/bin/moto_server" -H 127.0.0.1 -p 0 >"$log" 2>&1 </dev/null 9>&- &
  server=$!
  tries=0
  until address=$(grep -o 'http://127[.0-9:]*' "$log"); do
    kill -0 $server 2>/dev/null && [ $tries -lt 600 ] || { cat "$log"; failed "moto did not start."; }
    tries=$((tries + 1))
    sleep 0.1
  done
  echo "ready $address"
  cat >/dev/null
  kill $server
  rm -f "$log"
  ;;
esac
