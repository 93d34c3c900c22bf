#!/bin/sh
# Installs this tree as somebody would who only wants to use it, and tries it: `sh scripts/try_install.sh PYTHON`.
# Called by `make try-install`; `sudo scripts/bare_debian.sh try-install` does it where nothing is installed.
#
#   WAYS="pip pipx uv"    the ways to install it, one after the other
#
# All of it happens in a folder that goes at the end, the home included. pipx and uv are fetched into it.
set -eu
cd "$(dirname "$0")/.."
tree=$PWD
python=$(command -v "$1")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export HOME="$room/home" PIPX_HOME="$room/pipx" PIPX_BIN_DIR="$room/pipx-bin" PIPX_DEFAULT_PYTHON="$python" \
    UV_TOOL_DIR="$room/uv" UV_TOOL_BIN_DIR="$room/uv-bin" UV_CACHE_DIR="$room/uv-cache" PIP_DISABLE_PIP_VERSION_CHECK=1
mkdir -m 700 "$HOME"
unset DISPLAY WAYLAND_DISPLAY PYTHONPATH XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME XDG_RUNTIME_DIR
"$python" -m venv "$room/tools"

install_by() { # WAY: leaves the command's path in $command
    case $1 in
        pip)
            "$python" -m venv "$room/own"
            "$room/own/bin/pip" install --quiet "$tree"
            command=$room/own/bin/plainspoken
            ;;
        pipx)
            "$room/tools/bin/pip" install --quiet pipx
            "$room/tools/bin/pipx" install --quiet "$tree"
            command=$PIPX_BIN_DIR/plainspoken
            ;;
        uv)
            "$room/tools/bin/pip" install --quiet uv
            "$room/tools/bin/uv" tool install --quiet --python "$python" "$tree"
            command=$UV_TOOL_BIN_DIR/plainspoken
            ;;
    esac
}

cd /
for way in ${WAYS:-pip pipx uv}; do
    echo "== $way"
    install_by "$way"
    "$command" --version
    "$command" doctor
    "$command" rehearse earn-trust >"$room/told"
    sed -n '/^Situation  /,/^All five/p' "$room/told"
    grep -q 'invoice generator' "$room/told" # words, by the sample model that came along
    rm -rf "$room/own" "$room/pipx" "$room/uv"
done
