#!/bin/sh
# Deploys a folder with a kustomization: deploy.sh [FOLDER]. The database is migrated before the first new pod starts; when that fails, nothing
# that serves is touched. Make the secret `seedlot` first; see the README.
set -eu
folder=${1:-$(dirname "$0")/base}
all=$(mktemp)
trap 'rm -f "$all"' EXIT
kubectl kustomize "$folder" >"$all"
namespace="--namespace=seedlot"

# A job can't be changed, so that of the last version goes first.
kubectl delete job migrate "$namespace" --ignore-not-found --wait
kubectl apply -f "$all" --selector 'seedlot.org/step=first'
while :; do
  case $(kubectl get job migrate "$namespace" --output 'jsonpath={.status.conditions[?(@.status=="True")].type}') in
    *Complete*) break ;;
    *Failed*)
      kubectl logs job/migrate "$namespace" --tail=50 || true
      echo "The migration failed; the program that serves was left as it is." >&2
      exit 1
      ;;
  esac
  sleep 5
done
kubectl apply -f "$all"
kubectl rollout status deployment/seedlot "$namespace" --timeout=900s
