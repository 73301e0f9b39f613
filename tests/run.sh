#!/usr/bin/env bash
# Installs what the tests need on a Debian machine and runs them all. Without root it says what is missing and which tests that skips.
set -uo pipefail
cd "$(dirname "$0")/.."

packages=(chromium librsvg2-bin poppler-utils fonts-noto-core fonts-noto-cjk)
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
    echo "Missing: ${missing[*]}. Run as root, or install them; until then the browser, PDF and font tests are skipped."
  fi
fi

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

# The Cloud edition is built from the same sources with other packages. Where a registry lacks them, that is said and counted as one skipped test.
cloud_skipped=0
restore_cloud() { timeout 180 dotnet restore tests/Lms.Web.Tests -p:LmsEdition=Cloud "$@" -v quiet >"$results/cloud.log" 2>&1; }
test_cloud() {
  echo "== Cloud edition"
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
  (($#)) || tests=(--filter 'FullyQualifiedName~Lms.Web.Tests.Cloud|FullyQualifiedName~Lms.Web.Tests.Data')
  dotnet build tests/Lms.Web.Tests --configuration Release --no-restore --nologo -v quiet -p:LmsEdition=Cloud "${without[@]}" || { failed_projects=$((failed_projects + 1)); return; }
  timeout 1200 dotnet test tests/Lms.Web.Tests --configuration Release --no-build --nologo -p:LmsEdition=Cloud "${without[@]}" \
    --logger "trx;LogFileName=Cloud.trx" --results-directory "$results" "${tests[@]}" >"$results/Cloud.log" 2>&1
  local code=$?
  grep -vE '^\s*$|^Test run for|^VSTest version|^Starting test|^A total of|^Results File' "$results/Cloud.log" | tail -n 40
  if [[ $code != 0 || ! -s "$results/Cloud.trx" ]]; then failed_projects=$((failed_projects + 1)); fi
}
test_cloud "$@"

count() { cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*>' | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{s+=$1} END {print s+0}'; }
skips() { cat "$results"/*.trx 2>/dev/null | grep -c 'outcome="NotExecuted"'; }
passed=$(count passed); failed=$(count failed); skipped=$(($(skips) + cloud_skipped))
if ((failed_projects && failed == 0)); then failed=$failed_projects; fi
if ((passed == 0 && failed == 0)); then failed=1; fi
echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0))
