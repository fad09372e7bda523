#!/usr/bin/env bash
# The main job at a million establishments, and what a user would do instead, in one run. Usage: main-job.sh [COUNT] [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
count=${1:-1000000}
work=${2:-$(mktemp -d)}
mkdir -p "$work"
dotnet build -c Release src/Probity -v q --nologo >/dev/null
dotnet build -c Release bench/Probity.Bench -v q --nologo >/dev/null
probity=src/Probity/bin/Release/net10.0/probity
bench=bench/Probity.Bench/bin/Release/net10.0/Probity.Bench
[ -f "$work/generated.csv" ] || "$bench" generate "$work/generated.csv" "$count"
rm -rf "$work/data" "$work/alone.db"

echo "== SQLite alone: load, rate in one query"
"$bench" sqlite-alone "$work/generated.csv" "$work/alone.db"
sync
echo "== probity run"
NO_COLOR=1 /usr/bin/env time -f "%e s, %U s + %S s of processor, %M KiB at most" "$probity" run bench/register --source "fhrs=$work/generated.csv" --data "$work/data" 2>"$work/run.log" | sed -n 's/^ *\(.*[^ ]\) *$/\1/p'
tail -n 1 "$work/run.log"
echo "== search, and whole entries"
"$bench" search "$work/data" 300
if command -v wrk >/dev/null; then
  echo "== an organisation's page over HTTP"
  "$probity" serve --data "$work/data" --port 5099 >"$work/serve.log" 2>&1 & server=$!
  trap 'kill $server' EXIT
  until curl -sf localhost:5099/health >/dev/null; do read -rt 0.2 <> <(:) || :; done
  page=$(curl -s 'localhost:5099/search?q=Golden+Kitchen' | grep -oE '/organisation/o[0-9a-z]{16}' | head -n 1)
  wrk -t1 -c4 -d5s "http://localhost:5099$page" >/dev/null
  wrk -t1 -c4 -d10s --latency "http://localhost:5099$page" | grep -E '50%|99%|Requests/sec'
fi
