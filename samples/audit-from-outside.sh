#!/usr/bin/env bash
# A register audited from outside: exported and served, followed from the folder and over HTTP, one rating proven; then tampered with, and caught. Usage: audit-from-outside.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
work=${1:-$(mktemp -d)}/audit
rm -rf "$work" && mkdir -p "$work"
probity() { dotnet run --no-build --project src/Probity -- "$@"; }
verify() { dotnet run --no-build --project src/Probity.Verifier -- "$@"; }
probity demo --no-serve --data "$work/data"
probity ledger export "$work/public" --data "$work/data"
cp "$work/data/keys/log.vkey" "$work/register.vkey" # in earnest: from somewhere else than from whoever serves the register

echo "== from the folder, then again: the second time there is nothing new"
verify follow "$work/public" --key "$work/register.vkey" --state "$work/memory"
verify follow "$work/public" --key "$work/register.vkey" --state "$work/memory" --json | grep -q '"nothing was added since it was verified before"'

echo "== over HTTP"
probity serve --data "$work/data" --port 0 >"$work/serve.log" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT
address=
for _ in $(seq 300); do
  address=$(grep -oE 'http://[^ ]+' "$work/serve.log" || true)
  [[ -n $address ]] && break
  sleep 0.2
done
verify follow "$address" --key "$work/register.vkey" --state "$work/memory-http"

echo "== one rating, without a network"
probity ledger prove-rating inspections:K-000002 --data "$work/data" --out "$work/rating-proof.json"
verify rating "$work/rating-proof.json" --key "$work/register.vkey"

echo "== a register out of reach is no finding against it"
status=0
verify follow http://127.0.0.1:1/ --patience 2 --key "$work/register.vkey" --state "$work/memory-0" || status=$?
[[ $status == 3 ]]

must_find() { # must_find CODE COMMAND...: the command must end with 1 and name the finding
  local code=$1 status=0; shift
  "$@" >"$work/finding.txt" || status=$?
  cat "$work/finding.txt"
  [[ $status == 1 ]] && grep -q "$code" "$work/finding.txt"
}
echo "== tampered with: an entry that got longer, an entry that kept its length, a rating, a checkpoint"
cp -r "$work/public" "$work/longer"
sed -i 's/Bashful Artichoke/Bashless Artichoke/' "$work/longer/tile/entries/000"
must_find bundle.form verify follow "$work/longer" --key "$work/register.vkey" --state "$work/memory-2"
cp -r "$work/public" "$work/tampered"
sed -i 's/Bashful Artichoke/Boastly Artichoke/' "$work/tampered/tile/entries/000"
must_find tile.content verify follow "$work/tampered" --key "$work/register.vkey" --state "$work/memory-3"
sed 's/\\"code\\":\\"[^"]*\\"/\\"code\\":\\"0\\"/; s/\\u0022code\\u0022:\\u0022[^\\]*/\\u0022code\\u0022:\\u00220/' "$work/rating-proof.json" >"$work/forged-proof.json"
must_find proof.path verify rating "$work/forged-proof.json" --key "$work/register.vkey"
sed -i '2s/.*/31000/' "$work/tampered/checkpoint"
must_find checkpoint.forged verify follow "$work/tampered" --key "$work/register.vkey" --state "$work/memory"
