#!/bin/sh
# Makes the secrets that compose.yaml, or with the word `cloud` compose.cloud.yaml, reads; those that are there stay.
set -eu
umask 077
cd "$(dirname "$0")"
mkdir -p secrets/cloud certificates
# Capital, small, digit: what SQL Server asks of a password.
password() { printf 'Sd1%s' "$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')"; }
# The folder is closed to everybody else on this machine; a container gets only its files, and reads them as another user.
keep() { [ -e "secrets/$1" ] || { printf '%s\n' "$2" >"secrets/$1" && chmod 444 "secrets/$1"; }; }

keep LMS__Admin__Password "$(password)"
if [ "${1:-}" = cloud ]; then
  keep mssql.env "MSSQL_SA_PASSWORD=$(password)"
  keep azurite.env "AZURITE_ACCOUNTS=seedlot:$(head -c 64 /dev/urandom | base64 -w 0)"
  sa=$(cut -d= -f2- secrets/mssql.env) key=$(cut -d: -f2- secrets/azurite.env)
  keep cloud/LMS__Database__ConnectionString "Server=database;Database=seedlot;User Id=sa;Password=$sa;TrustServerCertificate=True"
  keep cloud/LMS__Files__ConnectionString "DefaultEndpointsProtocol=http;AccountName=seedlot;AccountKey=$key;BlobEndpoint=http://files:10000/seedlot;"
else
  keep database_password "$(password)"
  keep LMS__Database__ConnectionString "Host=database;Database=seedlot;Username=seedlot;Password=$(cat secrets/database_password)"
fi
echo "The first administrator's password is in $PWD/secrets/LMS__Admin__Password."
