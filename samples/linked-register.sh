#!/usr/bin/env bash
# A register of five sources: run, judge a doubtful pair, merge, take the judgement back, split; the old identifier redirects. Usage: linked-register.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
work=${1:-$(mktemp -d)}
data=$work/linked
probity() { dotnet run --no-build --project src/Probity -- "$@"; }
register=registers/sample-traders
sources=()
for name in companies inspections court recalls partner; do sources+=(--source "$name=$register/extracts/$name.csv"); done
rm -rf "$data"
probity run "$register" "${sources[@]}" --data "$data" --as-of 2026-09-01
probity run "$register" "${sources[@]}" --data "$data" --as-of 2026-09-01 --json | grep -q '"appended": 0'
probity link review --data "$data"
clerk=(--by "A. Clerk, registrar" --data "$data")
probity link judge companies:K1011 court:C80 --same --reason "The court's file holds the company's number." "${clerk[@]}"
probity run "$register" --data "$data" --as-of 2026-09-01 --json | grep -q '"merged": 1'
old=$(probity export redirects --data "$data" | tail -n 1 | cut -d, -f1)
probity explain "$old" --data "$data"
probity link judge companies:K1011 court:C80 --revoke --reason "The number was misread." "${clerk[@]}"
probity run "$register" --data "$data" --as-of 2026-09-01 --json | grep -q '"split": 1'
probity link judgements --data "$data"
probity export redirects --data "$data" | grep -q "^$old,"
probity verify "$data"
probity rebuild --data "$data"
