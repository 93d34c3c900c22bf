#!/usr/bin/env bash
# Proves that a clean clone runs where nothing is installed: a fresh Debian with git, make and python3 only.
#
#   sudo scripts/bare_debian.sh                 make run (no display), then make test
#   sudo scripts/bare_debian.sh setup           any other targets of the Makefile
#   SUITE=trixie                                Debian 13 (Python 3.13) instead of 12 (bookworm, Python 3.11)
#   BASE=/path/to/debian.tar                    where the fresh Debian is kept between runs
#   COPY="/etc/some.conf /etc/more"             what else this machine needs to reach its package registries
#   TREE=1                                      the working tree as it is, not the last commit
#
# Needs root, debootstrap, and a network that reaches Debian's and Python's packages. Uses nothing of the host's
# packages or Python; of its settings, only how registries are reached.
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD
suite=${SUITE:-bookworm}
base=${BASE:-/var/tmp/plainspoken-$suite.tar}
targets=${*:-run test}

[ "$(id -u)" = 0 ] || { echo "A chroot needs root: sudo $0" >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "debootstrap is missing: apt-get install debootstrap" >&2; exit 1; }

room=$(mktemp -d "${TMPDIR:-/var/tmp}/bare-debian.XXXXXX")
mounted=()

clean_up() {
    # Whatever still runs in there keeps its mounts busy; it is ours, found by its root.
    for process in /proc/[0-9]*; do
        [ "$(readlink "$process/root" 2>/dev/null)" != "$room" ] || kill -9 "${process#/proc/}" 2>/dev/null || true
    done
    for ((i = ${#mounted[@]} - 1; i >= 0; i--)); do
        umount "${mounted[i]}" || umount -l "${mounted[i]}"
    done
    # Never across a mount point that would not go.
    rm -rf --one-file-system "$room"
}
trap clean_up EXIT

attach() {
    mount "$@"
    mounted+=("${*: -1}")
}

timed() { # NAME COMMAND...
    local name=$1 from=$SECONDS status=0
    shift
    "$@" || status=$?
    echo "== $name: $([ $status = 0 ] && echo ok || echo "failed with $status") after $((SECONDS - from)) s"
    return $status
}

inside() {
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb CI="${CI:-}" \
        "${settings[@]}" chroot "$room" "$@"
}

make_base() {
    local mirror
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -1)
    debootstrap --variant=minbase --include=git,make,python3,ca-certificates "$suite" "$room" "$mirror" >"$room.log" ||
        { tail -20 "$room.log" >&2; return 1; }
    rm -f "$room.log"
    tar -C "$room" -cf "$base.part" . && mv "$base.part" "$base"
}

if [ -f "$base" ]; then
    timed "unpack the fresh $suite" tar -C "$room" -xf "$base"
else
    timed "make a fresh $suite" make_base
fi

# How this machine reaches package registries: name look-up, certificates, proxies, pip's and apt's settings.
for path in /etc/resolv.conf /etc/hosts /etc/ssl/certs/ca-certificates.crt /etc/pip.conf ${COPY:-}; do
    [ ! -e "$path" ] || cp -a --parents -L --remove-destination "$path" "$room"
done
apt-config dump | grep -iE '^Acquire::(Check-|Retries|https?::)' >"$room/etc/apt/apt.conf.d/90host" || true
mapfile -t settings < <(env | grep -E '^(PIP_(CERT|INDEX_URL|DEFAULT_TIMEOUT|TRUSTED_HOST)|SSL_CERT_(FILE|DIR)|[a-zA-Z]+_(proxy|PROXY))=' || true)

attach -t proc proc "$room/proc"
attach -t sysfs -o ro sysfs "$room/sys"
attach -t tmpfs -o mode=755 dev "$room/dev"
for device in null zero full random urandom tty; do
    touch "$room/dev/$device"
    attach --bind "/dev/$device" "$room/dev/$device"
done
mkdir "$room/dev/shm" "$room/dev/pts"
ln -s /proc/self/fd "$room/dev/fd"
attach -t tmpfs -o mode=1777 shm "$room/dev/shm"
attach -t devpts -o newinstance,ptmxmode=0666 pts "$room/dev/pts"
ln -s pts/ptmx "$room/dev/ptmx"

clone=/root/plainspoken
if [ -n "${TREE:-}" ]; then
    git init -q "$room$clone"
    git ls-files -z --cached --others --exclude-standard | tar --null --ignore-failed-read -cf - -T - | tar -C "$room$clone" -xf -
else
    git clone -q "file://$repository" "$room$clone"
fi
chown -R root:root "$room$clone"
[ ! -d ../shared ] || cp -a ../shared "$room/root/shared"

echo "Python: $(inside python3 --version). Packages: $(inside dpkg-query -W | wc -l)."
for target in $targets; do
    timed "make $target" inside make -C "$clone" --no-print-directory "$target"
done
