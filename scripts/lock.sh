#!/usr/bin/env bash
# Writes requirements.lock (to run touchline) and requirements-dev.lock (to work on it):
# exact versions with hashes, for every platform and Python from 3.11 on, readable by pip and uv.
# Versions already pinned stay unless --upgrade or --upgrade-package NAME is given.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=${1:?usage: scripts/lock.sh VENV/bin [FLAGS]}
shift

uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    "$bin/python" -m venv "$scratch"
    "$scratch/bin/python" -m pip install --quiet uv
    uv="$scratch/bin/uv"
fi

# The index is named so that no mirror of the machine gets into the lock.
compile() {
    "$uv" pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
        --default-index https://pypi.org/simple --no-emit-index-url \
        --custom-compile-command "make lock" "$@"
}

compile pyproject.toml -o requirements.lock "$@"
compile pyproject.toml --extra dev --extra bench -c requirements.lock -o requirements-dev.lock "$@"
