#!/usr/bin/env bash
# Pins every requirement with hashes; writes no registry host.
set -euo pipefail
cd "$(dirname "$0")/../requirements"
for name in build runtime test node; do
  ../.venv/bin/uv pip compile --quiet --python-version 3.11 --generate-hashes --allow-unsafe \
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$name.in" -o "$name.txt"
done
