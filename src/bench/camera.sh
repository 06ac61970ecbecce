#!/usr/bin/env bash
# A camera of 30 fps at 1080p, free-running, for a while: frames, drops and the memory of the station.
#   src/bench/camera.sh [seconds, 600] [folder for its data, a temporary one]
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-600}
data=${2:-$(mktemp -d)}
port=${KERF_PORT:-18080}
app=${KERF_APP:-target/quarkus-app}
mkdir -p "$data/document"
cat > "$data/document/station.yaml" <<DOCUMENT
schema: 1
sources:
  cameras:
    bench: {pipeline: "videotestsrc is-live=true pattern=ball ! video/x-raw,format=NV12,width=1920,height=1080,framerate=30/1"}
DOCUMENT
KERF_DATA=$data KERF_PORT=$port KERF_HOST=127.0.0.1 KERF_DEMO_ENABLED=false java -Xmx512m -jar "$app/quarkus-run.jar" > "$data/log" 2>&1 &
station=$!
trap 'kill $station' EXIT
until curl -sf "http://127.0.0.1:$port/q/health/ready" > /dev/null; do sleep 0.2; done
echo "seconds  resident MB  threads  cpu s   frames  judged  dropped  state"
for ((passed = 0; ; passed += seconds / 20 > 0 ? seconds / 20 : 1)); do
  rss=$(awk '/^VmRSS/ {printf "%d", $2 / 1024}' /proc/$station/status)
  threads=$(awk '/^Threads/ {print $2}' /proc/$station/status)
  cpu=$(awk -v hz="$(getconf CLK_TCK)" '{printf "%d", ($14 + $15) / hz}' /proc/$station/stat)
  counts=$(curl -s "http://127.0.0.1:$port/api/sources" | sed -n 's/.*"name":"bench"[^}]*"state":"\([A-Z]*\)"[^}]*"frames":\([0-9]*\),"judged":\([0-9]*\),"dropped":\([0-9]*\).*/\2 \3 \4 \1/p')
  printf '%7d  %11d  %7d  %5d  %s\n' "$passed" "$rss" "$threads" "$cpu" "$counts"
  ((passed < seconds)) || break
  sleep $((seconds / 20 > 0 ? seconds / 20 : 1))
done
