# SPDX-License-Identifier: Apache-2.0
"""A head that turns, and the eyes, brows, nose and mouths on it: shared by the characters of the example cuts.

Faces are designed from the front in head units (x to the viewer's right, y down, origin in the middle of the skull; the
chin lies at y = 266, the skull is about 500 wide) and carried to the screen by a small turn, nod and tilt in depth.
"""

import math

import numpy as np

from ink import A, at, cut, ellipse, join, mirror, rotate, spline


class Head:
    """Pose of a head: centre on screen (pixels), tilt, turn and nod in degrees, scale."""

    def __init__(self, cx, cy, tilt=0.0, turn=0.0, nod=0.0, scale=1.0):
        self.cx, self.cy, self.tilt, self.turn, self.nod, self.scale = cx, cy, tilt, turn, nod, scale

    def map(self, points, z=0.0):
        """Head units (with depth z toward the viewer; a number or one per point) to the screen."""
        p = A(points)
        z = np.broadcast_to(np.asarray(z, float), len(p))
        a, b = math.radians(self.turn), math.radians(self.nod)
        x = p[:, 0] * math.cos(a) + z * math.sin(a)
        d = z * math.cos(a) - p[:, 0] * math.sin(a)
        y = p[:, 1] * math.cos(b) + d * math.sin(b)
        return rotate(np.stack([x, y], 1) * self.scale, self.tilt) + (self.cx, self.cy)

    def face(self, points):
        """Points on the front of the face."""
        p = A(points)
        z = 195 * np.sqrt(np.clip(1 - (p[:, 0] / 300) ** 2 - ((p[:, 1] - 60) / 420) ** 2, 0.05, 1))
        return self.map(p, z)

    def skull(self, points, depth=1.0):
        """Points on the hair's shell: front locks; those that hang keep the depth they have at the ear."""
        p = A(points)
        y = np.minimum(p[:, 1], 40)
        z = 230 * np.sqrt(np.clip(1 - (p[:, 0] / 275) ** 2 - (y / 300) ** 2, 0.0, 1))
        return self.map(p, z * depth)


# ---------------------------------------------------------------- eyes

# Eye drawings, for the eye on the viewer's right (x grows toward the temple), origin in the eye's middle.
# top: edge of the upper lid from the inner to the outer corner; bottom: lower edge back from the outer to the inner corner.
EYES = {
    "open": dict(top=[(-51, 12), (-42, -16), (-13, -38), (20, -40), (45, -22), (58, 10)],
                 bottom=[(58, 10), (48, 31), (31, 53), (4, 60), (-24, 57), (-41, 38), (-51, 12)],
                 thick=[2, 8, 12, 14, 15, 11], iris=(-1, 7), fold=-17),
    "half": dict(top=[(-50, 20), (-38, 4), (-8, -7), (24, -6), (46, 6), (58, 24)],
                 bottom=[(58, 24), (49, 42), (30, 57), (0, 61), (-26, 58), (-42, 42), (-50, 20)],
                 thick=[2, 8, 11, 13, 14, 9], iris=(-1, 20), fold=-15),
    "glad": dict(top=[(-50, 14), (-39, -10), (-9, -27), (23, -27), (46, -10), (57, 16)],
                 bottom=[(57, 16), (47, 33), (29, 42), (0, 41), (-26, 43), (-42, 34), (-50, 14)],
                 thick=[2, 8, 11, 13, 14, 10], iris=(-1, 8), fold=-15),
}
CLOSED = {
    "closed": dict(lid=[(-52, 28), (-30, 43), (2, 50), (33, 45), (60, 27)], thick=[2, 8, 11, 11, 4], fold=None),
    "smile": dict(lid=[(-54, 36), (-36, 9), (0, -7), (36, 6), (60, 36)], thick=[3, 10, 12, 12, 5], fold=None),
}


class EyeDesign:
    def __init__(self, x=100, y=84, size=1.0, iris=(40, 57), brow=((-48, -66), (-14, -82), (28, -82), (62, -62)), brow_w=6.5):
        self.x, self.y, self.size, self.iris, self.brow, self.brow_w = x, y, size, iris, brow, brow_w


def eye(d, head, side, state, design, gaze=(0, 0), brow_lift=0.0):
    """Draws one eye and its brow. side: +1 the viewer's right, -1 left. Styles used: eye white, iris, glint, lid skin."""
    tag = f"{'R' if side > 0 else 'L'} "
    flip = (lambda p: A(p)) if side > 0 else mirror

    def to(p):
        return head.face(flip(A(p) * design.size) + (side * design.x, design.y))

    def straight(p):  # highlights and gaze are not mirrored
        return head.face(A(p) * design.size + (side * design.x, design.y))

    if state in CLOSED:
        e = CLOSED[state]
        lid = spline(e["lid"], step=2)
        outline = _thicken(lid, e["thick"])
        part = d.part(tag + "lid", None, [to(outline)])
        part.blot(to(outline))
        flick = [(50, 38), (62, 42), (74, 41)] if state == "closed" else [(56, 28), (68, 33), (78, 34)]
        part.line(d.curve(tag + state + " flick", to(flick), wobble=0.2), w=4.5, taper=(0, 0.9), tip=1.6)
        if state == "closed":
            part.line(d.curve(tag + "flick 2", to([(38, 46), (48, 52), (58, 53)]), wobble=0.2), w=4, taper=(0, 0.9), tip=1.6)
            part.line(d.curve(tag + "closed fold", to([(-26, 14), (4, 19), (36, 12)]), wobble=0.3), w=2.6, taper=(0.5, 0.5), tip=1.5)
    else:
        e = EYES[state]
        top, bottom = spline(e["top"], step=2), spline(e["bottom"], step=2)
        opening = d.part(tag + "white", "eye white", [join(to(top), to(bottom))])
        # The shadow that the lid casts on the eyeball.
        cast = np.vstack([A(e["top"]) + (0, 15), A(e["top"])[::-1] + (0, -14)])
        opening.shadow(to(spline(cast, closed=True, step=2)), w=2.2)
        # Iris: darker above, a light crescent below, a black pupil, two glints.
        ix, iy = e["iris"][0], e["iris"][1]
        c = A([(ix, iy)])
        c = flip(c)[0] + np.asarray(gaze, float)
        rx, ry = design.iris
        ring = spline(straight(ellipse(c[0], c[1], rx, ry)), closed=True, step=2)
        iris = d.part(tag + "iris", "iris", [ring], within=opening)
        iris.shadow(straight(spline([(c[0] - rx - 8, c[1] - 2), (c[0] - rx * 0.5, c[1] + 5), (c[0], c[1] + 9), (c[0] + rx * 0.5, c[1] + 5),
                                     (c[0] + rx + 8, c[1] - 2), (c[0] + rx, c[1] - ry - 10), (c[0], c[1] - ry - 14),
                                     (c[0] - rx, c[1] - ry - 10)], closed=True, step=2)), w=2.2)
        iris.highlight(straight(spline([(c[0] - rx * 0.60, c[1] + ry * 0.50), (c[0], c[1] + ry * 0.64), (c[0] + rx * 0.60, c[1] + ry * 0.50),
                                        (c[0] + rx * 0.36, c[1] + ry * 0.80), (c[0], c[1] + ry * 0.88), (c[0] - rx * 0.36, c[1] + ry * 0.80)],
                                       closed=True, step=2)), w=2.2)
        iris.line(ring, w=3.6, taper=(0, 0), within=opening)
        iris.blot(spline(straight(ellipse(c[0], c[1] - 1, 14, 23)), closed=True, step=2), within=opening)
        g1 = straight(ellipse(c[0] - rx * 0.42, c[1] - ry * 0.40, 11, 14, 14, n=10))
        g2 = straight(ellipse(c[0] + rx * 0.44, c[1] + ry * 0.36, 5.5, 6.5, n=8))
        for k, g in enumerate((g1, g2)):
            g = spline(g, closed=True, step=2)
            d.part(tag + f"glint {k}", "glint", [_grow(g, 0.9)], within=opening).highlight(g, w=2.8)
        # Lids over all of it.
        over = d.over(tag + "lids", "eye white", [tag + "white"])
        over.line(to(cut(bottom, 0.0, 0.36)), w=1.9, taper=(0, 0), tip=1.8, swell=0)
        over.line(to(cut(bottom, 0.26, 0.82)), w=3.4, taper=(0.3, 0.3), tip=2.0)
        over.line(to(cut(bottom, 0.72, 1.0)), w=1.9, taper=(0, 0), tip=1.8, swell=0)
        over.blot(to(_thicken(top, e["thick"], up=True)))
        tx, ty = e["top"][-1]
        over.blot(to(join(spline([(tx - 8, ty - 24), (tx + 6, ty - 8), (tx + 17, ty - 1)], step=2),
                          spline([(tx + 17, ty - 1), (tx + 8, ty + 1), (tx - 2, ty + 2)], step=2))))
        over.blot(to(join(spline([(tx - 16, ty - 36), (tx + 1, ty - 22), (tx + 15, ty - 18)], step=2),
                          spline([(tx + 15, ty - 18), (tx + 4, ty - 14), (tx - 6, ty - 10)], step=2))))
        f = A(e["top"])[1:5] + (0, e["fold"]) + A([(4, -3), (0, -3), (0, -3), (2, -3)])
        over.line(d.curve(tag + "fold", to(f), wobble=0.3), w=2.6, taper=(0.5, 0.4), tip=1.5)
    b = A(design.brow) + (0, -brow_lift)
    brow = d.curve(tag + "brow", to(b), wobble=0.4)
    d.loose(tag + "brow").line(brow, w=design.brow_w, taper=(0.35, 0.8), tip=2.0)


def _grow(closed, px):
    c = closed.mean(0)
    v = closed - c
    r = np.hypot(v[:, 0], v[:, 1])[:, None]
    return c + v * (r + px) / np.maximum(r, 1e-6)


def _thicken(curve, thick, up=False):
    """A closed shape round a curve: thickness (pixels) given at even steps; `up`: all of it above the curve."""
    u = np.linspace(0, 1, len(curve))
    t = np.interp(u, np.linspace(0, 1, len(thick)), thick)
    g = np.gradient(curve, axis=0)
    n = np.stack([g[:, 1], -g[:, 0]], 1) / np.maximum(1e-9, np.hypot(g[:, 0], g[:, 1]))[:, None]
    if up:
        return np.vstack([curve - n * 1.2, (curve + n * t[:, None])[::-1]])
    return np.vstack([curve - n * t[:, None] / 2, (curve + n * t[:, None] / 2)[::-1]])


# ---------------------------------------------------------------- hair

def pointed(points):
    """A closed outline that keeps its points sharp while its sides bow a little: light on hair."""
    p = A(points)
    out = []
    for a, b in zip(p, np.roll(p, -1, axis=0)):
        d = b - a
        n = np.array([d[1], -d[0]]) * 0.06
        out.append(spline([a, (a + b) / 2 + n, b], step=3)[:-1])
    return np.vstack(out)


def lock_shade(left, right, start, depth):
    """The shaded side of a lock: from `start` (share of its length) to the tip, at most `depth` of its width."""
    n = 40

    def even(c):
        return np.stack([np.interp(np.linspace(0, 1, n), np.linspace(0, 1, len(c)), c[:, k]) for k in (0, 1)], 1)

    k = np.clip((np.linspace(0, 1, n) - start) / 0.45, 0, 1)[:, None] * depth
    mid = even(right) * (1 - k) + even(left) * k
    return np.vstack([cut(mid, start, 1), cut(right, start, 1)[::-1]])


# ---------------------------------------------------------------- nose and mouths

def nose(part, d, head, y=158):
    part.line(d.curve("nose", head.map([(1, y - 8), (5, y + 2), (-2, y + 8)], 232), wobble=0.2), w=3.2, taper=(0.6, 0.3), tip=1.5)


def mouth(d, head, state, smile=0.0, y=203, size=1.0):
    """Mouth drawings: "line" (closed; smile 0 to 1), "mid", "laugh"."""
    to = lambda p: head.face(A(p) * size + (0, y))
    if state == "line":
        w, up = 27 + 15 * smile, 3 + 7 * smile
        lips = [(-w, -up), (-w * 0.6, up * 0.35), (0, up * 0.75), (w * 0.6, up * 0.35), (w, -up)]
        c = d.curve("lips", to(lips), wobble=0.3)
        part = d.loose("mouth")
        part.line(c, w=4.2, taper=(0.35, 0.35), tip=1.8)
        part.line(d.curve("under lip", to([(-9, 24), (0, 26), (9, 24)]), wobble=0.1), w=2.6, taper=(0.4, 0.4), tip=1.6)
        return
    w, depth = (40, 26) if state == "mid" else (56, 54)
    top = [(-w, -9), (-w * 0.55, -3), (0, -1), (w * 0.55, -3), (w, -9)]
    low = [(w, -9), (w * 0.86, depth * 0.36), (w * 0.5, depth * 0.86), (0, depth), (-w * 0.5, depth * 0.86), (-w * 0.86, depth * 0.36), (-w, -9)]
    ct, cl = d.curve("mouth top " + state, to(top), wobble=0.3), d.curve("mouth low " + state, to(low), wobble=0.4)
    part = d.part("mouth", "mouth", [join(ct, cl)])
    k = 11 if state == "laugh" else 7
    teeth = to(spline([(-w * 0.80, -16), (-w * 0.66, k - 4), (-w * 0.3, k), (0, k + 1), (w * 0.3, k), (w * 0.66, k - 4), (w * 0.80, -16)], step=2))
    tp = d.part("teeth", "teeth", [teeth], within=part)
    tp.line(teeth, w=2.4, taper=(0, 0), within=part)
    tongue = to(spline([(-w * 0.9, depth + 8), (-w * 0.44, depth * 0.66), (-w * 0.15, depth * 0.56), (0, depth * 0.62), (w * 0.15, depth * 0.56),
                        (w * 0.44, depth * 0.66), (w * 0.9, depth + 8)], step=2))
    gp = d.part("tongue", "tongue", [tongue], within=part)
    gp.line(tongue, w=2.6, taper=(0, 0), within=part)
    over = d.over("lips", None, ["mouth"])
    over.line(ct, w=4.4, taper=(0.12, 0.12), tip=2.2)
    over.line(cl, w=4.0, taper=(0.15, 0.15), tip=2.2)
    if state == "mid":
        over.line(d.curve("under lip", to([(-10, depth + 13), (0, depth + 15), (10, depth + 13)]), wobble=0.1), w=2.6, taper=(0.4, 0.4), tip=1.6)
