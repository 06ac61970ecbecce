#!/bin/sh
# Swaps two 256 px models of a serving station to and fro under load; see `kerf bench swaps --help`.
# usage: src/bench/swaps.sh <folder of good parts> [options of kerf bench swaps]
# Needs the built application and curl; uses a temporary data folder and port 18080 (or KERF_PORT).
set -eu
parts=$1
shift
here=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
KERF_DATA=$(mktemp -d)
export KERF_DATA KERF_PORT="${KERF_PORT:-18080}" KERF_HOST=127.0.0.1 KERF_DEMO_ENABLED=false
"$here/kerf" serve >"$KERF_DATA/serve.log" 2>&1 &
station=$!
trap 'kill $station; wait $station 2>/dev/null || true; rm -rf "$KERF_DATA"' EXIT
until curl -sf "http://127.0.0.1:$KERF_PORT/q/health/ready" >/dev/null; do sleep 0.3; done
"$here/kerf" bench swaps --learn --images "$parts" --url "http://127.0.0.1:$KERF_PORT" --pid "$station" "$@"
