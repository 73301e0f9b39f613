#!/usr/bin/env bash
# The monthly rehearsal: backs the site up while it serves, restores the archive into a new place, starts the program on it and sees that all is there.
# Nothing of the site itself is changed. See infra/restore-drill.md.
#
#   restore-drill.sh PROGRAM DATA            an archive of now, compared with the site
#   restore-drill.sh PROGRAM DATA ARCHIVE    an archive that you have
#
# PROGRAM is the program, such as /opt/seedlot/Lms.Web; DATA the site's data folder. The settings of the site are taken from the environment. On a
# database server, DRILL_CONNECTION is the connection string of an empty database to restore into. DRILL_PORT is where the copy serves meanwhile.
set -euo pipefail

usage() { sed -n '2,/^set/p' "$0" | sed -n 's/^# \{0,1\}//p'; exit 2; }
[[ $# == 2 || $# == 3 ]] || usage
read -ra program <<<"$1"
data=$2 archive=${3:-} port=${DRILL_PORT:-5399}
fail() { echo "The drill failed: $*" >&2; exit 1; }

work=$(mktemp -d)
server=
cleanup() { [[ -z $server ]] || { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }; rm -rf "$work"; }
trap cleanup EXIT
started=$SECONDS

provider=${LMS__Database__Provider:-Sqlite}
restored() {
  if [[ $provider == Sqlite ]]; then "$@"; else
    [[ -n ${DRILL_CONNECTION:-} ]] || fail "DRILL_CONNECTION is not set. Make an empty database and name it."
    LMS__Database__ConnectionString=$DRILL_CONNECTION "$@"
  fi
}
counts() { grep -E '^[a-z ]+: [0-9]+$' "$1"; }

if [[ -z $archive ]]; then
  archive=$work/backup.tar.gz
  "${program[@]}" data check --data "$data" >"$work/before" || fail "the site's own data is not whole; it is told above."
  "${program[@]}" backup "$archive" --data "$data"
  "${program[@]}" data check --data "$data" >"$work/after" || fail "the site's own data is not whole; it is told above."
fi
echo "Archive: $archive, $(stat -c %s "$archive") bytes, made in $((SECONDS - started)) s"

restoring=$SECONDS
restored "${program[@]}" restore "$archive" --data "$work/site"
restored "${program[@]}" data check --data "$work/site" >"$work/restored" || fail "what was restored is not whole; it is told above."
echo "Restored and checked in $((SECONDS - restoring)) s:"
counts "$work/restored"

# People went on meanwhile: what was restored lies between what was there before and after.
if [[ -s $work/before ]]; then
  paste -d: <(counts "$work/before") <(counts "$work/restored") <(counts "$work/after") | tr -d ' ' | while IFS=: read -r what before _ now _ after; do
    low=$((before < after ? before : after)) high=$((before < after ? after : before))
    ((now >= low && now <= high)) || { echo "$what: $now restored, $low to $high in the site" >&2; exit 1; }
  done || fail "what was restored is not what is in the site."
fi

# Nothing is sent from the copy: its jobs and consumers are the site's.
# The program takes the place of the shell that starts it, so that it is the program that is stopped.
restored exec "${program[@]}" --rehearsal --urls "http://127.0.0.1:$port" --data "$work/site" >"$work/log" 2>&1 &
server=$!
for _ in $(seq 240); do
  kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; fail "the program does not start on what was restored."; }
  [[ $(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port/health/ready" || true) == 200 ]] && break
  sleep 0.25
done
curl -fsS "http://127.0.0.1:$port/health/ready" >/dev/null || fail "the program is not ready within a minute."
curl -fsS "http://127.0.0.1:$port/" | grep '<main' >/dev/null || fail "the catalogue does not open."
if [[ -n ${DRILL_SERIAL:-} ]]; then
  curl -fsS "http://127.0.0.1:$port/verify/$DRILL_SERIAL" | grep -F "$DRILL_SERIAL" >/dev/null || fail "the certificate $DRILL_SERIAL does not verify."
  echo "The certificate $DRILL_SERIAL verifies."
fi
echo "The drill passed in $((SECONDS - started)) s."
