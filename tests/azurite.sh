#!/usr/bin/env bash
# Runs a command beside Azurite, which stands in for Azure Blob Storage, on a port and in a folder of its own: LMS_TEST_AZURITE is its connection
# string. Where Azurite can't be had the command runs all the same, LMS_TEST_AZURITE_MISSING says why, and the tests that need it are skipped.
set -uo pipefail

without() { echo "Azurite: $1"; LMS_TEST_AZURITE_MISSING=$1 exec "${@:2}"; }

command -v npm >/dev/null && command -v node >/dev/null || without "npm is not installed." "$@"
version=3.35.0
home=${TMPDIR:-/tmp}/seedlot-azurite-$version-$(id -u)
program=$home/node_modules/azurite/dist/src/blob/main.js
if [[ ! -f $home/ready ]]; then
  mkdir -p "$home"
  npm install --prefix "$home" --no-audit --no-fund --silent "azurite@$version" >"$home/log" 2>&1 && [[ -f $program ]] && touch "$home/ready" ||
    without "azurite@$version could not be installed with npm ($(tail -n 1 "$home/log"))." "$@"
fi

data=$(mktemp -d "${TMPDIR:-/tmp}/seedlot-azurite-data-XXXXXX")
port=$(shuf -i 30000-39999 -n 1)
key=$(head -c 64 /dev/urandom | base64 -w 0)
AZURITE_ACCOUNTS="seedlot:$key" node "$program" --silent --disableTelemetry --skipApiVersionCheck --blobHost 127.0.0.1 --blobPort "$port" --location "$data" >"$data/log" 2>&1 &
azurite=$!
trap 'kill "$azurite" 2>/dev/null; wait "$azurite" 2>/dev/null; rm -rf "$data"' EXIT
for _ in $(seq 100); do
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    export LMS_TEST_AZURITE="DefaultEndpointsProtocol=http;AccountName=seedlot;AccountKey=$key;BlobEndpoint=http://127.0.0.1:$port/seedlot;"
    break
  fi
  kill -0 "$azurite" 2>/dev/null || break
  sleep 0.1
done
[[ -n ${LMS_TEST_AZURITE:-} ]] || export LMS_TEST_AZURITE_MISSING="it did not start: $(tail -n 1 "$data/log")"
"$@"
