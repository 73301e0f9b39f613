#!/bin/sh
# Writes backups and keeps the newest: backup.sh once | nightly | healthy
#   once     one archive now
#   nightly  one each night, and one at once where there is none of the last day
#   healthy  fails when the newest archive is older than it may be
# The program itself writes the archive, whatever the database is. Copy the folder to another place, too.
set -eu
program=${SEEDLOT:-seedlot}
folder=${BACKUP_FOLDER:-/backups}
keep=${BACKUP_KEEP:-14}
at=${BACKUP_AT:-02:30}

once() {
  file="$folder/seedlot-$(date -u +%Y%m%dT%H%M%SZ).tar.gz"
  # A failed try leaves every older archive.
  "$program" backup "$file" && gzip -t "$file" || return 1
  # Names hold the time, so the glob lists the oldest first.
  set -- "$folder"/seedlot-*.tar.gz
  while [ $# -gt "$keep" ]; do rm -- "$1"; shift; done
}

until_done() {
  until once; do
    echo "The backup failed; the next try is in an hour." >&2
    pause 3600
  done
}

# In the background, so that the signal to stop is heard at once.
pause() { sleep "$1" & wait $!; }

young() { [ -n "$(find "$folder" -name 'seedlot-*.tar.gz' -mmin "-$1" -print -quit)" ]; }

nightly() {
  trap 'exit 0' TERM INT
  young 1440 || until_done
  while :; do
    now=$(date +%s) next=$(date -d "$at" +%s)
    [ "$next" -gt "$now" ] || next=$((next + 86400))
    pause $((next - now))
    until_done
  done
}

case ${1:-once} in
  once) once ;;
  nightly) nightly ;;
  healthy) young 1560 ;;
  *) echo "backup.sh once | nightly | healthy" >&2; exit 2 ;;
esac
