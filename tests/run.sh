#!/usr/bin/env bash
# Installs what the tests need on a Debian machine and runs them all. Without root it says what is missing and which tests that skips.
set -uo pipefail
cd "$(dirname "$0")/.."

packages=(chromium librsvg2-bin poppler-utils fonts-noto-core fonts-noto-cjk shellcheck yamllint docker-compose systemd)
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

# What checks the files of infra/ and is no package of Debian's.
(cd tests/tools && npm ci && dotnet restore bicep.csproj) >/tmp/seedlot-tools.log 2>&1 ||
  { tail -n 5 /tmp/seedlot-tools.log; echo "Could not install the checks in tests/tools: tests that need them are skipped."; }

dotnet build Lms.sln --configuration Release --nologo -v quiet || { echo "The build failed."; echo "0 passed, 1 failed, 0 skipped"; exit 1; }

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
failed_projects=0
projects=(Lms.Standards.Tests Lms.Manuscripts.Tests Lms.Web.Tests Lms.Browser.Tests)
for project in "${projects[@]}"; do
  echo "== $project"
  # --no-build: the line above built everything once.
  timeout 2400 dotnet test "tests/$project" --configuration Release --no-build --nologo \
    --logger "trx;LogFileName=$project.trx" --results-directory "$results" "$@" >"$results/$project.log" 2>&1
  code=$?
  grep -vE '^\s*$|^Test run for|^VSTest version|^Starting test|^A total of|^Results File' "$results/$project.log" | tail -n 80
  # A runner that dies or writes no result is a failure, not silence.
  if [[ $code != 0 || ! -s "$results/$project.trx" ]]; then failed_projects=$((failed_projects + 1)); fi
done

count() { cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*>' | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{s+=$1} END {print s+0}'; }
skips() { cat "$results"/*.trx 2>/dev/null | grep -c 'outcome="NotExecuted"'; }
passed=$(count passed); failed=$(count failed); skipped=$(skips)
if ((failed_projects && failed == 0)); then failed=$failed_projects; fi
if ((passed == 0 && failed == 0)); then failed=1; fi
echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0))
