"""Edits, and a machine that loses its power: what was written but not synced is gone.

    python benchmarks/faults/power.py edits [--count 50] [--seed 1] [--work FOLDER]

A library in C that is loaded before all others keeps beside each file a copy of what it held when it was last synced.
The editing process is killed at a random moment; the copies are the disk that is left. Needs a C compiler, and Linux.
"""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

from common import ROOT, Tally, base_library, copied, environment, killed_after, run_kind, said, spawn, wrong_with

SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

static int shadow_of(const char *path, char *shadow, size_t size) {
    const char *folder = getenv("POWER_SHADOW"), *name = strrchr(path, '/');
    if (!folder || !name || strncmp(name, "/library.sqlite", 15) != 0) return 0;
    snprintf(shadow, size, "%s%s", folder, name);
    return 1;
}

static void keep(int fd) {
    char link[64], path[4096], shadow[4096], part[4200];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return;
    path[length] = 0;
    if (!shadow_of(path, shadow, sizeof shadow)) return;
    snprintf(part, sizeof part, "%s.part", shadow);
    int from = open(path, O_RDONLY), to = open(part, O_CREAT | O_TRUNC | O_WRONLY, 0600);
    struct stat status;
    if (from >= 0 && to >= 0 && fstat(from, &status) == 0) {
        off_t at = 0;
        while (at < status.st_size && sendfile(to, from, &at, status.st_size - at) > 0) {}
    }
    close(from);
    close(to);
    rename(part, shadow);
}

#define WRAP(name) int name(int fd) { \
    static int (*real)(int); \
    if (!real) real = dlsym(RTLD_NEXT, #name); \
    int result = real(fd); \
    if (result == 0) keep(fd); \
    return result; }
WRAP(fsync)
WRAP(fdatasync)

int unlink(const char *path) {
    static int (*real)(const char *);
    char shadow[4096];
    if (!real) real = dlsym(RTLD_NEXT, "unlink");
    if (shadow_of(path, shadow, sizeof shadow)) real(shadow);
    return real(path);
}
"""


def edits(tally: Tally, count: int, generator: random.Random, work: Path) -> None:
    """Compare what the disk holds with what the edits said that were done; none of those may be lost."""
    source, shim = work / "shim.c", work / "shim.so"
    source.write_text(SHIM)
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, source, "-ldl"], check=True)
    worker = str(ROOT / "benchmarks" / "faults" / "edit_worker.py")
    base = base_library(work, 600)
    for _ in range(count):
        data, disk = copied(base, work / "live"), copied(base, work / "disk")
        seed = generator.randrange(10**9)
        more = {"LD_PRELOAD": str(shim), "POWER_SHADOW": str(disk)}
        process = subprocess.Popen(
            [sys.executable, worker, str(data / "library.sqlite"), str(seed), "100000"],
            env=environment() | more, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT,
        )  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()
        killed = killed_after(process, generator.uniform(0.1, 1.5))
        lines = process.stdout.read().split()
        begun, done = lines.count("begin"), lines.count("done")
        wrong, found, wanted = wrong_with(disk / "library.sqlite"), said(disk / "library.sqlite"), set()
        for number in {begun, done}:
            again = copied(base, work / "again")
            spawn([worker, str(again / "library.sqlite"), str(seed), str(number)]).communicate()
            wanted.add(said(again / "library.sqlite"))
        tally.figures["edits"] = tally.figures.get("edits", 0) + done
        tally.take(wrong or ([] if found in wanted else [f"some of {done} edits are lost"]), killed=killed)
    shutil.rmtree(work / "live", ignore_errors=True)


if __name__ == "__main__":
    if not os.path.exists("/proc/self/fd"):  # noqa: PTH110 a folder of the system's
        sys.exit("This harness needs Linux.")
    run_kind({"edits": edits}, __doc__)
