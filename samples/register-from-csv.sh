#!/usr/bin/env bash
# A register from a small CSV file: run, run again (nothing is appended), explain, export, verify, rebuild. Usage: register-from-csv.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
work=${1:-$(mktemp -d)}
probity() { dotnet run --no-build --project src/Probity -- "$@"; }
cat >"$work/places.csv" <<'CSV'
FHRSID,LocalAuthorityBusinessID,BusinessName,BusinessType,PostCode,LocalAuthorityCode,LocalAuthorityName,RatingValue,RatingKey,RatingDate,Hygiene,Structural,ConfidenceInManagement,SchemeType,NewRatingPending
1,A1,The Invented Spoon,Restaurant/Cafe/Canteen,ZZ1 1ZZ,900,Nowhere,5,fhrs_5_en-gb,2024-03-01T00:00:00,5,0,5,FHRS,False
2,A2,Imaginary Oven,Takeaway/sandwich shop,ZZ1 2ZZ,900,Nowhere,2,fhrs_2_en-gb,2024-04-01T00:00:00,15,10,10,FHRS,False
3,A3,Fictional Kettle,Retailers - other,ZZ2 1ZZ,900,Nowhere,AwaitingInspection,fhrs_awaitinginspection_en-gb,1901-01-01T00:00:00,,,,FHRS,False
CSV
rm -rf "$work/data"
probity run registers/uk-food-hygiene --source "fhrs=$work/places.csv" --data "$work/data"
probity run registers/uk-food-hygiene --source "fhrs=$work/places.csv" --data "$work/data" --json | grep -q '"appended": 0'
probity explain fhrs:2 --data "$work/data"
probity export ratings --data "$work/data" --out "$work/ratings.csv"
cut -d, -f2-6 "$work/ratings.csv" | sort | head
probity verify "$work/data"
probity rebuild --data "$work/data"
probity export ratings --data "$work/data" | cmp - "$work/ratings.csv"
