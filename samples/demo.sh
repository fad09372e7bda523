#!/usr/bin/env bash
# The fictional register: made, verified, and its first page asked for. Usage: demo.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
work=${1:-$(mktemp -d)}
probity() { dotnet run --no-build --project src/Probity -- "$@"; }
probity demo --no-serve --data "$work/demo"
probity verify "$work/demo"
