#!/usr/bin/env bash
# Installs what the browser tests need where it is missing: Chromium and its driver.
# Without the rights to do so it says what is missing and fails.
set -euo pipefail

missing=()
for program in chromium chromedriver; do
    command -v "$program" >/dev/null || missing+=("$program")
done
[ "${#missing[@]}" -eq 0 ] && exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "missing: ${missing[*]}; install Chromium and its driver, or run this as root on Debian" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -q -y --no-install-recommends chromium chromium-driver
