# Sourced by every finding, never run by itself. A finding calls, in this order:
#   packages G:A:V[:CLASSIFIER]...   copies pinned packages and what they need from Maven Central
#   program [FILE.java] < Java       runs a program on them; FILE.java is a class it shares with others
#   seen < text                      ends the finding: 0 if the programs printed that, 1 if not
# Exit code 2 says that the finding could not be looked at here.

set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
name=$(basename "$0" .sh)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

if [ -n "${FINDINGS_HOME:-}" ]; then
  mkdir -p "$FINDINGS_HOME/$name"
  work=$(cd "$FINDINGS_HOME/$name" && pwd)
  djl=$(dirname "$work")/djl
else
  work=$(mktemp -d)
  djl=$work/djl
  trap 'rm -rf "$work"' EXIT
fi
: > "$work/said"
options=() # of Java, for the next programs

# What this system is called in a list such as "Linux-x86_64=linux Darwin-arm64=mac"; ends the finding
# where the list does not have it.
classifier() {
  local machine choice
  machine=$(uname -s)-$(uname -m)
  for choice in "$@"; do
    if [ "${choice%%=*}" = "$machine" ]; then
      echo "${choice#*=}"
      return
    fi
  done
  echo "$name: nothing to be seen on $machine" >&2
  exit 2
}

packages() {
  local package group artifact version classifier
  if [ "$(cat "$work/packages" 2>/dev/null)" = "$*" ]; then
    return
  fi
  rm -rf "$work/lib"
  {
    echo '<project><modelVersion>4.0.0</modelVersion><groupId>findings</groupId>'
    echo "<artifactId>$name</artifactId><version>1</version><packaging>pom</packaging><dependencies>"
    for package in "$@"; do
      IFS=: read -r group artifact version classifier <<< "$package"
      echo "<dependency><groupId>$group</groupId><artifactId>$artifact</artifactId>"
      echo "<version>$version</version>${classifier:+<classifier>$classifier</classifier>}</dependency>"
    done
    echo '</dependencies></project>'
  } > "$work/pom.xml"
  if ! "$here/../mvnw" -q -B -f "$work/pom.xml" -DoutputDirectory="$work/lib" \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies > "$work/maven" 2>&1; then
    cat "$work/maven" >&2
    echo "$name: the packages cannot be fetched" >&2
    exit 2
  fi
  echo "$*" > "$work/packages"
}

# DJL's PyTorch engine, with PyTorch for processors.
packages_of_djl() {
  local native
  native=$(classifier Linux-x86_64=linux-x86_64 Linux-aarch64=linux-aarch64 Darwin-arm64=osx-aarch64)
  packages ai.djl.pytorch:pytorch-engine:0.35.1 ai.djl.pytorch:pytorch-jni:2.7.1-0.35.1 \
    "ai.djl.pytorch:pytorch-native-cpu:2.7.1:$native" org.slf4j:slf4j-nop:2.0.17
}

# JavaFX, and Monocle, which lets it draw into memory.
packages_of_javafx() {
  packages org.openjfx:javafx-controls:21.0.12 org.testfx:openjfx-monocle:17.0.10
  options=(-Djava.awt.headless=true -Dglass.platform=Monocle -Dmonocle.platform=Headless
    -Dprism.order=sw -Dheadless.geometry=1280x800-32)
}

# DJL without network, its libraries unpacked where the rest is.
export DJL_CACHE_DIR=$djl DJL_OFFLINE=true OPT_OUT_TRACKING=true RUST_FLAVOR=cpu

program() {
  cat - ${1:+"$here/$1"} > "$work/Finding.java"
  rm -rf "$work/run"
  mkdir "$work/run"
  local always=(-XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED
    --sun-misc-unsafe-memory-access=allow --add-opens=java.base/java.nio=ALL-UNNAMED
    -Djava.io.tmpdir="$work/run" -cp "$work/lib/*")
  if ! (cd "$work/run" && "$java" "${always[@]}" ${options[@]+"${options[@]}"} "$work/Finding.java" \
    >> "$work/said" 2> "$work/errors"); then
    cat "$work/said" "$work/errors"
    echo "$name: the program fails"
    exit 1
  fi
}

seen() {
  cat > "$work/expected"
  cat "$work/said"
  if ! diff "$work/expected" "$work/said" > "$work/differences"; then
    echo "$name: CHANGED (< as it was, > as it is)"
    cat "$work/differences"
    exit 1
  fi
  echo "$name: as it was"
}
