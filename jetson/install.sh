#!/bin/bash
# Installs Kerf as a service of systemd on a Jetson, or takes it away; running it again changes nothing that is as it should be.
# usage: install.sh [--dry-run] [--app DIR] [--root DIR] [--without-gpu] [--no-start]
#        install.sh --uninstall [--purge] [--dry-run] [--root DIR]
#   --dry-run      say what would be done, and do nothing
#   --app DIR      the built application; quarkus-app or target/quarkus-app beside the launcher where absent
#   --root DIR     install below DIR, for images and tests: no user is made, systemd is not called
#   --without-gpu  on a machine that is no Jetson, x86-64 or arm64: parts are judged by the processor
#   --no-start     leave starting the service to somebody else
#   --uninstall    take the service and the application away; data, settings and user stay
#   --purge        with --uninstall: those go, too, all models and verdicts of this station with them
set -euo pipefail
here=$(cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd)
top=$(dirname -- "$here")
dry_run="" app="" root="" gpu=yes start=yes uninstall="" purge=""
readonly kept_releases=3 oldest_java=17

usage() { sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"; }
fail() {
  echo "install.sh: $1" >&2
  exit "${2:-1}"
}
while [ $# -gt 0 ]; do
  case $1 in
    --dry-run) dry_run=yes ;;
    --app) [ $# -gt 1 ] || fail "--app wants a folder" 2; app=$2; shift ;;
    --root) [ $# -gt 1 ] || fail "--root wants a folder" 2; root=$2; shift ;;
    --without-gpu) gpu="" ;;
    --no-start) start="" ;;
    --uninstall) uninstall=yes ;;
    --purge) purge=yes ;;
    -h | --help) usage; exit 0 ;;
    *) fail "\"$1\" is no option; see --help" 2 ;;
  esac
  shift
done
[ -z "$purge" ] || [ -n "$uninstall" ] || fail "--purge goes with --uninstall" 2
[ -z "$root" ] || root=$(realpath -m -- "$root")
[ "$root" != / ] || root=""

# change <sentence> <command …>: says what is done, then does it; with --dry-run it only says so.
changes=0
change() {
  changes=$((changes + 1))
  if [ -n "$dry_run" ]; then
    echo "would $1"
  else
    echo "$1"
    shift
    "$@"
  fi
}
# put <mode> <file> <place>: a file that is the same already is left alone.
put() {
  if ! cmp -s -- "$2" "$root$3"; then
    change "install $root$3" install -D -m "$1" -- "$2" "$root$3"
    systemd_stale=yes
  fi
}
systemd_stale=""
live() { [ -z "$root" ]; }

# ---- what this machine is

# The version of JetPack: that of its package where it is installed, otherwise what its TensorRT says (README.md has the table).
package_version() { dpkg-query --admindir="$root/var/lib/dpkg" -W -f '${db:Status-Abbrev} ${Version}\n' "$1" 2>/dev/null | sed -n 's/^ii  *//p' || true; }
check_jetpack() {
  local release core jetpack tensorrt
  release=$(sed -n 's/^# *\(R[0-9]*\).*REVISION: *\([0-9.]*\).*/\1.\2/p' "$root/etc/nv_tegra_release" 2>/dev/null || true)
  core=$(package_version nvidia-l4t-core)
  if [ -z "$release" ] && [ -z "$core" ]; then
    fail "this is no Jetson with JetPack: there is neither $root/etc/nv_tegra_release nor the package nvidia-l4t-core. Flash the board with JetPack 6 or 7 (NVIDIA's SDK Manager), or give --without-gpu to judge parts by the processor." 2
  fi
  release=${release:-R${core%%-*}}
  case $release in
    R3[0-5] | R3[0-5].* | R2*) fail "this board has L4T $release (JetPack 5 or older): its C library and TensorRT 8 are too old for Kerf. Flash JetPack 6 or newer, or give --without-gpu." 2 ;;
  esac
  jetpack=$(package_version nvidia-jetpack)
  tensorrt=$(package_version libnvinfer10)
  echo "board: L4T $release, JetPack ${jetpack:-not told (nvidia-jetpack is not installed)}, TensorRT ${tensorrt:-not installed}"
  case $tensorrt in
    "") echo "TensorRT is not installed, so parts would be judged by the processor. Install it: apt install nvidia-jetpack" ;;
    10.3.*) profile=jetpack6 ;;
    10.13.*) profile=jetpack7 ;;
    10.16.*) profile=jetpack72 ;;
    *) echo "No profile is known for TensorRT $tensorrt; see the table in README.md." ;;
  esac
  [ -z "$profile" ] || echo "the application should have been built with: mvn -DskipTests package -P$profile"
}
profile=""

machine() {
  case $(if live; then uname -m; else dpkg --root="$root" --print-architecture 2>/dev/null || uname -m; fi) in
    aarch64 | arm64) echo linux-aarch64 ;;
    x86_64 | amd64) echo linux-x86_64 ;;
    *) echo unknown ;;
  esac
}
check_architecture() {
  local is
  is=$(machine)
  if [ -n "$gpu" ] && [ "$is" != linux-aarch64 ]; then
    fail "a Jetson is arm64, and this machine is not ($(uname -m)). Give --without-gpu to judge parts by the processor." 2
  fi
  ls "$app"/lib/main/ai.djl.pytorch.pytorch-native-cpu-*-"$is".jar >/dev/null 2>&1 \
    || fail "the application in $app was not built for this machine ($is). Build it here, or elsewhere with -Dpytorch.classifier=linux-aarch64 -Djavacpp.classifier=linux-arm64." 2
}
java_release() { "$1" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1; }
# The Java that the station runs with.
java_here() {
  local named=""
  [ ! -f /etc/kerf/kerf.env ] || named=$(sed -n 's/^KERF_JAVA=//p' /etc/kerf/kerf.env | tail -n 1)
  echo "${named:-$(command -v java || true)}"
}
check_java() {
  live || return 0
  local java found
  java=$(java_here)
  [ -n "$java" ] || fail "there is no Java. Install one: apt install openjdk-17-jre-headless (a station starts faster with Java 25)." 2
  found=$(java_release "$java")
  [ "${found:-0}" -ge "$oldest_java" ] || fail "$java is Java ${found:-of unknown age}; Kerf needs $oldest_java or newer. Install one, or name one: KERF_JAVA=… in /etc/kerf/kerf.env." 2
  echo "java: $java, $found"
}

# Cameras alone need it, so that it is missing stops nothing.
check_gstreamer() {
  live || return 0
  ldconfig -p | grep -q libgstapp-1.0.so.0 \
    || echo "GStreamer is not installed, so cameras cannot be used. Install it: apt install libgstreamer1.0-0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad"
}

# ---- installing

find_app() {
  local candidate
  for candidate in "$top/quarkus-app" "$top/target/quarkus-app"; do
    [ -n "$app" ] || [ ! -f "$candidate/quarkus-run.jar" ] || app=$candidate
  done
  if [ -z "$app" ] || [ ! -f "$app/quarkus-run.jar" ]; then
    fail "the application is not built${app:+ in $app}. Build it (mvn -DskipTests package, with the profile that README.md names), or say where it is with --app." 2
  fi
}
# Version and digest of what would be copied, names of libraries instead of their bytes.
release_name() {
  local jar version
  jar=$(basename -- "$(ls "$app"/app/kerf-*.jar)" .jar)
  version=${jar#kerf-}
  echo "$version-$({
    cat "$app"/app/*.jar "$app"/quarkus/*.dat "$app/quarkus-run.jar" "$top/kerf" 2>/dev/null
    find "$app/lib" -type f -printf '%P %s\n' | sort
  } | sha256sum | cut -c 1-10)"
}
ensure_groups() {
  local group
  # The udev rule gives the pins to this group; JetPack has it only where its GPIO library is installed.
  getent group gpio >/dev/null || change "make the group gpio" groupadd --system gpio
  if ! getent passwd kerf >/dev/null; then
    change "make the user kerf, which cannot log in" useradd --system --user-group --home-dir /var/cache/kerf --no-create-home --shell /usr/sbin/nologin --comment "Kerf station" kerf
  fi
  for group in video render gpio i2c; do
    if getent group "$group" >/dev/null && ! id -nG kerf 2>/dev/null | tr ' ' '\n' | grep -qx "$group"; then
      change "add kerf to the group $group" usermod --append --groups "$group" kerf
    fi
  done
}
copy_release() {
  local target=$1
  rm -rf -- "$target.part"
  mkdir -p -- "$target.part"
  cp -a -- "$app" "$target.part/quarkus-app"
  # One that was made elsewhere does not fit here.
  rm -f -- "$target.part/quarkus-app/kerf.aot"
  cp -a -- "$top/kerf" "$top/kerf-aot" "$top/LICENSE" "$top/edge-config" "$here" "$target.part/"
  live && chown -R root:root -- "$target.part"
  chmod -R u=rwX,go=rX -- "$target.part"
  sync -f -- "$target.part"
  mv -T -- "$target.part" "$target"
}
link_release() {
  ln -sfn -- "releases/$1" "$root/opt/kerf/.current.new"
  mv -T -- "$root/opt/kerf/.current.new" "$root/opt/kerf/current"
}
install_release() {
  local name old
  name=$(release_name)
  if [ ! -d "$root/opt/kerf/releases/$name" ]; then
    change "copy the application to $root/opt/kerf/releases/$name" copy_release "$root/opt/kerf/releases/$name"
    [ -n "$dry_run" ] || touch -- "$root/opt/kerf/releases/$name"
  fi
  if [ "$(readlink -- "$root/opt/kerf/current" 2>/dev/null || true)" != "releases/$name" ]; then
    change "put release $name into use ($root/opt/kerf/current)" link_release "$name"
    restart=yes
  fi
  while IFS= read -r old; do
    [ "$old" = "$name" ] || change "delete release $old; the newest $kept_releases stay" rm -rf -- "$root/opt/kerf/releases/$old"
  done < <(find "$root/opt/kerf/releases" -mindepth 1 -maxdepth 1 -type d -printf '%T@ %f\n' 2>/dev/null | sort -rn | tail -n +$((kept_releases + 1)) | cut -d ' ' -f 2-)
}
restart=""
# The cache that makes the station start faster; where it cannot be made the station starts as ever.
make_aot_cache() {
  local release=$root/opt/kerf/current
  [ ! -f "$release/quarkus-app/kerf.aot" ] && live || return 0
  local java
  java=$(java_here)
  [ "$(java_release "$java")" -ge 25 ] || return 0
  change "record the start of the station, for a faster one (about a minute)" record_start "$release" "$java"
}
record_start() {
  if runuser -u kerf -- env KERF_JAVA="$2" "$1/kerf-aot" /var/cache/kerf/kerf.aot; then
    install -m 644 -- /var/cache/kerf/kerf.aot "$1/quarkus-app/kerf.aot"
    rm -f -- /var/cache/kerf/kerf.aot
  else
    echo "That failed; the station starts without, some seconds later." >&2
  fi
}
settings() {
  if [ ! -e "$root/etc/kerf/kerf.properties" ]; then
    change "write $root/etc/kerf/kerf.properties, every setting with its default" write_settings
  fi
}
write_settings() {
  install -d -m 755 -- "$root/etc/kerf"
  sed 's|^kerf\.data=.*|kerf.data=/var/lib/kerf|' "$top/edge-config/kerf.properties" >"$root/etc/kerf/kerf.properties.new"
  chmod 644 -- "$root/etc/kerf/kerf.properties.new"
  mv -- "$root/etc/kerf/kerf.properties.new" "$root/etc/kerf/kerf.properties"
}
folders() {
  local folder
  for folder in /var/lib/kerf /var/cache/kerf; do
    if [ ! -d "$root$folder" ]; then
      change "make $root$folder" install -d -m 750 ${own[@]+"${own[@]}"} -- "$root$folder"
    fi
  done
}
# NVIDIA's nodes as they are on this board, as no document lists them for every JetPack.
devices() {
  live && [ -n "$gpu" ] || return 0
  local nodes=$scratch/devices.conf node
  {
    echo "# Found on this board by install.sh; run it again after a change of JetPack."
    echo "[Service]"
    while IFS= read -r node; do
      echo "DeviceAllow=$node rw"
    done < <(find /dev -maxdepth 3 -type c \( -path '/dev/nv*' -o -path '/dev/host1x*' -o -path '/dev/dri/renderD*' \) | sort)
  } >"$nodes"
  [ "$(wc -l <"$nodes")" -gt 2 ] || { echo "No device nodes of an NVIDIA GPU are in /dev. Is its driver loaded? The station starts, and judges by the processor."; return 0; }
  put 644 "$nodes" /etc/systemd/system/kerf.service.d/devices.conf
}
command_line() {
  cat >"$scratch/kerf" <<'COMMAND'
#!/bin/sh
# Kerf's command line with the settings and data of the installed station: sudo -u kerf kerf models list
export KERF_DATA="${KERF_DATA:-/var/lib/kerf}" KERF_CONFIG="${KERF_CONFIG:-/etc/kerf/kerf.properties}"
exec /opt/kerf/current/kerf "$@"
COMMAND
  put 755 "$scratch/kerf" /usr/local/bin/kerf
}
enable_and_start() {
  live || return 0
  [ -d /run/systemd/system ] || { echo "systemd does not run here, so nothing is started."; return 0; }
  if [ -n "$systemd_stale" ]; then
    change "have systemd and udev read their files again" reload
    restart=yes
  fi
  [ -n "$start" ] || return 0
  systemctl -q is-enabled kerf.service 2>/dev/null || change "have the station start with the machine" systemctl enable kerf.service
  if ! systemctl -q is-active kerf.service; then
    change "start the station" systemctl start kerf.service
  elif [ -n "$restart" ]; then
    change "restart the station" systemctl restart kerf.service
  fi
}
reload() {
  systemctl daemon-reload
  if command -v udevadm >/dev/null; then
    udevadm control --reload
    udevadm trigger --subsystem-match=gpio --subsystem-match=video4linux --subsystem-match=i2c-dev
  fi
}

# ---- taking away

take() {
  if [ -e "$root$1" ] || [ -L "$root$1" ]; then
    change "delete $root$1" rm -rf -- "$root$1"
  fi
}
uninstall() {
  if live && [ -d /run/systemd/system ] && [ -e /etc/systemd/system/kerf.service ]; then
    change "stop the station, and no longer start it with the machine" systemctl disable --now kerf.service
  fi
  for path in /etc/systemd/system/kerf.service.d/devices.conf /etc/systemd/system/kerf.service /etc/systemd/system/kerf-training.slice /etc/udev/rules.d/99-kerf.rules \
    /usr/local/bin/kerf /opt/kerf /var/cache/kerf; do
    take "$path"
  done
  if live && [ -d /run/systemd/system ] && [ "$changes" -gt 0 ]; then
    change "have systemd and udev read their files again" reload
  fi
  if [ -z "$purge" ]; then
    echo "Kept: $root/etc/kerf and $root/var/lib/kerf with models, images and verdicts. --purge takes them, too."
    return 0
  fi
  take /etc/kerf
  take /var/lib/kerf
  if live && getent passwd kerf >/dev/null; then
    change "delete the user kerf" userdel kerf
  fi
}

# ---- the way

own=()
if live; then
  [ -n "$dry_run" ] || [ "$(id -u)" -eq 0 ] || fail "this changes the system, so it needs root: sudo $0" 2
  own=(-o kerf -g kerf)
fi
[ -z "$dry_run" ] || echo "Nothing is changed:"
if [ -n "$uninstall" ]; then
  uninstall
else
  scratch=$(mktemp -d)
  trap 'rm -rf -- "$scratch"' EXIT
  find_app
  if [ -n "$gpu" ]; then
    check_jetpack
  fi
  check_architecture
  check_java
  check_gstreamer
  if live; then
    ensure_groups
  fi
  install_release
  settings
  folders
  put 644 "$here/kerf.service" /etc/systemd/system/kerf.service
  put 644 "$here/kerf-training.slice" /etc/systemd/system/kerf-training.slice
  put 644 "$here/99-kerf.rules" /etc/udev/rules.d/99-kerf.rules
  devices
  command_line
  make_aot_cache
  enable_and_start
fi
[ "$changes" -gt 0 ] || echo "Everything is as it should be; nothing was changed."
if [ -z "$uninstall$dry_run" ] && live && [ -n "$start" ] && [ -d /run/systemd/system ]; then
  echo "The station is at http://$(hostname):8080; its log, with the code by which you claim it: journalctl -u kerf -f"
fi
