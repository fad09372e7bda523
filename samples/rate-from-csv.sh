#!/usr/bin/env bash
# Ratings straight from a small made-up CSV file, without a ledger. Usage: rate-from-csv.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
work=${1:-$(mktemp -d)}
probity() { dotnet run --no-build --project src/Probity -- "$@"; }
cat >"$work/services.csv" <<'CSV'
facility_id,service_name,provider_name,purpose,size,service_suburb,acpr,state,reporting_period,residents_experience_rating,compliance_rating,staffing_rating,quality_measures_rating,overall_star_rating
Invented House | QLD,Invented House,Nobody Pty Ltd,For-profit,Small,NOWHERE,South,QLD,May 2023,4,5,1,1,3
Imaginary Lodge | VIC,Imaginary Lodge,Nobody Pty Ltd,For-profit,Small,NOWHERE,West,VIC,May 2023,5,2,5,5,2
CSV
probity rate au-aged-care --source "services=$work/services.csv" --out "$work/stars.csv"
cut -d, -f1-4 "$work/stars.csv"
grep -q '^Invented House | QLD,Invented House,3,3,' "$work/stars.csv"
grep -q '^Imaginary Lodge | VIC,Imaginary Lodge,2,2,' "$work/stars.csv"
