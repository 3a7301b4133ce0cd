#!/bin/sh
# The whole test run: what the page tests need from the system, then the build's only gate.
# CHROMIUM names another browser; further arguments go to Maven.
set -eu
cd "$(dirname "$0")/.."

fail() {
  echo "test.sh: $*" >&2
  exit 1
}

command -v mvn >/dev/null || fail "Maven is missing: install Maven 3.8 or newer (Debian: apt-get install maven)"
command -v javac >/dev/null || fail "a JDK is missing: install JDK 17 (Debian: apt-get install openjdk-17-jdk-headless)"

missing=""
CHROMIUM="${CHROMIUM:-/usr/bin/chromium}"
export CHROMIUM
[ -x "$CHROMIUM" ] || missing="chromium"
if ! command -v fc-list >/dev/null; then
  missing="$missing fontconfig fonts-noto-cjk"
elif [ -z "$(fc-list :lang=zh-cn family)" ]; then
  missing="$missing fonts-noto-cjk"
fi

if [ -n "$missing" ]; then
  echo "test.sh: the page tests need $missing"
  command -v apt-get >/dev/null ||
    fail "no apt-get here: install Chromium (or set CHROMIUM to its path) and a Chinese font, then try again"
  sudo=""
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "neither root nor sudo: ask for 'apt-get install$(printf ' %s' $missing)'"
    sudo="sudo"
  fi
  $sudo apt-get update -q
  # shellcheck disable=SC2086
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
  [ -x "$CHROMIUM" ] || fail "$CHROMIUM is still missing: set CHROMIUM to the path of your Chromium"
fi

exec mvn -B verify "$@"
