#!/usr/bin/env bash
# The checks of CI beside the tests: style, types, floors, translations, migrations, Django's own for production.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/tools.sh
BIN=.venv/bin

echo "== ruff";        $BIN/ruff check . && $BIN/ruff format --check --quiet .
echo "== mypy";        $BIN/mypy
echo "== floors";      $BIN/lint-imports --no-cache | tail -n 12
echo "== templates";   git ls-files -z 'src/*.html' | xargs -0 $BIN/djade --check --target-version 5.2
echo "== registries";  if git grep -nIE 'https?://[^ "]*(pypi|pythonhosted|npmjs|debian)\.(org|com)' -- package-lock.json 'requirements/*' .npmrc; then exit 1; fi
echo "== migrations";  $BIN/caicach django makemigrations --check --dry-run >/dev/null
echo "== translations"
if want_gettext; then $BIN/caicach messages check; else echo "gettext is not here: not checked"; fi
echo "== deployment"
env CAICACH_MODE=production CAICACH_SECRET_KEY="$(head -c 48 /dev/urandom | base64)" \
  CAICACH_AUDIT_KEY="$(head -c 48 /dev/urandom | base64)" CAICACH_HOSTS=caicach.example.gov.vn \
  $BIN/caicach django check --deploy --fail-level WARNING
