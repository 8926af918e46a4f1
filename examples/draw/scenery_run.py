# SPDX-License-Identifier: Apache-2.0
"""The background of the cut run: a coast road in July, seen by a camera that runs alongside. What is near is streaked."""

import numpy as np

from ink import HEIGHT, WIDTH
from scenery import Board


def streaks(b, n, y0, y1, tones, long, thick, tilt=0.0):
    """Speed-blurred strokes between two heights, longer and thicker toward the lower edge."""
    for _ in range(n):
        v = b.rng.uniform(0, 1)
        y = y0 + (y1 - y0) * v
        x = b.rng.uniform(-300, WIDTH + 300)
        l, t = long * (0.5 + v) * b.rng.uniform(0.4, 1.0), thick * (0.4 + 0.8 * v) * b.rng.uniform(0.5, 1.0)
        tone = tones[int(b.rng.integers(len(tones)))]
        b.wash(tone, [(x - l, y), (x - l * 0.3, y - t / 2), (x + l * 0.5, y - t / 2), (x + l, y + tilt * l), (x + l * 0.4, y + t / 2), (x - l * 0.4, y + t / 2)])


def cumulus(b, x, y, w, seed_tones):
    """A summer cloud: heaped discs, lit from the upper right, flat below."""
    puffs = []
    for layer in range(4):
        m = 7 - layer
        for k in range(m):
            u = (k + 0.5) / m - 0.5
            puffs.append((x + u * w * (1 - 0.2 * layer) + b.rng.uniform(-0.03, 0.03) * w, y - layer * w * 0.085 - (0.5 - abs(u)) * w * 0.12, w * b.rng.uniform(0.085, 0.125)))
    for tone, dx, dy, grow in seed_tones:
        for px, py, r in puffs:
            b.dab(tone, px + dx * r, py + dy * r, r * grow, r * grow * 0.92, rough=0.06)


def field():
    b = Board(23)
    for k, tone in enumerate(("#5FB4E0", "#6EBDE4", "#7FC6E7", "#90CFEA", "#A2D8ED", "#B5E0EF", "#C8E8F0")):
        b.ridge(tone, -70 + 100 * k, 10, 320)
    cumulus(b, 1560, 560, 760, (("#B9D6EA", -0.10, 0.12, 1.04), ("#DCEBF4", 0.06, -0.04, 0.98), ("#F4F8FA", 0.22, -0.22, 0.84)))
    cumulus(b, 300, 590, 560, (("#BEDAEC", -0.10, 0.12, 1.04), ("#E0EDF4", 0.06, -0.04, 0.98), ("#F4F8FA", 0.22, -0.22, 0.82)))
    for x, y, w in ((860, 120, 240), (1080, 90, 150), (420, 200, 180), (1320, 210, 130)):
        b.wash("#D6ECF4", [(x - w, y), (x - w * 0.4, y - 9), (x + w * 0.5, y - 12), (x + w, y - 2), (x + w * 0.3, y + 7), (x - w * 0.5, y + 8)])
    # Sea, with a headland.
    b.wash("#3F93BE", [(-10, 628), (WIDTH + 10, 628), (WIDTH + 10, 760), (-10, 760)])
    b.wash("#56A6C9", [(-10, 660), (WIDTH + 10, 660), (WIDTH + 10, 760), (-10, 760)])
    streaks(b, 130, 636, 745, ("#6BB6D3", "#8CCBDD", "#4A9CC3"), 90, 4)
    b.ridge("#7FB5A0", 742, 10, 200)
    xs = np.linspace(1180, WIDTH + 40, 9)
    b.wash("#6FA58F", [(1120, 632)] + [(x, 628 - 70 * ((x - 1120) / 800) ** 0.7 + b.rng.uniform(-8, 8)) for x in xs] + [(WIDTH + 40, 632)])
    b.wash("#5C9380", [(1420, 633)] + [(x, 628 - 34 * ((x - 1420) / 500) ** 0.6 + b.rng.uniform(-5, 5)) for x in np.linspace(1460, WIDTH + 40, 7)] + [(WIDTH + 40, 633)])
    # Grass bank, streaked; a white rail; the road.
    b.wash("#7DB867", [(-10, 752), (WIDTH + 10, 752), (WIDTH + 10, 900), (-10, 900)])
    streaks(b, 240, 748, 884, ("#93C873", "#6AA75C", "#A9D67F", "#5B9A58"), 260, 12)
    b.wash("#B9C9CE", [(-10, 736), (WIDTH + 10, 736), (WIDTH + 10, 756), (-10, 756)])
    b.wash("#EEF4F4", [(-10, 733), (WIDTH + 10, 733), (WIDTH + 10, 748), (-10, 748)])
    for x in range(40, WIDTH, 460):
        b.wash("#D3DEE0", [(x - 46, 756), (x + 46, 756), (x + 40, 800), (x - 40, 800)], 0.75)
        b.wash("#EEF4F4", [(x - 16, 748), (x + 20, 748), (x + 18, 800), (x - 16, 800)], 0.85)
    streaks(b, 40, 790, 806, ("#93C873", "#6AA75C", "#A9D67F"), 220, 14)
    b.wash("#D9D2BE", [(-10, 878), (WIDTH + 10, 878), (WIDTH + 10, HEIGHT + 10), (-10, HEIGHT + 10)])
    b.wash("#C9C0AD", [(-10, 872), (WIDTH + 10, 872), (WIDTH + 10, 890), (-10, 890)])
    streaks(b, 150, 896, HEIGHT + 10, ("#E3DDCB", "#CDC5B2", "#E9E4D5", "#D2CAB8"), 420, 14)
    # The shadow that she runs on.
    b.dab("#A79F9B", 930, 1000, 250, 17, rough=0.03)
    b.dab("#979092", 930, 1001, 170, 11, rough=0.03)
    return b.image()
