#!/bin/sh
# Resident memory of a serving station with one 256 px model, every 500 inspections.
# usage: src/bench/serving_memory.sh <folder of good parts> [inspections]
# Needs the built application and curl; uses a temporary data folder and port 18080.
set -eu
parts=$1
total=${2:-3000}
here=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
KERF_DATA=$(mktemp -d)
export KERF_DATA KERF_PORT=18080 KERF_HOST=127.0.0.1 KERF_DEMO_ENABLED=false
"$here/kerf" train "$parts" --size 256 --steps 60 --alpha 5% >/dev/null 2>&1
"$here/kerf" serve >"$KERF_DATA/serve.log" 2>&1 &
station=$!
trap 'kill $station; wait $station 2>/dev/null || true; rm -rf "$KERF_DATA"' EXIT
until curl -sf http://127.0.0.1:18080/q/health/ready >/dev/null; do sleep 0.3; done
resident() { awk '/VmRSS/ {printf "%.0f MB\n", $2 / 1000}' "/proc/$station/status"; }
echo "at start: $(resident)"
count=0
while [ "$count" -lt "$total" ]; do
  for image in "$parts"/*; do
    curl -sf -o /dev/null -H 'Content-Type: application/octet-stream' --data-binary "@$image" http://127.0.0.1:18080/api/inspections
    count=$((count + 1))
    [ $((count % 500)) -ne 0 ] || echo "after $count inspections: $(resident)"
    [ "$count" -lt "$total" ] || break
  done
done
