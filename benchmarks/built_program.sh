#!/usr/bin/env bash
# Runs the program that `resources/packaging/build.py` built where there is no Python: in a bare Debian into which only
# libraries were installed that every desktop has (`--libraries`), on a screen of its own (Xvfb).
#
#     sudo benchmarks/built_program.sh --program dist/kinfolk --photos FOLDER --models FOLDER [--cache FOLDER] [--shots FOLDER]
#
# It says its version and what it lacks (doctor), puts itself among the applications, scans the photos, lists the people,
# and opens its window, of which a picture is kept in --shots. Needs root, debootstrap, unshare, Xvfb, xdotool and import
# (Debian: apt-get install debootstrap xvfb xdotool imagemagick). --cache keeps the bare system for the next time;
# DEBIAN_MIRROR names another mirror. Ends with 1 where a step fails.
set -euo pipefail

program="" photos="" models="" cache="" shots="" suite=bookworm
libraries=libgl1,libegl1,libglib2.0-0,libx11-6,libxcb1,libfontconfig1,libdbus-1-3,libgssapi-krb5-2,fonts-dejavu-core
while [ $# -gt 0 ]; do
    case "$1" in
        --program) program=$(realpath "$2"); shift 2 ;;
        --photos) photos=$(realpath "$2"); shift 2 ;;
        --models) models=$(realpath "$2"); shift 2 ;;
        --cache) cache=$(realpath -m "$2"); shift 2 ;;
        --shots) shots=$(realpath -m "$2"); shift 2 ;;
        --libraries) libraries=$2; shift 2 ;;
        --suite) suite=$2; shift 2 ;;
        *) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 2 ;;
    esac
done
[ -n "$program" ] && [ -n "$photos" ] && [ -n "$models" ] || { sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 2; }
[ "$(id -u)" -eq 0 ] || { echo "Making a system needs root: sudo $0" >&2; exit 2; }

# What is mounted is seen by the inner process alone and goes with it, however it ends; only then the folder is removed.
if [ -z "${BUILT_PROGRAM_FOLDER:-}" ]; then
    folder=$(mktemp -d "${TMPDIR:-/tmp}/built_program.XXXXXX")
    trap 'rm -rf "$folder"' EXIT
    BUILT_PROGRAM_FOLDER=$folder unshare --mount --pid --fork --kill-child "$0" --program "$program" --photos "$photos" \
        --models "$models" --libraries "$libraries" --suite "$suite" ${cache:+--cache "$cache"} ${shots:+--shots "$shots"}
    exit
fi
work=$BUILT_PROGRAM_FOLDER root=$BUILT_PROGRAM_FOLDER/root
mirror=$(apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' 2>/dev/null | sed -n 's/^Debian \(http[^ ]*\)/\1/p' |
    grep -v security | head -1 || true)
mirror=${DEBIAN_MIRROR:-$mirror}

base=${cache:+$cache/debian-$suite-$(echo "$libraries" | md5sum | cut -c1-8)}
base=${base:-$work/base}
if [ ! -e "$base/etc/debian_version" ]; then
    echo "=== making a bare Debian $suite with $libraries"
    mkdir -p "$(dirname "$base")"
    PATH=$PATH:/usr/sbin debootstrap --variant=minbase --include="$libraries" "$suite" "$base.new" ${mirror:+"$mirror"} \
        >"$work/debootstrap.log" 2>&1 || { tail -20 "$work/debootstrap.log" >&2; exit 1; }
    rm -rf "$base.new"/var/cache/apt/archives/*.deb "$base.new"/dev/*
    mv "$base.new" "$base"
fi
cp -a --reflink=auto "$base" "$root"
! chroot "$root" sh -c 'command -v python3 || command -v python' || { echo "There is a Python in it." >&2; exit 1; }

mount -t proc proc "$root/proc"
mount -t tmpfs -o size=64k,mode=755 none "$root/dev"
for device in null zero full random urandom tty; do touch "$root/dev/$device"; mount --bind "/dev/$device" "$root/dev/$device"; done
ln -s /proc/self/fd "$root/dev/fd"
mkdir "$root/dev/shm" && mount -t tmpfs none "$root/dev/shm"
mkdir -p "$root/opt/kinfolk" "$root/root/Pictures" "$root/root/models" "$root/tmp/.X11-unix"
mount --bind "$program" "$root/opt/kinfolk" && mount -o remount,bind,ro "$root/opt/kinfolk"
mount --bind "$photos" "$root/root/Pictures" && mount -o remount,bind,ro "$root/root/Pictures"
cp "$models"/*.onnx "$root/root/models/"

Xvfb -displayfd 7 -screen 0 1366x768x24 -nolisten tcp 7>"$work/screen" >"$work/xvfb.log" 2>&1 &
xvfb=$!
trap 'kill $xvfb && wait $xvfb' EXIT # so that it takes its socket away
for _ in $(seq 100); do [ -s "$work/screen" ] && break; sleep 0.1; done
screen=:$(cat "$work/screen")
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"

failed=0
step() { # WORDS...: run the program there
    echo "=== kinfolk $*"
    local code=0
    chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/bin:/bin LANG=C.UTF-8 TERM=dumb DISPLAY=$screen \
        KINFOLK_MODELS_DIR=/root/models /opt/kinfolk/kinfolk "$@" 2>&1 </dev/null || code=$?
    echo "=== ended with exit code $code"
    [ "$code" -eq 0 ] || failed=1
}
step --version
step doctor
step desktop
step scan /root/Pictures
step people
step photos --problems
echo "=== the window"
step & # it stays open until its picture was taken
if window=$(DISPLAY=$screen timeout 120 xdotool search --sync --onlyvisible --name Kinfolk | head -1) && [ -n "$window" ]; then
    for _ in $(seq 20); do sleep 0.5; done # people's pictures appear
    DISPLAY=$screen xdotool getwindowname "$window"
    [ -z "$shots" ] || { mkdir -p "$shots" && DISPLAY=$screen import -window root "$shots/built_program.png"; }
    kill "$(DISPLAY=$screen xdotool getwindowpid "$window")"
    wait %2 # it says with what code it ended
else
    echo "no window came"; failed=1
fi
exit $failed
