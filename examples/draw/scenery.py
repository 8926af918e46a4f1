# SPDX-License-Identifier: Apache-2.0
"""Backgrounds in flat gouache: layered washes with soft, uneven edges."""

import math

import cairo
import numpy as np
from PIL import Image

from ink import HEIGHT, WIDTH, spline


class Board:
    def __init__(self, seed):
        self.surface = cairo.ImageSurface(cairo.FORMAT_RGB24, WIDTH, HEIGHT)
        self.c = cairo.Context(self.surface)
        self.rng = np.random.Generator(np.random.PCG64(seed))

    def ink(self, hexa, alpha=1.0):
        r, g, b = (int(hexa[k:k + 2], 16) / 255 for k in (1, 3, 5))
        self.c.set_source_rgba(r, g, b, alpha)

    def path(self, pts):
        self.c.move_to(*pts[0])
        for p in pts[1:]:
            self.c.line_to(*p)
        self.c.close_path()

    def wash(self, hexa, pts, alpha=1.0):
        self.ink(hexa, alpha)
        self.path(pts)
        self.c.fill()

    def ridge(self, hexa, y, amp, wave, alpha=1.0, tilt=0.0):
        """Everything below an uneven line at height y."""
        xs = np.arange(-60, WIDTH + 60 + wave, wave)
        ys = y + tilt * (xs - WIDTH / 2) + self.rng.uniform(-amp, amp, len(xs))
        top = spline(np.stack([xs, ys], 1), step=6)
        self.wash(hexa, np.vstack([top, [(xs[-1], HEIGHT + 10), (xs[0], HEIGHT + 10)]]), alpha)

    def dab(self, hexa, x, y, rx, ry, angle=0.0, alpha=1.0, rough=0.08):
        t = np.linspace(0, 2 * math.pi, 14, endpoint=False)
        r = 1 + self.rng.uniform(-rough, rough, len(t))
        ca, sa = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        px, py = rx * r * np.cos(t), ry * r * np.sin(t)
        self.wash(hexa, spline(np.stack([x + ca * px - sa * py, y + sa * px + ca * py], 1), closed=True, step=5), alpha)

    def cloud(self, x, y, w, tones):
        puffs = [(self.rng.uniform(-0.5, 0.5), self.rng.uniform(0.5, 1.0)) for _ in range(9)]
        for tone, dx, dy, grow in tones:
            for u, s in puffs:
                r = w * 0.20 * s * grow * (1 - abs(u))
                self.dab(tone, x + u * w + dx, y - r * 0.35 + dy, r * 1.35, r * 0.85)
            self.dab(tone, x + dx, y + w * 0.03 + dy, w * 0.52 * grow, w * 0.07 * grow)

    def image(self):
        self.surface.flush()
        a = np.ndarray((HEIGHT, WIDTH, 4), np.uint8, self.surface.get_data())
        return Image.fromarray(a[:, :, 2::-1].copy(), "RGB")


def garden():
    """A spring garden: pale sky, far hills, blossom at both edges."""
    b = Board(11)
    for k, tone in enumerate(("#A9D6E6", "#B4DCE8", "#C0E2EA", "#CDE8EB", "#DAEDEA", "#E6F1E8", "#F0F4E6")):
        b.ridge(tone, -60 + 105 * k, 12, 240)
    b.cloud(470, 300, 520, (("#D3EAEE", 10, 14, 1.0), ("#EEF6F3", 0, 0, 0.96), ("#FBFBF5", -8, -10, 0.8)))
    b.cloud(1520, 210, 640, (("#D3EAEE", 12, 16, 1.0), ("#EEF6F3", 0, 0, 0.96), ("#FBFBF5", -8, -12, 0.8)))
    b.ridge("#BFDDD2", 640, 26, 260)
    b.ridge("#A9D0BC", 700, 22, 220, tilt=0.02)
    b.ridge("#C9DF9F", 790, 12, 320, tilt=-0.02)
    b.ridge("#B5D38C", 860, 10, 300)
    # Hedges and flower beds, out of focus.
    for x in range(-40, 2000, 92):
        b.dab("#8FBF86", x, 800 + b.rng.uniform(-16, 16), 86, 58, rough=0.14)
    for x in range(-40, 2000, 120):
        b.dab("#7DB27C", x + b.rng.uniform(-30, 30), 836 + b.rng.uniform(-10, 14), 80, 44, rough=0.14)
    for _ in range(110):
        x, y = b.rng.uniform(0, WIDTH), b.rng.uniform(770, 860)
        r = b.rng.uniform(6, 15)
        b.dab(["#F7C4CF", "#FBE3B5", "#FDF3F0", "#F2A9BB"][int(b.rng.integers(4))], x, y, r, r * 0.9, alpha=0.9)
    b.ridge("#A8CB80", 880, 10, 200)
    b.ridge("#9AC075", 960, 14, 240)
    # Blossom branches in both upper corners.
    for side in (0, 1):
        fx = (lambda x: x) if side == 0 else (lambda x: WIDTH - x)
        for (x0, y0), (x1, y1), w in (((-20, 60), (430, 190), 12), ((120, 100), (330, 30), 7), ((230, 132), (400, 300), 6)):
            b.ink("#9A7A6C")
            b.c.set_line_width(w)
            b.c.set_line_cap(cairo.LINE_CAP_ROUND)
            b.c.move_to(fx(x0), y0)
            b.c.curve_to(fx(x0 * 0.6 + x1 * 0.4), y0 * 0.6 + y1 * 0.4 - 26, fx(x0 * 0.3 + x1 * 0.7), y0 * 0.3 + y1 * 0.7 + 18, fx(x1), y1)
            b.c.stroke()
            for _ in range(34):
                u = b.rng.uniform(0.1, 1.05)
                x, y = x0 + u * (x1 - x0) + b.rng.normal(0, 34), y0 + u * (y1 - y0) + b.rng.normal(0, 26)
                r = b.rng.uniform(11, 24)
                b.dab(["#F4B6C6", "#F9CFD8", "#FCE3E6", "#F7C1CE"][int(b.rng.integers(4))], fx(x), y, r, r * 0.86, b.rng.uniform(0, 90), rough=0.16)
    for _ in range(26):
        b.dab("#F9CFD8", b.rng.uniform(0, WIDTH), b.rng.uniform(120, 980), 9, 5, b.rng.uniform(0, 180), alpha=0.85)
    return b.image()


def seaside():
    """A hill road above the sea on a summer day: sky, a tall cloud, water with glitter, roofs, a railing."""
    b = Board(23)
    for k, tone in enumerate(("#6FB7DE", "#7FC1E2", "#91CCE6", "#A4D6EA", "#B8E0EC", "#CCE9EE", "#DEF0EE")):
        b.ridge(tone, -70 + 88 * k, 10, 260)
    b.cloud(1440, 430, 900, (("#BFDDE9", 16, 20, 1.0), ("#E6F1F4", 0, 0, 0.97), ("#FBFCFA", -14, -22, 0.84)))
    b.cloud(1250, 300, 520, (("#D8EAF0", 10, 14, 1.0), ("#F1F7F7", 0, 0, 0.95), ("#FDFDFB", -10, -12, 0.8)))
    b.cloud(230, 330, 420, (("#C6E2EB", 10, 12, 1.0), ("#EAF3F4", 0, 0, 0.95), ("#FAFBF9", -8, -9, 0.78)))
    # Sea.
    b.wash("#5FA9C4", [(0, 560), (WIDTH, 560), (WIDTH, HEIGHT), (0, HEIGHT)])
    b.ridge("#549EBC", 600, 5, 200)
    b.ridge("#4792B2", 660, 7, 240)
    for _ in range(150):
        y = b.rng.uniform(564, 720)
        w = (y - 540) * b.rng.uniform(0.12, 0.4)
        b.dab(["#9AD2DD", "#C7E8E8", "#7DBFD2"][int(b.rng.integers(3))], b.rng.uniform(0, WIDTH), y, w, 1.4 + (y - 560) * 0.012, alpha=0.8)
    b.wash("#7FB2A2", spline([(-20, 566), (90, 536), (210, 520), (330, 540), (450, 562), (460, 570), (-20, 574)], step=6))
    b.wash("#6BA08F", spline([(-20, 570), (60, 552), (150, 546), (250, 566), (-20, 576)], step=6))
    # The town on the slope.
    b.ridge("#86B57A", 740, 16, 200, tilt=-0.03)
    for k in range(34):
        x, y = b.rng.uniform(-30, WIDTH), b.rng.uniform(748, 830)
        w, h = b.rng.uniform(52, 92), b.rng.uniform(26, 44)
        wall = ["#F5EBDD", "#EADCCB", "#F3E4D2", "#DDE3E2"][int(b.rng.integers(4))]
        roof = ["#C98369", "#B5705F", "#8DA0AC", "#D29A72"][int(b.rng.integers(4))]
        b.wash(wall, [(x, y), (x + w, y), (x + w, y + h), (x, y + h)])
        b.wash("#C8C3C6", [(x + w * 0.66, y), (x + w, y), (x + w, y + h), (x + w * 0.66, y + h)], 0.6)
        b.wash(roof, [(x - 8, y + 3), (x + w * 0.2, y - 19), (x + w * 0.86, y - 19), (x + w + 8, y + 3)])
        for j in range(2):
            b.wash("#7E95A6", [(x + 9 + 22 * j, y + 10), (x + 20 + 22 * j, y + 10), (x + 20 + 22 * j, y + 22), (x + 9 + 22 * j, y + 22)])
        b.dab("#6FA468", x + w + 14, y + h - 4, 26, 20, rough=0.16)
        b.dab("#7DB073", x - 12, y + h, 22, 16, rough=0.16)
    for x in range(-40, 2000, 80):
        b.dab("#6A9F63", x, 884 + b.rng.uniform(-12, 12), 84, 46, rough=0.15)
    for x in range(-40, 2000, 100):
        b.dab("#5B9059", x + b.rng.uniform(-20, 20), 920 + b.rng.uniform(-10, 10), 80, 40, rough=0.15)
    # The path and its railing.
    b.ridge("#E6D9C2", 950, 3, 480)
    b.ridge("#D9CAB2", 1024, 4, 420)
    for y, t in ((842, 13), (900, 9), (944, 9)):
        b.wash("#F7F5F0", [(0, y), (WIDTH, y), (WIDTH, y + t), (0, y + t)])
        b.wash("#C6CFD8", [(0, y + t * 0.62), (WIDTH, y + t * 0.62), (WIDTH, y + t), (0, y + t)])
    for x in range(70, WIDTH, 240):
        b.wash("#F7F5F0", [(x, 830), (x + 20, 830), (x + 20, 990), (x, 990)])
        b.wash("#C6CFD8", [(x + 13, 830), (x + 20, 830), (x + 20, 990), (x + 13, 990)])
        b.wash("#C8B99F", [(x, 990), (x + 20, 990), (x + 74, 1010), (x + 40, 1010)], 0.8)
    # Leaves hanging in at the upper right.
    for _ in range(150):
        u, v = b.rng.uniform(0, 1), b.rng.uniform(0, 1)
        x, y = WIDTH + 30 - 460 * u * (1 - 0.35 * v), -30 + 210 * v * (1 - 0.75 * u)
        b.dab(["#5E9C5D", "#78B068", "#94C578", "#B3D88A"][int(b.rng.integers(4))], x, y, 26, 13, b.rng.uniform(20, 120), rough=0.1)
    return b.image()
