#!/bin/sh
# Deploys the image of main.bicepparam: deploy.sh RESOURCE-GROUP. The database is migrated before the first new replica starts; when that fails,
# nothing that serves is touched. SEEDLOT_ADMIN_PASSWORD and SEEDLOT_CERTIFICATE are read from the environment.
set -eu
group=${1:?Name the resource group.}
cd "$(dirname "$0")"

deploy() { az deployment group create --resource-group "$group" --parameters main.bicepparam --parameters serve="$1" --query "properties.outputs.$2.value" --output tsv; }

job=$(deploy false job)
run=$(az containerapp job start --resource-group "$group" --name "$job" --query name --output tsv)
while :; do
  status=$(az containerapp job execution show --resource-group "$group" --name "$job" --job-execution-name "$run" --query properties.status --output tsv)
  case $status in
    Succeeded) break ;;
    Failed | Stopped | Degraded) echo "The migration $run ended as $status; the program that serves was left as it is." >&2; exit 1 ;;
  esac
  sleep 10
done
echo "Point the names at $(deploy true address)."
