#!/usr/bin/env bash
# What CI runs: installs what the lockfile does not provide (Chromium, boto3, curl, other versions of Node.js, Bun, Deno), then everything, 30 seconds of a soak, then both commands on a bare machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

stage() {
  local title=$1 start=$SECONDS
  shift
  printf '\n=== %s\n' "$title"
  "$@"
  printf '=== %s: %d s\n' "$title" $((SECONDS - start))
}

debian_packages() {
  local missing=()
  command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
  python3 -c 'import boto3' 2>/dev/null || missing+=(python3-boto3)
  command -v curl >/dev/null || missing+=(curl)
  if [ "${#missing[@]}" -gt 0 ] && command -v apt-get >/dev/null; then
    local as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  fi
}

stage 'Debian packages' debian_packages
stage 'Host programs' node tools/hosts/install.mjs
stage 'npm test' npm test
stage 'Documentation site' npm run --silent docs:build
stage 'Soak' npm run --silent soak -- --seconds=30
stage 'Bare machine' node tools/bare-machine.mjs
printf '\nEverything passed in %d s.\n' "$SECONDS"
