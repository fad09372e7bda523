#!/usr/bin/env bash
# A register that publishes only what two witnesses cosigned, and a second history under the same key that both refuse. Usage: witnesses.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
work=${1:-$(mktemp -d)}/witnesses
rm -rf "$work"
mkdir -p "$work"
program=$(find src/Probity/bin -iname probity.dll -path '*net10.0/*' | head -n 1)
probity() { dotnet "$program" "$@"; }
running=()
trap 'kill "${running[@]}" 2>/dev/null || true' EXIT

extract() { # extract NAME...: a source file of so many invented places
  echo "FHRSID,LocalAuthorityBusinessID,BusinessName,BusinessType,PostCode,LocalAuthorityCode,LocalAuthorityName,RatingValue,RatingKey,RatingDate,Hygiene,Structural,ConfidenceInManagement,SchemeType,NewRatingPending"
  local id=0
  for name in "$@"; do
    id=$((id + 1))
    echo "$id,A$id,$name,Restaurant/Cafe/Canteen,ZZ1 1ZZ,900,Nowhere,5,fhrs_5_en-gb,2024-03-01T00:00:00,5,0,5,FHRS,False"
  done
}

witness() { # witness NAME: makes a witness, starts it on a free port, and says its line of a policy
  local key address=""
  key=$(probity witness key "$1.example" --data "$work/$1")
  dotnet "$program" witness --logs "$work/logs.policy" --data "$work/$1" --listen 127.0.0.1:0 >/dev/null 2>"$work/$1.log" &
  running+=($!)
  for _ in $(seq 300); do
    address=$(grep -oE 'http://[0-9.:]+' "$work/$1.log" || true)
    [[ -n $address ]] && break
    sleep 0.1
  done
  line="$1 $key $address"
}

cp -r registers/uk-food-hygiene "$work/register"
probity ledger key new "$work/register" --data "$work/data"
probity ledger policy --data "$work/data" --out "$work/logs.policy"
witness archive
first=$line
witness audit-office
second=$line
probity ledger policy --data "$work/data" --witness "$first" --witness "$second" --require 2 --out "$work/register/tlog-policy"

extract "Invented Spoon" "Imaginary Oven" >"$work/places.csv"
probity run "$work/register" --source "fhrs=$work/places.csv" --data "$work/data"
cp -r "$work/data" "$work/second-history"
probity ledger export "$work/public" --data "$work/data"
cat "$work/public/checkpoint"
[[ $(grep -c '^— ' "$work/public/checkpoint") == 3 ]]

extract "Invented Spoon" "Imaginary Oven" "Fictional Kettle" >"$work/places.csv"
probity run "$work/register" --source "fhrs=$work/places.csv" --data "$work/data"

echo "The same key signs another history:"
extract "Invented Ladle" "Imaginary Stove" "Fictional Pan" "Made-up Grill" >"$work/lies.csv"
if probity run "$work/register" --source "fhrs=$work/lies.csv" --data "$work/second-history" >"$work/refusal" 2>&1; then
  echo "a second history was published" >&2
  exit 1
fi
grep -E "^(Witness|Not published)" "$work/refusal"
[[ $(grep -c "answered 422" "$work/refusal") == 2 ]]
ls "$work"/archive/*.refused "$work"/audit-office/*.refused
probity verify "$work/data"
