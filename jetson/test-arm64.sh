#!/bin/bash
# Runs the arm64 application without a board: a Java for arm64 in a folder of its own, emulated by qemu. A station learns and judges, and an encoder learns a few steps.
# usage: jetson/test-arm64.sh [--mirror URL] [--suite NAME] [--work DIR] [--app DIR]
#   --mirror   of Debian or Ubuntu packages for arm64; that of this machine's apt where absent
#   --suite    the release; that of this machine where absent
#   --work     keeps rootfs and application there, for the next time; a temporary folder where absent
#   --app      an application built with -Dpytorch.classifier=linux-aarch64 -Djavacpp.classifier=linux-arm64; built from this source tree where absent
# Needs debootstrap, qemu-user-static, curl, unzip and root; gcc for aarch64 besides, for stubs of CUDA's libraries; and five to ten minutes of a machine without other work, as training has
# the lowest priority. It says nothing of speed, of a GPU, or of a board.
set -euo pipefail
here=$(cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
mirror="" suite=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release) work="" app="" temporary=""
while [ $# -gt 0 ]; do
  case $1 in
    --mirror) mirror=$2; shift ;;
    --suite) suite=$2; shift ;;
    --work) work=$2; shift ;;
    --app) app=$2; shift ;;
    -h | --help) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "test-arm64.sh: \"$1\" is no option; see --help" >&2; exit 2 ;;
  esac
  shift
done
fail() {
  echo "test-arm64.sh: $1" >&2
  exit 1
}
for program in debootstrap qemu-aarch64-static curl dpkg-deb; do
  command -v "$program" >/dev/null || fail "$program is not installed"
done
if [ -z "$work" ]; then
  work=$(mktemp -d)
  temporary=yes
fi
work=$(mkdir -p -- "$work" && cd -- "$work" && pwd)
station=""
finish() {
  [ -z "$station" ] || kill "$station" 2>/dev/null || true
  rm -rf -- "$work/data" "$work/cache"
  [ -z "$temporary" ] || rm -rf -- "$work"
}
trap finish EXIT
rootfs=$work/rootfs

# ---- a rootfs: the packages are unpacked, not configured, as nothing of it runs but Java
make_rootfs() {
  # shellcheck disable=SC2016 # a variable of apt's
  mirror=${mirror:-$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Codename: $suite" | head -n 1)}
  [ -n "$mirror" ] || fail "apt names no mirror for $suite; give one with --mirror"
  local proxy="" package link
  eval "$(apt-config shell proxy Acquire::http::Proxy)"
  env ${proxy:+http_proxy="$proxy"} debootstrap --foreign --arch=arm64 --variant=minbase --include=openjdk-17-jre-headless,libgomp1,libstdc++6 "$suite" "$rootfs.part" "$mirror"
  for package in "$rootfs.part"/var/cache/apt/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$rootfs.part" --keep-directory-symlink
  done
  # Links from the root lead out of a folder that is no root.
  while IFS= read -r link; do
    ln -sfn -- "$(realpath -ms --relative-to="$(dirname -- "$link")" "$rootfs.part$(readlink -- "$link")")" "$link"
  done < <(find "$rootfs.part" -type l -lname '/*')
  rm -f -- "$rootfs.part"/var/cache/apt/archives/*.deb
  mv -- "$rootfs.part" "$rootfs"
}
[ -d "$rootfs" ] || make_rootfs

# What tells an arm64 program of its processor: that of this machine has ONNX Runtime read lines that no arm64 kernel writes, and crash. A container's rootfs
# has a link to /proc in its place.
[ ! -L "$rootfs/proc" ] || rm -- "$rootfs/proc"
mkdir -p -- "$rootfs/proc"
for i in $(seq 0 $(($(nproc) - 1))); do
  printf 'processor\t: %d\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 cpuid\n' "$i"
  printf 'CPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x0\nCPU part\t: 0xd08\nCPU revision\t: 3\n\n'
done >"$rootfs/proc/cpuinfo"

# A Java that emulates itself, as children are started by its path, too.
jvm=$(find "$rootfs/usr/lib/jvm" -maxdepth 1 -type d -name 'java-*-arm64' | head -n 1)
[ -n "$jvm" ] || fail "there is no Java in $rootfs"
if [ ! -e "$jvm/bin/java.arm64" ]; then
  mv -- "$jvm/bin/java" "$jvm/bin/java.arm64"
fi
cat >"$jvm/bin/java" <<JAVA
#!/bin/sh
exec qemu-aarch64-static -L "$rootfs" "$jvm/bin/java.arm64" "\$@"
JAVA
chmod +x "$jvm/bin/java"

# ---- the application, in a copy of the sources, so that what is built for this machine stays
if [ -z "$app" ]; then
  app=$work/source/target/quarkus-app
  if [ ! -f "$app/quarkus-run.jar" ]; then
    mkdir -p -- "$work/source"
    cp -a -- "$here/pom.xml" "$here/src" "$work/source/"
    (cd -- "$work/source" && mvn -q -B -DskipTests -Dpytorch.classifier=linux-aarch64 -Djavacpp.classifier=linux-arm64 package)
  fi
fi
ls "$app"/lib/main/*pytorch-native-cpu-*-linux-aarch64.jar >/dev/null || fail "$app is not for arm64"

# ---- a station learns from its simulated line and judges
export KERF_APP=$app KERF_JAVA=$jvm/bin/java KERF_DATA=$work/data DJL_CACHE_DIR=$work/cache/djl KERF_HOST=127.0.0.1 KERF_PORT=${KERF_PORT:-18070} KERF_TLS_ENABLED=false
# The program by which Java starts others is an arm64 one, too, so it has to do without.
export KERF_JAVA_OPTS="-Djdk.lang.Process.launchMechanism=FORK -Duser.home=$work/cache"
url=http://127.0.0.1:$KERF_PORT
"$KERF_JAVA" -XshowSettings:properties -version 2>&1 | grep -E 'os.arch|java.version ' || fail "Java does not run under qemu"
KERF_DEMO_ENABLED=true KERF_DEMO_PARTS=24 KERF_DEMO_COLLECT_EVERY=50ms KERF_DEMO_TRAINING_BUDGET=5s KERF_DEMO_SIZE_PX=32 KERF_DEMO_FALSE_REJECT_BUDGET=0.2 KERF_LEARN_ENABLED=false \
  "$here/kerf" serve >"$work/serve.log" 2>&1 &
station=$!
await() { # <seconds> <path> <text>
  for _ in $(seq "$1"); do
    kill -0 "$station" 2>/dev/null || { cat "$work/serve.log" >&2; fail "the station ended"; }
    if curl -s "$url$2" | grep -q -- "$3"; then
      return 0
    fi
    ! curl -s "$url/api/station" | grep -q '"FAILED"' || break
    sleep 1
  done
  cat "$work/serve.log" >&2
  fail "no $3 from $2 within $1 s: $(curl -s "$url/api/station")"
}
await 240 /q/health/ready '"UP"'
echo "serve: ready"
await 600 /api/station '"JUDGING"'
await 120 /api/inspections/latest '"verdict"'
image=$(curl -s "$url/api/inspections/latest" | grep -o '"image" *: *"[^"]*"' | head -n 1 | cut -d '"' -f 4)
curl -sf "$url$image" -o "$work/part"
verdict=$(curl -sf -H 'Content-Type: application/octet-stream' --data-binary "@$work/part" "$url/api/inspections?recipe=demo")
echo "$verdict" | grep -Eq '"verdict" *: *"(OK|NG)"' || fail "the part was not judged: $verdict"
echo "serve: a part over HTTP: $(echo "$verdict" | grep -Eo '"(verdict|score|threshold)" *: *[^,}]*' | tr '\n' ' ')"
kill "$station"
wait "$station" || true
station=""

# ---- an encoder learns a few steps
normals=$work/data/recipes/demo/normals
"$here/kerf" train "$normals" --steps 3 --size 32 --images-per-step 4 --alpha 20% --out "$work/data/few-steps" >"$work/train.log" 2>&1 || { cat "$work/train.log" >&2; fail "training failed"; }
echo "train: a bundle after 3 steps: $(find "$work/data/few-steps" -name manifest.json | wc -l)"

# ---- TensorRT: its bindings for arm64 load with TensorRT's own arm64 libraries and stubs of CUDA's, and the engine declines, as there is no GPU
tensorrt() {
  local version bindings libraries=$work/tensorrt classes=$work/probe name
  bindings=$(find "$app/lib/main" -name 'org.bytedeco.tensorrt-*-linux-arm64.jar' -printf '%f\n')
  version=${bindings#org.bytedeco.tensorrt-}
  version=${version%-linux-arm64.jar}
  mkdir -p -- "$libraries" "$classes"
  if [ ! -f "$libraries/libnvinfer.so.10" ]; then
    (cd -- "$here" && mvn -q -B dependency:copy "-Dartifact=org.bytedeco:tensorrt:$version:jar:linux-arm64-redist" "-DoutputDirectory=$libraries" >&2)
    unzip -qoj "$libraries"/tensorrt-*-redist.jar '*/libnvinfer.so.10' '*/libnvinfer_plugin.so.10' '*/libnvonnxparser.so.10' -d "$libraries"
    rm -f -- "$libraries"/tensorrt-*-redist.jar
  fi
  cat >"$classes/stub.c" <<'STUB'
int cudaGetDeviceCount(int *count) { *count = 0; return 100; }
const char *cudaGetErrorString(int code) { return "no CUDA-capable device is detected"; }
STUB
  echo 'libcudart.so.13 { global: *; };' >"$classes/version"
  for name in libcuda.so.1 libcublasLt.so.13 libcublas.so.13 libnvrtc.so.13 libcudnn.so.9 libcudnn_graph.so.9 libcudnn_engines_precompiled.so.9 libcudnn_engines_runtime_compiled.so.9 \
    libcudnn_heuristic.so.9 libcudnn_ops.so.9 libcudnn_adv.so.9 libcudnn_cnn.so.9; do
    aarch64-linux-gnu-gcc -shared -fPIC -nostdlib -x c -Wl,-soname,"$name" -o "$libraries/$name" /dev/null
  done
  aarch64-linux-gnu-gcc -shared -fPIC -nostdlib -Wl,-soname,libcudart.so.13,--version-script="$classes/version" -o "$libraries/libcudart.so.13" "$classes/stub.c"
  javac -d "$classes" -cp "$app/app/*:$app/lib/main/*" "$here/src/test/java/io/kerf/encoder/tensorrt/BindingsProbe.java"
  CLASSPATH="$classes:$app/app/*:$app/lib/main/*:$app/lib/boot/*" LD_LIBRARY_PATH=$libraries "$KERF_JAVA" -Dai.djl.offline=true "-Duser.home=$work/cache" io.kerf.encoder.tensorrt.BindingsProbe
}
if command -v aarch64-linux-gnu-gcc >/dev/null; then
  tensorrt >"$work/tensorrt.log" 2>"$work/tensorrt.err" || { cat "$work/tensorrt.err" "$work/tensorrt.log" >&2; fail "the bindings of TensorRT did not load"; }
  for said in '^TensorRT library .*aarch64' 'CUDA finds no GPU: no CUDA-capable device'; do
    grep -q "$said" "$work/tensorrt.log" || { cat "$work/tensorrt.log" >&2; fail "the engine did not decline"; }
  done
  grep -E '^(TensorRT library|the engine)' "$work/tensorrt.log" | sed 's/^/tensorrt: /'
else
  echo "tensorrt: not tried, as aarch64-linux-gnu-gcc is not installed"
fi

echo "arm64 under emulation: served, judged, learnt"
