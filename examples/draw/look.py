# SPDX-License-Identifier: Apache-2.0
"""Puts a cut together from its keys and truth, for the eye.

python3 look.py smile OUT.png [--lines] [--variant night] [--every 4]   contact sheet
python3 look.py smile OUT.mp4                                           video (needs ffmpeg)
"""

import argparse
import os
import re
import subprocess
import sys

from PIL import Image

import ink

EXAMPLES = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Cut:
    def __init__(self, name):
        sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
        self.module = __import__("cut_" + name)
        self.root = os.path.join(EXAMPLES, name)
        self.bg = Image.open(os.path.join(self.root, "BG", "bg.png")).convert("RGB")

    def drawing(self, cel, name, kind):
        truth = os.path.join(self.root, "truth", cel, kind, name + ".png")
        own = os.path.join(self.root, cel, *(["paint"] if kind == "paint" else []), name + ".png")
        return own if os.path.exists(own) else truth

    def frame(self, k, lines=False, variant="day"):
        out = Image.new("RGB", self.bg.size, (255, 255, 255)) if lines else self.bg.copy()
        for cel in self.module.CELS:
            name = [n for f, n in ink.exposures(*cel["sheet"]) if f <= k][-1]
            paint = Image.open(self.drawing(cel["name"], name, "paint"))
            solid = paint.convert("RGBA").getchannel("A")
            if lines:
                line = Image.open(self.drawing(cel["name"], name, "line")).convert("RGB")
                out.paste(line, (0, 0), solid)
            else:
                if variant != "day":
                    model = cel["model"]
                    palette = [(255, 255, 255)] + [model.rgb(s["id"], variant) for s in model.styles]
                    paint.putpalette([c for rgb in palette for c in rgb])
                out.paste(paint.convert("RGB"), (0, 0), solid)
        return out


def contact(frames, columns=4, width=480):
    height = width * frames[0].height // frames[0].width
    rows = (len(frames) + columns - 1) // columns
    out = Image.new("RGB", (columns * width, rows * height), (90, 90, 90))
    for k, f in enumerate(frames):
        out.paste(f.resize((width, height), Image.LANCZOS), (k % columns * width, k // columns * height))
    return out


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("cut")
    ap.add_argument("out")
    ap.add_argument("--lines", action="store_true")
    ap.add_argument("--variant", default="day")
    ap.add_argument("--every", type=int, default=0, help="frames between pictures of the contact sheet; 0 = each change")
    ap.add_argument("--frame", type=int, help="one frame at full size")
    a = ap.parse_args()
    cut = Cut(a.cut)
    n = cut.module.FRAMES
    if a.frame is not None:
        cut.frame(a.frame, a.lines, a.variant).save(a.out)
    elif a.out.endswith(".mp4"):
        pipe = subprocess.Popen(["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "1920x1080", "-r", str(cut.module.FPS),
                                 "-i", "-", "-pix_fmt", "yuv420p", a.out], stdin=subprocess.PIPE)
        for k in range(n):
            pipe.stdin.write(cut.frame(k, a.lines, a.variant).tobytes())
        pipe.stdin.close()
        pipe.wait()
    else:
        changes = sorted({f for cel in cut.module.CELS for f, _ in ink.exposures(*cel["sheet"])})
        contact([cut.frame(k, a.lines, a.variant) for k in (range(0, n, a.every) if a.every else changes)]).save(a.out)
