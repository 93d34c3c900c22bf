#!/bin/sh
# Builds what needs no Python to run: `sh scripts/bundle.sh PYTHON`. Called by `make bundle`.
#
#   dist/plainspoken-VERSION-linux-x86_64.tar.xz    one folder; unpack it anywhere
#   dist/plainspoken_VERSION_amd64.deb              the same as a Debian package, with a menu entry
#
# Runs wherever the C library is as new as here, or newer. build/ holds the parts and can be deleted.
set -eu
cd "$(dirname "$0")/.."
umask 022
venv=.venv-bundle
id=io.github.plainspoken.Plainspoken
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
name=plainspoken-$version-linux-$(uname -m)
room=build/$name

[ "$(uname)" = Linux ] || { echo "Bundles are made on Linux only, so far." >&2; exit 1; }
mkdir -p build
desktop-file-validate "installers/linux/$id.desktop"
appstreamcli validate --no-net "installers/linux/$id.metainfo.xml" >build/metainfo.log 2>&1 || { cat build/metainfo.log >&2; exit 1; }

[ -x "$venv/bin/python" ] || "$1" -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/bundle.txt
echo "Bundling"
"$venv/bin/pyinstaller" --noconfirm --log-level ERROR --workpath build/work --distpath build/parts installers/plainspoken.spec
rm -rf "$room" && mv build/parts/plainspoken "$room"
"$venv/bin/python" installers/notices.py "$room"
cp LICENSE README.md "$room"
chmod -R u=rwX,go=rX "$room"
"$room/plainspoken" --version

echo "Packing"
mkdir -p dist
tar -C build --owner=0 --group=0 --sort=name -cf - "$name" | xz -T0 >"dist/$name.tar.xz"

deb=build/deb
rm -rf "$deb"
mkdir -p "$deb/DEBIAN" "$deb/usr/bin" "$deb/usr/lib" "$deb/usr/share/doc/plainspoken"
cp -a "$room" "$deb/usr/lib/plainspoken"
rm "$deb/usr/lib/plainspoken/README.md" "$deb/usr/lib/plainspoken/LICENSE"
mv "$deb/usr/lib/plainspoken/NOTICES.md" "$deb/usr/share/doc/plainspoken/copyright"
mv "$deb/usr/lib/plainspoken/licences" "$deb/usr/share/doc/plainspoken/licences"
ln -s ../lib/plainspoken/plainspoken "$deb/usr/bin/plainspoken"
install -Dm644 "installers/linux/$id.desktop" "$deb/usr/share/applications/$id.desktop"
install -Dm644 "installers/linux/$id.metainfo.xml" "$deb/usr/share/metainfo/$id.metainfo.xml"
install -Dm644 app/look/assets/plainspoken.svg "$deb/usr/share/icons/hicolor/scalable/apps/$id.svg"
# The needs of apt/run.txt, each with its other names; Python comes along.
needs=$(sed -e 's/#.*//' -e '/^ *$/d' -e '/^python3-venv/d' apt/run.txt | paste -sd, - | sed 's/,/, /g')
cat >"$deb/DEBIAN/control" <<CONTROL
Package: plainspoken
Version: $version
Architecture: $(dpkg --print-architecture)
Maintainer: Plainspoken contributors <plainspoken@users.noreply.github.com>
Installed-Size: $(du -sk "$deb/usr" | cut -f1)
Depends: libc6 (>= $(getconf GNU_LIBC_VERSION | cut -d' ' -f2)), $needs
Section: education
Priority: optional
Description: mock interviewer that times every section of an answer
 Asks aloud, listens, times every section of the answer against its target,
 writes down what was heard, and asks the follow-ups. Everything stays on this
 computer.
CONTROL
dpkg-deb --root-owner-group -Zxz --build "$deb" dist >/dev/null
ls -l dist | awk 'NR > 1 { printf "%4d MB  dist/%s\n", $5 / 1000000, $9 }'
