"""A large photo is decoded small, not decoded whole and then made small."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from PIL import Image

# VmHWM and not getrusage(): that one starts with the peak of the process that started this one.
SCRIPT = """
import re, sys
from pathlib import Path
from engine.scan.decode import decode

def peak():
    return int(re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text()).group(1)) // 1024

data = sys.stdin.buffer.read()
decode(data, side=200)
before = peak()
content = decode(data, side=int(sys.argv[1]))
print(max(content.image.shape), content.width, peak() - before)
"""


def measured(data: bytes, side: int) -> tuple[int, int, int]:
    """Longest side of the image, width of the photo, and the megabytes that decoding added to the peak."""
    run = subprocess.run([sys.executable, "-c", SCRIPT, str(side)], input=data, capture_output=True, check=True)
    longest, width, megabytes = map(int, run.stdout.split())
    return longest, width, megabytes


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_12_megapixels_at_half_size_never_exist_whole(encode: Callable[..., bytes]) -> None:
    noise = Image.effect_noise((500, 375), 60).convert("RGB").resize((4000, 3000))
    data = encode(noise, "JPEG", quality=85)
    longest, width, megabytes = measured(data, 1920)
    assert (longest, width) == (2000, 4000)
    assert megabytes < 20  # 9 for the image; the whole photo is 36
    assert measured(data, 0)[2] > 30
