#!/usr/bin/env bash
# Runs the README's two commands, exactly as they stand, on machines that have nothing: for each a bare Debian with
# python3-venv, ca-certificates and git, in which the repository's HEAD is cloned and two photos lie in ~/Pictures.
#
#     sudo benchmarks/fresh_machine.sh [--suite bookworm] [--cache FOLDER] [scan|tests]...
#
# Needs root, debootstrap and unshare (Debian: apt-get install debootstrap util-linux), 4 GB in $TMPDIR, and the network.
# --cache keeps the bare system in a folder for the next time. How this machine reaches Debian's mirror and the Python
# package index (settings of apt and pip, proxies, certificates) is passed on; DEBIAN_MIRROR names another mirror. The
# machines have no /sys. All mounts end with the process. Prints the end of what each command says, and its exit code,
# and ends with 1 if one of them is not 0.
set -euo pipefail

suite=bookworm cache="" commands=()
while [ $# -gt 0 ]; do
    case "$1" in
        --suite) suite=$2; shift 2 ;;
        --cache) cache=$2; shift 2 ;;
        scan | tests) commands+=("$1"); shift ;;
        *) sed -n '2,12s/^# \{0,1\}//p' "$0"; exit 2 ;;
    esac
done
[ "${#commands[@]}" -gt 0 ] || commands=(scan tests)
for program in debootstrap unshare git python3; do
    command -v "$program" >/dev/null || PATH=$PATH:/usr/sbin command -v "$program" >/dev/null ||
        { echo "$program is missing: apt-get install debootstrap util-linux git python3" >&2; exit 2; }
done
[ "$(id -u)" -eq 0 ] || { echo "Making a system needs root: sudo $0 $*" >&2; exit 2; }

# What is mounted is seen by the inner process alone and goes with it, however it ends; only then the folder is removed.
if [ -z "${FRESH_MACHINE_FOLDER:-}" ]; then
    folder=$(mktemp -d "${TMPDIR:-/tmp}/fresh_machine.XXXXXX")
    trap 'rm -rf "$folder"' EXIT
    FRESH_MACHINE_FOLDER=$folder unshare --mount --pid --fork --kill-child "$0" --suite "$suite" \
        ${cache:+--cache "$cache"} "${commands[@]}"
    exit
fi
work=$FRESH_MACHINE_FOLDER
repository=$(cd "$(dirname "$0")/.." && pwd)

# --- how this machine reaches its mirror -----------------------------------------------------------------------------
mirror=$(apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' 2>/dev/null | sed -n 's/^Debian \(http[^ ]*\)/\1/p' |
    grep -v security | head -1 || true)
mirror=${DEBIAN_MIRROR:-$mirror} # where this machine has none: debootstrap's own

bare() { # FOLDER: make the bare system there
    PATH=$PATH:/usr/sbin debootstrap --variant=minbase --include=python3-venv,ca-certificates,git "$suite" "$1" \
        ${mirror:+"$mirror"} >"$work/debootstrap.log" 2>&1 || { tail -20 "$work/debootstrap.log" >&2; exit 1; }
    rm -rf "$1"/var/cache/apt/archives/*.deb "$1"/dev/*
}

pass_on() { # ROOT: settings of apt and pip, certificates
    cp --dereference /etc/resolv.conf /etc/hosts "$1/etc/" 2>/dev/null || true
    apt-config dump 2>/dev/null | grep -E '^Acquire::(http|https|ftp)::' >"$1/etc/apt/apt.conf.d/90passed-on" || true
    cp /usr/local/share/ca-certificates/*.crt "$1/usr/local/share/ca-certificates/" 2>/dev/null || true
    env -u TMPDIR chroot "$1" update-ca-certificates >/dev/null 2>&1 # that folder is not in there
    # pip's settings, whatever files they come from; folders and files of this machine that they name are lent.
    (cd / && python3 -m pip config list 2>/dev/null || true) | python3 -c '
import ast, configparser, pathlib, re, sys
root, parser = pathlib.Path(sys.argv[1]), configparser.RawConfigParser()
for line in sys.stdin:
    name, _, value = line.strip().partition("=")
    section, _, key = name.partition(".")
    if key:
        parser.has_section(section) or parser.add_section(section)
        parser.set(section, key, ast.literal_eval(value).replace("\n", " "))
settings = [item for section in parser.sections() for item in parser.items(section)]
parser.remove_section(":env:")  # these go along as variables
with (root / "etc/pip.conf").open("w") as file:
    parser.write(file)
for key, value in settings:
    for path in map(pathlib.Path, re.findall(r"(?:file://|(?<!\S))(/[^\s]+)", value)):
        # The pages of an index link to files beside it.
        path = path.parent if key.endswith("index-url") else path
        if path.exists():
            print(path)
' "$1" | { grep -v '^/etc/ssl' || true; } | sort -u | while read -r path; do
        [ -d "$path" ] && mkdir -p "$1$path" || { mkdir -p "$(dirname "$1$path")" && touch "$1$path"; }
        mount --bind "$path" "$1$path" && mount -o remount,bind,ro "$1$path"
    done
}

passed_variables() { # the variables that say how to reach the network, as words for env
    env | grep -E '^(PIP_|UV_|(http|https|no|ftp|all)_proxy=|(HTTP|HTTPS|NO|FTP|ALL)_PROXY=|[A-Z_]*(CERT|CA_BUNDLE|CAINFO)[A-Z_]*=)' ||
        true
}

# --- one machine and one command -------------------------------------------------------------------------------------
run() { # NAME: run the README's command on a machine of its own
    local root=$work/$1 line code=0 started=$SECONDS
    cp -a --reflink=auto "$base" "$root"
    mount -t proc proc "$root/proc"
    mount -t tmpfs -o size=64k,mode=755 none "$root/dev"
    for device in null zero full random urandom tty; do touch "$root/dev/$device"; mount --bind "/dev/$device" "$root/dev/$device"; done
    ln -s /proc/self/fd "$root/dev/fd"
    mkdir "$root/dev/shm" "$root/dev/pts" && mount -t tmpfs none "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=0666 none "$root/dev/pts" && ln -s pts/ptmx "$root/dev/ptmx"
    pass_on "$root"
    git clone --quiet --no-hardlinks "$repository" "$root/root/kinfolk"
    mkdir -p "$root/root/Pictures"
    cp "$root"/root/kinfolk/tests/portraits/*.jpg "$root/root/Pictures/"
    line=$(grep -A2 "<!-- command: $1 -->" "$root/root/kinfolk/README.md" | sed -n 3p)
    echo "=== $1, on a bare Debian $suite: $line"
    mapfile -t variables < <(passed_variables)
    chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        LANG=C.UTF-8 TERM=dumb "${variables[@]}" bash -c "cd ~/kinfolk && $line" >"$work/$1.log" 2>&1 </dev/null || code=$?
    head -5 "$work/$1.log"
    echo "..."
    tail -40 "$work/$1.log"
    echo "=== $1 ended with exit code $code after $((SECONDS - started)) s"
    [ "$code" -eq 0 ] || failed=1
}

base=${cache:+$cache/debian-$suite}
if [ -z "$base" ] || [ ! -e "$base/etc/debian_version" ]; then
    base=${base:-$work/base}
    mkdir -p "$(dirname "$base")"
    echo "=== making a bare Debian $suite"
    bare "$base.new" && mv "$base.new" "$base"
fi
failed=0
for command in "${commands[@]}"; do run "$command"; done
exit "$failed"
