#!/bin/bash
# Measures this board and writes one file to share: latency, throughput, power and temperature while parts are inspected.
# usage: jetson/bench.sh [--rounds N] [--size PX] [--idle SECONDS] [--sys DIR] [file.json]
# Latency is that of "kerf bench inspection", from JPEG to stored verdict with heat map, one part after the other. Power and temperatures are what the kernel
# tells (ina3221 rails, thermal zones), once a second. What this machine does not tell is null in the file and "not told" on the screen.
set -euo pipefail
here=$(cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
rounds=30 size=256 idle=10 sys=/sys out=""
while [ $# -gt 0 ]; do
  case $1 in
    --rounds) rounds=$2; shift ;;
    --size) size=$2; shift ;;
    --idle) idle=$2; shift ;;
    --sys) sys=$2; shift ;;
    -h | --help) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;;
    -*) echo "bench.sh: \"$1\" is no option; see --help" >&2; exit 2 ;;
    *) out=$1 ;;
  esac
  shift
done
out=${out:-kerf-bench-$(date -u +%Y%m%dT%H%M%SZ).json}
work=$(mktemp -d)
sampler=""
finish() {
  [ -z "$sampler" ] || kill "$sampler" 2>/dev/null || true
  rm -rf -- "$work"
}
trap finish EXIT

# One line a reading, "<kind> <name> <value>": power in mW (mV times mA), temperature in m°C.
reading() {
  local monitor zone label volts milliamps i
  for monitor in "$sys"/class/hwmon/hwmon*; do
    [ "$(cat "$monitor/name" 2>/dev/null)" = ina3221 ] || continue
    for i in 1 2 3; do
      label=$(cat "$monitor/in${i}_label" 2>/dev/null) || continue
      volts=$(cat "$monitor/in${i}_input" 2>/dev/null) || continue
      milliamps=$(cat "$monitor/curr${i}_input" 2>/dev/null) || continue
      [ "$label" = NC ] || echo "power ${label// /_} $((volts * milliamps / 1000))"
    done
  done
  for zone in "$sys"/class/thermal/thermal_zone*; do
    # Zones of parts that are off cannot be read.
    label=$(cat "$zone/type" 2>/dev/null) || continue
    i=$(cat "$zone/temp" 2>/dev/null) || continue
    [ -z "$i" ] || echo "temperature ${label// /_} $i"
  done
}
sample() {
  while :; do
    reading
    sleep 1
  done
}
measure() { # <file> <command …>
  sample >"$1" &
  sampler=$!
  "${@:2}"
  kill "$sampler"
  wait "$sampler" 2>/dev/null || true
  sampler=""
}
text() { [ ! -r "$1" ] || tr -d '\0' <"$1"; }
quoted() { # a JSON string, or null where there is nothing
  if [ -z "$1" ]; then echo null; else printf '"%s"' "$(printf '%s' "$1" | tr -d '\000-\037' | sed 's/[\\"]/\\&/g')"; fi
}
# Mean, least and most of each reading of a kind, in W and °C.
summary() { # <kind> <file>
  awk -v kind="$1" '$1 == kind { n[$2]++; s[$2] += $3; if (n[$2] == 1 || $3 < lo[$2]) lo[$2] = $3; if (n[$2] == 1 || $3 > hi[$2]) hi[$2] = $3 }
    END { for (k in n) { printf "%s\"%s\": {\"mean\": %.3f, \"least\": %.3f, \"most\": %.3f, \"readings\": %d}", sep, k, s[k] / n[k] / 1000, lo[k] / 1000, hi[k] / 1000, n[k]; sep = ", " } }' "$2" \
    | sed 's/^..*$/{&}/;t' | { read -r line || true; echo "${line:-null}"; }
}
printed() { # <line> <figure>: from what kerf bench printed
  sed -n "s/^$1, ms .*$2 *\([0-9.]*\).*/\1/p" "$work/bench" | head -n 1 | grep . || echo null
}

echo "idle for $idle s, then $rounds rounds of inspections at $size px"
measure "$work/idle" sleep "$idle"
measure "$work/busy" "$here/kerf" bench inspection --size "$size" --rounds "$rounds" >"$work/bench"
cat "$work/bench"

model=$(text "${KERF_DEVICE_TREE:-/proc/device-tree}/model")
cpu=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)
jetpack=$(dpkg-query -W -f '${Version}' nvidia-jetpack 2>/dev/null || true)
l4t=$(head -n 1 /etc/nv_tegra_release 2>/dev/null || true)
mode=$(nvpmodel -q 2>/dev/null | sed -n 's/^NV Power Mode: *//p' || true)
median=$(printed inspection median)
[ "$median" != null ] || { echo "bench.sh: kerf bench printed no median:" >&2; cat "$work/bench" >&2; exit 1; }
cat >"$out.part" <<JSON
{
  "kerf": $(quoted "$("$here/kerf" --version | head -n 1)"),
  "taken": "$(date -u +%Y-%m-%dT%H:%M:%SZ)",
  "board": $(quoted "$model"),
  "processor": $(quoted "$cpu"), "processors": $(nproc), "architecture": "$(uname -m)",
  "memoryMb": $(awk '/^MemTotal/ {printf "%d", $2 / 1024}' /proc/meminfo),
  "kernel": $(quoted "$(uname -r)"), "jetpack": $(quoted "$jetpack"), "l4t": $(quoted "$l4t"), "powerMode": $(quoted "$mode"),
  "java": $(quoted "$("${KERF_JAVA:-java}" -version 2>&1 | head -n 1)"),
  "inspection": {
    "sizePx": $size, "rounds": $rounds,
    "latencyMs": {"least": $(printed inspection min), "median": $median, "most": $(printed inspection max)},
    "partsPerSecondOneAfterTheOther": $(awk -v ms="$median" 'BEGIN {printf "%.1f", 1000 / ms}'),
    "bareForwardMedianMs": $(printed 'bare forward' median),
    "stagesMedianMs": $(quoted "$(sed -n 's/^stages, median ms: *//p' "$work/bench")")
  },
  "powerW": {"idle": $(summary power "$work/idle"), "inspecting": $(summary power "$work/busy")},
  "temperatureC": {"idle": $(summary temperature "$work/idle"), "inspecting": $(summary temperature "$work/busy")}
}
JSON
mv -- "$out.part" "$out"
say() { # <what> <kind>
  if grep -q "^$2 " "$work/busy"; then
    awk -v kind="$2" -v what="$1" -v unit="$([ "$2" = power ] && echo W || echo °C)" \
      '$1 == kind { n[$2]++; s[$2] += $3 } END { for (k in n) printf "%s %s: %.1f %s while inspecting (mean of %d)\n", what, k, s[k] / n[k] / 1000, unit, n[k] }' "$work/busy"
  else
    echo "$1: not told by this machine"
  fi
}
say power power
say temperature temperature
echo "written to $out"
