#!/usr/bin/env bash
# Installs the browser of the browser tests where it is missing: Debian's Chromium.
# Without the rights to do so it says what is missing and fails.
set -euo pipefail

command -v chromium >/dev/null && exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "missing: chromium; install it, or run this as root on Debian" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -q -y --no-install-recommends chromium
