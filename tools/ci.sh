#!/usr/bin/env bash
# What CI runs: what only Debian can provide, then `npm test`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

missing=()
command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
python3 -c 'import boto3' 2>/dev/null || missing+=(python3-boto3)
command -v curl >/dev/null || missing+=(curl)

if [ "${#missing[@]}" -gt 0 ] && command -v apt-get >/dev/null; then
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

npm test
