#!/usr/bin/env bash
# Installs what the tests need on a Debian machine and runs them all. Without root it says what is missing and which tests that skips.
set -uo pipefail
cd "$(dirname "$0")/.."

packages=(curl chromium librsvg2-bin poppler-utils fonts-noto-core fonts-noto-cjk postgresql shellcheck yamllint docker-compose systemd)
# Its package starts a web server, which a person's machine may have no room for.
[[ ${CI:-} == true ]] && packages+=(caddy)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if ((${#missing[@]})); then
  if [[ $(id -u) == 0 ]]; then
    echo "Installing ${missing[*]}"
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"; } >/tmp/seedlot-apt.log 2>&1 ||
      { tail -n 20 /tmp/seedlot-apt.log; echo "Could not install ${missing[*]}: tests that need them are skipped."; }
  else
    echo "Missing: ${missing[*]}. Run as root, or install them; until then the tests that need them are skipped."
  fi
fi

# promtool alone: its package would start a server.
if ! command -v promtool >/dev/null; then
  if [[ $(id -u) == 0 ]]; then
    tools=$(mktemp -d)
    { cd "$tools" && apt-get download -q prometheus && dpkg -x prometheus_*.deb . && install usr/bin/promtool /usr/local/bin/; } >>/tmp/seedlot-apt.log 2>&1 || echo "Could not install promtool: tests of metrics and alerts are skipped."
    cd - >/dev/null; rm -rf "$tools"
  else
    echo "Missing: promtool (Debian's prometheus). Until then tests of metrics and alerts are skipped."
  fi
fi
# What checks the files of infra/ and is no package of Debian's.
(cd tests/tools && npm ci && dotnet restore bicep.csproj) >/tmp/seedlot-tools.log 2>&1 ||
  { tail -n 5 /tmp/seedlot-tools.log; echo "Could not install the checks in tests/tools: tests that need them are skipped."; }

dotnet build Lms.sln --configuration Release --nologo -v quiet || { echo "The build failed."; echo "0 passed, 1 failed, 0 skipped"; exit 1; }

results=$(mktemp -d)
trap 'stop_postgresql; rm -rf "$results"' EXIT

# A PostgreSQL of the tests' own: a folder, a socket and a port that nobody else has. It does not run as root.
as_postgres() { if [[ $(id -u) == 0 ]]; then runuser -u postgres -- "$@"; else "$@"; fi; }
start_postgresql() {
  # Debian starts one of its own when it installs the package; this one is beside it.
  bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
  [[ -n $bin ]] || return 1
  export PATH="$PATH:$bin"
  cluster=$(mktemp -d /tmp/seedlot-postgresql-XXXXXX)
  if [[ $(id -u) == 0 ]]; then chown postgres "$cluster"; fi
  port=$(shuf -i 20000-29999 -n 1)
  # The tests ask what the program does, not what the disk does.
  as_postgres "$bin/initdb" -D "$cluster/data" -U postgres -A trust --encoding=UTF8 --locale=C.UTF-8 >"$cluster/initdb.log" 2>&1 &&
    as_postgres "$bin/pg_ctl" -D "$cluster/data" -l "$cluster/log" -w -o "-p $port -k $cluster -c listen_addresses=127.0.0.1 -c max_connections=400 -c fsync=off" start >/dev/null ||
    { tail -n 20 "$cluster"/*log; return 1; }
  export LMS_TEST_CONNECTION="Host=127.0.0.1;Port=$port;Username=postgres"
}
stop_postgresql() {
  [[ -n ${cluster:-} ]] || return 0
  as_postgres "$bin/pg_ctl" -D "$cluster/data" -m immediate -w stop >/dev/null 2>&1
  rm -rf "$cluster"
}

failed_projects=0
# Each argument: a project, or a project on another database than the embedded default.
runs=(Lms.Standards.Tests Lms.Manuscripts.Tests Lms.Web.Tests Lms.Web.Tests@PostgreSql Lms.Browser.Tests)
missed=0
for run in "${runs[@]}"; do
  project=${run%%@*}
  export LMS_TEST_DATABASE=
  if [[ $run == *@PostgreSql ]]; then
    if ! start_postgresql; then
      echo "== $run: no PostgreSQL could be started, so that its tests are skipped. Install postgresql, or run as root."
      missed=$(grep -o '<Counters total="[0-9]*"' "$results/$project.trx" 2>/dev/null | grep -o '[0-9]*')
      continue
    fi
    LMS_TEST_DATABASE=PostgreSql
  fi
  echo "== $run"
  # --no-build: the line above built everything once.
  timeout 2400 dotnet test "tests/$project" --configuration Release --no-build --nologo \
    --logger "trx;LogFileName=$run.trx" --results-directory "$results" "$@" >"$results/$run.log" 2>&1
  code=$?
  grep -vE '^\s*$|^Test run for|^VSTest version|^Starting test|^A total of|^Results File' "$results/$run.log" | tail -n 80
  # A runner that dies or writes no result is a failure, not silence.
  if [[ $code != 0 || ! -s "$results/$run.trx" ]]; then failed_projects=$((failed_projects + 1)); fi
  stop_postgresql
  cluster=
done

# The Cloud edition is built from the same sources with other packages. Where a registry lacks them, that is said and counted as one skipped test.
cloud_skipped=0
restore_cloud() { timeout 180 dotnet restore tests/Lms.Web.Tests -p:LmsEdition=Cloud "$@" -v quiet >"$results/cloud.log" 2>&1; }
test_cloud() {
  echo "== Cloud edition"
  export LMS_TEST_DATABASE=
  local without=()
  if ! restore_cloud; then
    without=(-p:LmsImageSharp=false)
    if grep -q 'SixLabors.ImageSharp' "$results/cloud.log" && restore_cloud "${without[@]}"; then
      echo "SixLabors.ImageSharp does not restore here: the edition is built without it, and its tests of pictures are left out."
    else
      echo "Its packages do not restore here; it is neither built nor tested: $(grep -m1 -oE 'error [^[]*' "$results/cloud.log")"
      cloud_skipped=1
      return
    fi
  fi
  local tests=("$@")
  (($#)) || tests=(--filter 'FullyQualifiedName~Lms.Web.Tests.Cloud|FullyQualifiedName~Lms.Web.Tests.Images|FullyQualifiedName~Lms.Web.Tests.Data')
  dotnet build tests/Lms.Web.Tests --configuration Release --no-restore --nologo -v quiet -p:LmsEdition=Cloud "${without[@]}" || { failed_projects=$((failed_projects + 1)); return; }
  bash tests/azurite.sh timeout 1200 dotnet test tests/Lms.Web.Tests --configuration Release --no-build --nologo -p:LmsEdition=Cloud "${without[@]}" \
    --logger "trx;LogFileName=Cloud.trx" --results-directory "$results" "${tests[@]}" >"$results/Cloud.log" 2>&1
  local code=$?
  grep -vE '^\s*$|^Test run for|^VSTest version|^Starting test|^A total of|^Results File' "$results/Cloud.log" | tail -n 40
  if [[ $code != 0 || ! -s "$results/Cloud.trx" ]]; then failed_projects=$((failed_projects + 1)); fi
}
test_cloud "$@"

count() { cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*>' | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{s+=$1} END {print s+0}'; }
skips() { cat "$results"/*.trx 2>/dev/null | grep -c 'outcome="NotExecuted"'; }
passed=$(count passed); failed=$(count failed); skipped=$(($(skips) + ${missed:-0} + cloud_skipped))
if ((failed_projects && failed == 0)); then failed=$failed_projects; fi
if ((passed == 0 && failed == 0)); then failed=1; fi
echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0))
