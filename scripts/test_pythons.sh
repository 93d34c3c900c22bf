#!/bin/sh
# Tests on several Pythons: `sh scripts/test_pythons.sh "3.12 3.13" TEST...`, one line of result for each. Every version
# has a virtual environment of its own (.venv-3.12) with the locked packages; a version that is not here is said.
set -u
cd "$(dirname "$0")/.."
versions=$1
shift
status=0

version_of() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null
}

find_python() { # VERSION: on the path, or among pyenv's
    for python in "python$1" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$1".*/bin/python; do
        if [ "$(version_of "$python")" = "$1" ]; then
            echo "$python"
            return
        fi
    done
}

for version in $versions; do
    venv=.venv-$version
    [ "$(version_of .venv/bin/python)" != "$version" ] || venv=.venv
    python=$(find_python "$version")
    if [ -z "$python" ] && [ ! -x "$venv/bin/python" ]; then
        echo "Python $version: not on this machine"
        continue
    fi
    log=$(mktemp)
    if "${MAKE:-make}" --no-print-directory VENV="$venv" PYTHON="$python" test ARGS="$*" >"$log" 2>&1; then
        echo "Python $version: $(tail -n 1 "$log")"
    else
        cat "$log"
        echo "Python $version: failed"
        status=1
    fi
    rm -f "$log"
done
exit $status
