#!/usr/bin/env bash
# The whole suite: on SQLite, and again on PostgreSQL where one answers. Installs Chromium where the system lets it.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/tools.sh
want_chromium
export DJANGO_ALLOW_ASYNC_UNSAFE=true
workers="${CAICACH_TEST_WORKERS:-auto}"

echo "== SQLite"
.venv/bin/python -m pytest -n "$workers" -m "not faults" "$@"

if url=$(postgres_url); then
  echo "== PostgreSQL"
  DATABASE_URL="$url" .venv/bin/python -m pytest -n "$workers" -m "not faults" "$@"
else
  echo "== PostgreSQL does not answer on 127.0.0.1:5432: run on SQLite only"
fi
