#!/bin/bash
# From the start of the process to its first verdict, with warm files: with each Java named, and with an AOT cache where that Java makes one.
# usage: src/bench/startup.sh <folder of good parts> [starts] [java …]     e.g. … 10 /usr/lib/jvm/java-17/bin/java /opt/java-25/bin/java
# Needs the built application and curl; uses a temporary data folder with one 256 px model, a copy of the application, and port 18080 (or KERF_PORT).
set -euo pipefail
parts=$1
starts=${2:-10}
shift $(($# < 2 ? $# : 2))
[ $# -gt 0 ] || set -- "$(command -v java)"
here=$(cd -- "$(dirname -- "$(readlink -f -- "$0")")/../.." && pwd)
work=$(mktemp -d)
station=""
finish() {
  [ -z "$station" ] || kill "$station" 2>/dev/null || true
  rm -rf -- "$work"
}
trap finish EXIT
cp -a -- "$here/target/quarkus-app" "$work/quarkus-app"
cp -a -- "$here/kerf" "$here/kerf-aot" "$work/"
rm -f -- "$work/quarkus-app/kerf.aot"
export KERF_DATA=$work/data KERF_PORT="${KERF_PORT:-18080}" KERF_HOST=127.0.0.1 KERF_DEMO_ENABLED=false
"$work/kerf" train "$parts" --size 256 --steps 5 --alpha 5% >/dev/null 2>&1
part=$(find "$parts" -type f | sort | head -n 1)

# The time of one start, in ms.
one_start() {
  local began verdict
  began=$(date +%s%N)
  "$work/kerf" serve >"$work/log" 2>&1 &
  station=$!
  while :; do
    verdict=$(curl -s -H 'Content-Type: application/octet-stream' --data-binary "@$part" "http://127.0.0.1:$KERF_PORT/api/inspections" | grep -o '"verdict" *: *"[A-Z]*"' || true)
    case $verdict in
      *OK* | *NG*) break ;;
      *UNJUDGED*) echo "startup.sh: the first part was not judged" >&2; exit 1 ;;
    esac
    kill -0 "$station" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.01
  done
  echo $((($(date +%s%N) - began) / 1000000))
  kill "$station"
  wait "$station" 2>/dev/null || true
  station=""
}
several() { # <name>
  one_start >/dev/null
  for _ in $(seq "$starts"); do one_start; done | sort -n >"$work/times"
  awk -v name="$1" '{ t[NR] = $1 } END { printf "%-42s ms from start to first verdict: least %d  median %d  most %d  (%d starts)\n", name, t[1], t[int((NR + 1) / 2)], t[NR], NR }' "$work/times"
}
for java in "$@"; do
  export KERF_JAVA=$java
  name="Java $("$java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p')"
  several "$name"
  "$work/kerf-aot" >"$work/aot.log" 2>&1 || { cat "$work/aot.log" >&2; exit 1; }
  if [ -f "$work/quarkus-app/kerf.aot" ]; then
    several "$name with AOT cache"
    rm -f -- "$work/quarkus-app/kerf.aot"
  fi
done
