# SPDX-License-Identifier: Apache-2.0
"""A room at dusk: a tall window with the last light over roofs, curtains, a shelf with books and a plant."""

import numpy as np

from ink import HEIGHT, WIDTH, spline
from scenery import Board


def room():
    b = Board(41)
    b.wash("#C9B6C6", [(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)])
    for k in range(9):  # the wall darkens away from the window
        b.wash("#A993B2", [(1180 + 84 * k, 0), (WIDTH, 0), (WIDTH, HEIGHT), (1240 + 84 * k, HEIGHT)], 0.16)
    # Window: sky in bands, clouds lit from below, roofs.
    left, top, right, bottom = 150, 60, 1080, 860
    b.c.save()
    b.c.rectangle(left, top, right - left, bottom - top)
    b.c.clip()
    for k, tone in enumerate(("#8C8FC0", "#A09AC6", "#B9A6C8", "#D3B2C4", "#E9C0BA", "#F6CFAE", "#FBDDB0", "#FCE7C0")):
        b.ridge(tone, 30 + 86 * k, 9, 240)
    b.cloud(420, 300, 460, (("#B89CBC", 6, 12, 1.0), ("#E3B7B8", 0, 2, 0.95), ("#F8D2B6", -6, 14, 0.7)))
    b.cloud(900, 430, 520, (("#C3A2BC", 6, 10, 1.0), ("#EBBFB4", 0, 2, 0.95), ("#FBDCB8", -6, 12, 0.7)))
    b.dab("#FFF3D6", 700, 640, 46, 46, rough=0.02)
    b.ridge("#B694AA", 690, 10, 120)
    b.ridge("#97789A", 740, 18, 90)
    for k in range(15):
        x, w, y = b.rng.uniform(left - 60, right), b.rng.uniform(70, 130), b.rng.uniform(742, 812)
        b.wash("#7C648C", [(x, y), (x + w * 0.3, y - 34), (x + w * 0.8, y - 34), (x + w, y), (x + w, 900), (x, 900)])
        if k % 3 == 0:
            b.wash("#FBD48C", [(x + 20, y + 18), (x + 38, y + 18), (x + 38, y + 40), (x + 20, y + 40)])
    b.c.restore()
    frame = "#F2E8E4"
    for x0, y0, x1, y1 in ((left - 26, top - 26, right + 26, top), (left - 26, bottom, right + 26, bottom + 30), (left - 26, top, left, bottom),
                           (right, top, right + 26, bottom), (604, top, 626, bottom), (left, 420, right, 436)):
        b.wash(frame, [(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
        b.wash("#B8A2B6", [(x0, y1 - 6), (x1, y1 - 6), (x1, y1), (x0, y1)], 0.8)
    b.wash("#E4D4D2", [(left - 60, bottom + 30), (right + 60, bottom + 30), (right + 80, bottom + 66), (left - 80, bottom + 66)])
    b.wash("#B49CB0", [(left - 80, bottom + 66), (right + 80, bottom + 66), (right + 70, bottom + 82), (left - 70, bottom + 82)])
    # Curtains.
    for x0, x1, lean in ((40, 250, 20), (1010, 1210, -20)):
        edge = spline([(x1, -10), (x1 - 14 + lean, 400), (x1 - 4 + lean, 700), (x1 - 20 + lean, 966)], step=8)
        b.wash("#E8C8C0", np.vstack([[(x0, -10)], edge, [(x0 + 8, 972)]]))
        for k in range(5):
            x = x0 + 18 + (x1 - x0 - 40) * k / 4
            b.wash("#CFA6AE", np.vstack([[(x, -10)], spline([(x + 16, -10), (x + 10 + lean * 0.4, 500), (x + 20 + lean * 0.6, 968)], step=8), [(x + 6, 969)]]), 0.75)
    # Shelf with books and a plant.
    for y in (330, 620, 910):
        b.wash("#8A6C80", [(1330, y), (WIDTH, y), (WIDTH, y + 20), (1330, y + 20)])
        b.wash("#6E5470", [(1330, y + 20), (WIDTH, y + 20), (WIDTH, y + 30), (1330, y + 30)])
        x = 1350.0
        while x < WIDTH:
            w, h = b.rng.uniform(20, 46), b.rng.uniform(120, 190)
            if b.rng.uniform() < 0.14:
                x += b.rng.uniform(40, 90)
                continue
            tone = ["#7E7BA8", "#A8788E", "#C79A86", "#6F8E9C", "#B7A4B8", "#8F6A86"][int(b.rng.integers(6))]
            b.wash(tone, [(x, y - h), (x + w, y - h), (x + w, y), (x, y)])
            b.wash("#5E4A6A", [(x + w - 5, y - h), (x + w, y - h), (x + w, y), (x + w - 5, y)], 0.4)
            b.wash("#EBDCD0", [(x + 4, y - h + 18), (x + w - 8, y - h + 18), (x + w - 8, y - h + 26), (x + 4, y - h + 26)], 0.7)
            x += w + 1
    b.wash("#C98D78", [(1560, 262), (1650, 262), (1638, 330), (1572, 330)])
    for k in range(22):
        a = b.rng.uniform(-1.9, 1.9)
        r = b.rng.uniform(40, 120)
        b.dab(["#6E9478", "#86A884", "#5B7F6C"][int(b.rng.integers(3))], 1605 + r * np.sin(a), 250 - r * np.cos(a) * 0.8, 24, 11, b.rng.uniform(0, 180))
    # Dusk light over all.
    b.wash("#F6B48C", [(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)], 0.07)
    return b.image()
