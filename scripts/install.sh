#!/usr/bin/env bash
# Makes the virtual environment $1 from requirements-dev.lock, with uv where it exists and
# with venv and pip where it does not, then puts touchline into it as an editable package.
set -euo pipefail
cd "$(dirname "$0")/.."
venv=${1:?usage: scripts/install.sh VENV}
newest=("python3.13" "python3.12" "python3.11" "python3")
unset VIRTUAL_ENV PYTHONHOME PYTHONPATH

fail() {
    echo "install: $*" >&2
    exit 1
}

# The python3 of the PATH comes first when it is new enough, then any newer one by name.
find_python() {
    local candidate
    for candidate in python3 "${newest[@]}"; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    fail "needs Python 3.11 or newer; found $(python3 --version 2>&1 || echo none)"
}

# Debian splits venv off python3; as root we fetch it, else we say what is missing.
make_venv() {
    local python=$1
    "$python" -m venv --clear "$venv" >/dev/null 2>&1 && return
    local package
    package="$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq >&2
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >&2
        "$python" -m venv --clear "$venv" && return
    fi
    fail "$python cannot make a virtual environment; install $package or uv"
}

with_uv() {
    uv venv --quiet --clear --python '>=3.11' "$venv" &&
        uv pip install --quiet --python "$venv" --require-hashes -r requirements-dev.lock &&
        uv pip install --quiet --python "$venv" --no-deps --no-build-isolation -e .
}

with_pip() {
    local python pip
    python="$(find_python)"
    make_venv "$python"
    pip="$venv/bin/python -m pip --disable-pip-version-check -qq"
    $pip install --require-hashes -r requirements-dev.lock
    $pip install --no-deps --no-build-isolation -e .
}

# A uv that is too old, or that does not trust the certificate of a proxy, is no reason to stop.
if ! uv --version >/dev/null 2>&1; then
    with_pip
elif ! with_uv; then
    echo "install: uv failed, going on with pip" >&2
    with_pip
fi
