# SPDX-License-Identifier: Apache-2.0
"""The cut run: Natsu, a courier's daughter, late with a letter; a run of six drawings to two steps, on twos.

The keys are the three odd drawings. Near leg: A0001 contact, A0003 push-off, A0005 passing; the far leg is half a cycle
behind. Body and head go straight through the middle between keys, as an in-betweener would put them; arms, legs, hair
and scarf follow their arcs, which is why the true in-betweens come from the same tables as the keys.

Angles are degrees: a bone that hangs straight down has 0, forward (to the right) is positive.
"""

import math

import numpy as np

import scenery_run
from ink import A, Drawing, Model, at, cut, ellipse, join, lerp, resample, rotate, spline

ID, TITLE, FPS, FRAMES = "c003", "Run", 24, 48

MODEL = (Model("natsu")
         .add("skin", "#FFE0C4", "#8C86A8").add("skin", "#EDAE93", "#6F6690", "shadow")
         .add("hair", "#4C5587", "#262C55").add("hair", "#343A66", "#181C3D", "shadow").add("hair", "#8A9AD0", "#4C5A92", "highlight")
         .add("jacket", "#E2603F", "#7A3A58").add("jacket", "#B23F33", "#592A48", "shadow")
         .add("rib", "#8F2F36", "#4A2244").add("rib", "#6E222E", "#381A38", "shadow")
         .add("scarf", "#FBD96E", "#8B8478").add("scarf", "#E0A848", "#6D6068", "shadow")
         .add("shorts", "#5F83A6", "#34436F").add("shorts", "#456288", "#26325A", "shadow")
         .add("sock", "#F6F1E6", "#8A90B4").add("sock", "#C9C4D4", "#676C96", "shadow")
         .add("shoe", "#3BA79A", "#23566F").add("shoe", "#297B7C", "#19405A", "shadow")
         .add("sole", "#FFF7E0", "#9094B0").add("sole", "#D6C8B4", "#70708F", "shadow")
         .add("eye white", "#FCFDFB", "#A9AECB").add("eye white", "#CBD3E4", "#7C82A8", "shadow")
         .add("iris", "#5BB08A", "#3C6F7C").add("iris", "#2A6C62", "#234C60", "shadow")
         .add("glint", "#FFFFFA", "#D8DCEC")
         .add("mouth", "#B5454B", "#5E2C50").add("mouth", "#E98B86", "#8A5070", "highlight")
         .add("teeth", "#FFFBF5", "#B4B6CC"))

# ---------------------------------------------------------------- the cycle

# One row a drawing of the leg's own six: contact, down, push-off, trailing, passing, knee drive.
#        thigh flex  foot  toe bend (foot: 0 flat, positive = toes up)
LEG = [(37, 15, 14, 0),
       (31, 58, 0, 0),
       (-26, 20, -58, 34),
       (-20, 82, -112, 0),
       (22, 112, -104, 0),
       (64, 96, -38, 0)]
#        upper arm, elbow flex, wrist
ARM = [(-62, 88, 0),
       (-24, 84, 0),
       (20, 96, 4),
       (34, 106, 6),
       (16, 100, 4),
       (-28, 84, 0)]
# Body, by drawing: keys 0, 2, 4; the others lie in the middle.
#       rise lean near shoulder back, hips, head tilt, nod
BODY = {0: (0, 15, 13, -7, 1.5), 2: (-7, 13, -9, 6, -1.5), 4: (4, 16, -3, 2, 0.5)}


def table(rows, u):
    """Row at u (in drawings, cyclic), by a periodic cubic through the rows."""
    n = len(rows)
    i = math.floor(u)
    f = u - i
    if f < 1e-9:
        return np.array(rows[i % n], float)
    p0, p1, p2, p3 = (np.array(rows[(i + k) % n], float) for k in (-1, 0, 1, 2))
    m1, m2 = (p2 - p0) / 2, (p3 - p1) / 2
    return ((2 * f ** 3 - 3 * f ** 2 + 1) * p1 + (f ** 3 - 2 * f ** 2 + f) * m1 + (3 * f ** 2 - 2 * f ** 3) * p2 + (f ** 3 - f ** 2) * m2)


def body_row(u):
    u = u % 6
    k = int(u // 2) * 2
    return lerp(BODY[k], BODY[(k + 2) % 6], (u - k) / 2)


# ---------------------------------------------------------------- limbs

def ray(a):
    return np.array([math.sin(math.radians(a)), math.cos(math.radians(a))])


def front(u):
    """The normal of a bone's direction that points forward when the bone hangs down."""
    return np.array([u[1], -u[0]])


class Limb:
    """Two bones with flesh: contours from (share along the bone, distance) pairs on the front and the back."""

    def __init__(self, a, angle1, len1, angle2, len2):
        self.a = A([a])[0]
        self.u1, self.u2 = ray(angle1), ray(angle2)
        self.l1, self.l2 = len1, len2
        self.b = self.a + self.u1 * len1
        self.c = self.b + self.u2 * len2
        self.n1, self.n2 = front(self.u1), front(self.u2)
        self.turn = angle2 - angle1  # negative: a knee; positive: an elbow

    def upper(self, s, off):
        return self.a + self.u1 * s * self.l1 + self.n1 * off

    def lower(self, s, off):
        return self.b + self.u2 * s * self.l2 + self.n2 * off

    def outer(self, side, one, two, cap):
        """Contour over the convex side of the joint. side: +1 front (knee), -1 back (elbow)."""
        p = [self.upper(s, side * o) for s, o in one]
        t = abs(self.turn)
        bis = self.n1 + self.n2
        bis /= np.linalg.norm(bis)
        if t > 50:
            q = lerp(self.n1, bis, 0.35), bis, lerp(self.n2, bis, 0.35)
            p += [self.b + side * cap * v / np.linalg.norm(v) for v in q]
        else:
            p += [self.b + side * cap * bis]
        return A(p + [self.lower(s, side * o) for s, o in two])

    def inner(self, side, one, two, cap):
        """Contours over the concave side: (upper piece, lower piece), which meet in the crease."""
        half = math.radians(min(abs(self.turn), 150) / 2)
        bis = self.n1 + self.n2
        bis /= np.linalg.norm(bis)
        pit = self.b + side * bis * cap / max(0.45, math.cos(half))
        back = cap * math.tan(half)
        p = [self.upper(s, side * o) for s, o in one if (1 - s) * self.l1 > back + 8]
        q = [self.lower(s, side * o) for s, o in two if s * self.l2 > back + 8]
        return A(p + [pit]), A([pit] + q)


THIGH, SHIN = 190, 182


def leg(d, tag, hip, row, far):
    thigh, flex, foot, toe = row
    limb = Limb(hip, thigh, THIGH, thigh - flex, SHIN)
    foot_at = limb.c
    w = 3.8
    f_curve = d.curve(tag + "front", limb.outer(1, [(0.0, 40), (0.3, 42), (0.6, 37), (0.85, 29)], [(0.2, 25), (0.5, 19), (0.8, 14), (1.0, 14)], 28))
    b1, b2 = limb.inner(-1, [(0.0, 46), (0.3, 41), (0.6, 33), (0.85, 27)], [(0.18, 29), (0.34, 33), (0.52, 29), (0.8, 17), (1.0, 15)], 25)
    smooth = abs(limb.turn) < 40
    if smooth:
        whole = d.curve(tag + "back", np.vstack([b1, b2[1:]]))
        skin = d.part(tag + "leg", "skin", [join(f_curve, whole[::-1])])
        backs = [whole]
    else:
        c1, c2 = d.curve(tag + "ham", b1), d.curve(tag + "calf", b2)
        skin = d.part(tag + "leg", "skin", [np.vstack([f_curve, c2[::-1], c1[::-1]])])
        backs = [c1, c2]
    tone(d, skin, far)
    if not far:
        # Shadow down the back of the leg: core shadow of thigh and calf.
        sh = limb.inner(-1, [(0.0, 12), (0.3, 16), (0.6, 16), (0.85, 12)], [(0.2, 8), (0.4, 10), (0.7, 3), (1.0, -2)], 9)
        out = limb.inner(-1, [(0.0, 90), (0.5, 90)], [(0.4, 90), (1.0, 90)], 70)
        if smooth:
            outline = np.vstack([spline(np.vstack([sh[0], sh[1][1:]])), out[1][::-1], out[0][::-1]])
        else:
            outline = np.vstack([spline(sh[0]), spline(sh[1]), [limb.lower(1.0, -90)], [limb.lower(0.4, -60)], [sh[0][-1] - 0], [limb.upper(0.5, -60)], [limb.upper(0, -90)]])
        skin.shadow(outline)
    skin.line(f_curve, w=w, taper=(0, 0), name=tag + "front")
    for k, c in enumerate(backs):
        skin.line(c, w=w, taper=(0, 0), name=f"{tag}back{k}")
    if not smooth:
        crease = b1[-1] + (limb.b - b1[-1]) * np.array([[0], [0.45]])
        skin.line(spline(crease), w=3.2, taper=(0, 0.8))
    # knee mark
    k0, k1 = limb.b + limb.n1 * 10 + limb.u1 * 12, limb.b + limb.n2 * 12 + limb.u2 * 18
    skin.line(d.curve(tag + "knee", [k0, lerp(k0, k1, 0.5) + (limb.n1 + limb.n2) * 3, k1]), w=2.8, taper=(0.5, 0.5))
    sock(d, tag, limb, far)
    shoe(d, tag, foot_at, foot, toe, far)
    return limb


def tone(d, part, far):
    """Far limbs lie wholly in shadow: near and far are told apart by colour."""
    if far and part.mask is not None:
        part.mask.view(d.style)[part.mask.bits] = d.model.find(part.style, "shadow")


def sock(d, tag, limb, far):
    f = d.curve(tag + "sock front", [limb.lower(0.60, 21), limb.lower(0.8, 17), limb.lower(0.94, 16), limb.lower(1.06, 17)])
    b = d.curve(tag + "sock back", [limb.lower(0.60, -27), limb.lower(0.8, -20), limb.lower(0.94, -17), limb.lower(1.06, -18)])
    top = d.curve(tag + "sock top", [f[0], limb.lower(0.635, 8), limb.lower(0.64, -12), b[0]], wobble=0.3)
    s = d.part(tag + "sock", "sock", [join(f, b[::-1], top)])
    tone(d, s, far)
    if not far:
        s.shadow(np.vstack([spline([limb.lower(0.5, -4), limb.lower(0.8, -2), limb.lower(1.1, -4)]), [limb.lower(1.1, -60), limb.lower(0.5, -60)]]))
    s.line(f, w=3.8, taper=(0, 0)).line(b, w=3.8, taper=(0, 0)).line(top, w=3.4, taper=(0, 0))
    rib = d.curve(tag + "sock rib", [limb.lower(0.70, 19), limb.lower(0.73, 6), limb.lower(0.735, -10), limb.lower(0.70, -24)], wobble=0.2)
    s.line(rib, w=2.6, taper=(0, 0), inside=True)


def shoe(d, tag, ankle, pitch, toe, far):
    ball = np.array([46.0, 34.0])

    def to(pts):
        p = A(pts).copy()
        k = p[:, 0] > ball[0] - 14
        r = rotate(p, -toe, ball)
        t = np.clip((p[:, 0] - (ball[0] - 14)) / 24, 0, 1)[:, None]
        p = np.where(k[:, None], p * (1 - t) + r * t, p)
        return rotate(p, -pitch) + ankle

    upper = d.curve(tag + "shoe", to([(-22, -12), (-27, 4), (-31, 20), (-31, 32), (0, 36), (44, 36), (80, 33), (88, 24), (82, 10), (66, 0), (44, -8), (26, -18), (20, -24)]), wobble=0.4)
    collar = d.curve(tag + "collar", to([(20, -24), (8, -13), (-8, -10), (-22, -12)]), wobble=0.3)
    s = d.part(tag + "shoe", "shoe", [join(upper, collar)])
    tone(d, s, far)
    if not far:
        s.shadow(d.curve(tag + "shoe shade", to([(-40, -4), (-16, 6), (10, 10), (40, 12), (64, 16), (96, 22), (90, 50), (-40, 50)]), closed=True))
    s.line(upper, w=3.8, taper=(0, 0)).line(collar, w=3.6, taper=(0, 0))
    # tongue and laces
    for k, (x, y) in enumerate(((34, -11), (46, -5))):
        s.line(d.curve(f"{tag}lace{k}", to([(x, y), (x - 5, y + 6), (x - 12, y + 9)]), wobble=0.2), w=3.0, taper=(0, 0.4))
    # rubber sole and toe cap
    low = d.curve(tag + "sole low", to([(-31, 22), (-33, 33), (-26, 39), (0, 40), (44, 40), (76, 38), (90, 31), (90, 20)]), wobble=0.3)
    high = d.curve(tag + "sole high", to([(90, 20), (76, 25), (44, 28), (4, 28), (-16, 25), (-31, 22)]), wobble=0.3)
    r = d.part(tag + "sole", "sole", [join(low, high)])
    tone(d, r, far)
    r.line(low, w=3.8, taper=(0, 0)).line(high, w=3.2, taper=(0, 0))
    cap = d.curve(tag + "cap", to([(62, -1), (60, 8), (66, 18), (72, 26)]), wobble=0.2)
    s.line(cap, w=3.0, taper=(0, 0), within=s)


def shorts(d, tag, spine, hip, limb, far):
    """One side of the shorts, waist to turned-up hem: a wide short tube that rounds the seat and folds at the lap."""
    a_leg = math.degrees(math.atan2(limb.u1[0], limb.u1[1]))
    fold = a_leg + spine.angle  # 0: leg in line with the back; positive: thigh drawn up
    lap = float(np.clip((fold + 10) / 40, 0, 1))
    waist_f, waist_b = spine((24 + 34 * lap, -54))[0], spine((-60, -54))[0]
    up = spine((0, -1))[0] - spine.o
    bn = -front(-up)  # backward normal of the trunk
    mid = bn - limb.n1
    mid /= np.linalg.norm(mid)
    b_pts = [waist_b, hip + bn * 66 + up * 8]
    if fold > 20:
        b_pts.append(hip + mid * 62)
    b_pts += [limb.upper(0.32, -56), limb.upper(0.54, -52)]
    fn = -bn
    mid = fn + limb.n1
    mid /= np.linalg.norm(mid)
    half = math.radians(max(0.0, fold) / 2)
    pit = hip + mid * 50 / max(0.5, math.cos(half))
    f_pts = [waist_f] + ([pit] if fold > -20 else [hip + mid * 46]) + [limb.upper(0.40 if fold < 50 else 0.46, 53), limb.upper(0.56, 54)]
    f = d.curve(tag + "shorts front", f_pts)
    b = d.curve(tag + "shorts back", b_pts)
    hem = d.curve(tag + "hem", [f[-1], limb.upper(0.60, 30), limb.upper(0.615, 0), limb.upper(0.59, -30), b[-1]], wobble=0.4)
    s = d.part(tag + "shorts", "shorts", [np.vstack([f, hem, b[::-1]])])
    tone(d, s, far)
    if not far:
        edge = spline([spine((-24, -70))[0], hip + bn * 24 + up * 6, hip + mid * -20 if fold > 60 else limb.upper(0.1, -18), limb.upper(0.4, -20), limb.upper(0.72, -10)])
        s.shadow(np.vstack([edge, [limb.upper(0.72, -90), limb.upper(0.3, -110), hip + bn * 120, spine((-110, -70))[0]]]))
    s.line(f, w=3.9, taper=(0, 0)).line(b, w=3.9, taper=(0, 0)).line(hem, w=3.8, taper=(0, 0))
    turn = d.curve(tag + "turn-up", [limb.upper(0.47, 60), limb.upper(0.515, 30), limb.upper(0.53, 0), limb.upper(0.505, -30), limb.upper(0.46, -60)], wobble=0.3)
    s.line(turn, w=3.0, taper=(0, 0), inside=True)
    if fold > 15:  # creases from the lap
        for k, (q, r) in enumerate(((26, 6), (34, -16))):
            s.line(d.curve(f"{tag}lap{k}", [pit - mid * 4, pit - mid * q * 0.6 + limb.u1 * r * 0.2, pit - mid * q + limb.u1 * r]), w=3.1, taper=(0, 0.8))
    return s


UPPER, FORE = 128, 112


def arm(d, tag, shoulder, row, far):
    up, flex, wrist = row
    limb = Limb(shoulder, up, UPPER, up + flex, FORE)
    w = 3.8
    fist(d, tag, limb, up + flex + wrist, far)
    o = d.curve(tag + "sleeve out", limb.outer(-1, [(-0.12, 26), (0.1, 34), (0.5, 33), (0.85, 31)], [(0.22, 32), (0.5, 31), (0.8, 28)], 33))
    i1, i2 = limb.inner(1, [(-0.1, 24), (0.1, 31), (0.45, 30)], [(0.45, 28), (0.8, 26)], 25)
    c1, c2 = d.curve(tag + "sleeve up", i1), d.curve(tag + "sleeve low", i2)
    s = d.part(tag + "sleeve", "jacket", [np.vstack([o, c2[::-1], c1[::-1], [limb.upper(-0.2, 8)]])])
    tone(d, s, far)
    pit = i1[-1]
    if not far:
        sh = limb.outer(-1, [(-0.1, 6), (0.2, 12), (0.6, 12)], [(0.3, 13), (0.6, 13), (1.0, 10)], 14)
        s.shadow(np.vstack([spline(sh), [limb.lower(1.0, -80), limb.b - limb.n2 * 90, limb.b - limb.n1 * 90, limb.upper(-0.3, -90)]]))
    seam = d.curve(tag + "seam", [o[0], limb.upper(-0.2, 8), c1[0]], wobble=0.2)
    s.line(o, w=w, taper=(0, 0)).line(c1, w=w, taper=(0, 0)).line(c2, w=w, taper=(0, 0)).line(seam, w=3.2, taper=(0, 0))
    for k, (v, reach) in enumerate(((-0.55, 24), (0.35, 34))):
        e = pit + (limb.b - pit) / np.linalg.norm(limb.b - pit) * reach + limb.u1 * v * 20
        s.line(d.curve(f"{tag}fold{k}", [pit, lerp(pit, e, 0.5) + limb.n1 * 3, e]), w=3.2, taper=(0, 0.8))
    # rib cuff
    a, b = limb.lower(0.76, 27), limb.lower(0.76, -29)
    cuff = d.curve(tag + "cuff top", [a, limb.lower(0.80, 10), limb.lower(0.80, -12), b], wobble=0.2)
    end = d.curve(tag + "cuff end", [limb.lower(0.97, 18), limb.lower(1.0, 8), limb.lower(1.0, -8), limb.lower(0.97, -19)], wobble=0.2)
    l = d.curve(tag + "cuff l", [a, limb.lower(0.87, 23), end[0]], wobble=0.2)
    r = d.curve(tag + "cuff r", [b, limb.lower(0.87, -25), end[-1]], wobble=0.2)
    c = d.part(tag + "cuff", "rib", [np.vstack([cuff, r, end[::-1], l[::-1]])])
    tone(d, c, far)
    for k in (cuff, l, r, end):
        c.line(k, w=3.6, taper=(0, 0))
    return limb


def fist(d, tag, limb, angle, far):
    """A loose fist. Local frame: x along the forearm, y to the thumb side (the front of the forearm)."""
    u = ray(angle)
    n = front(u)
    root = limb.c - u * 6

    def to(pts):
        p = A(pts)
        return root + p[:, :1] * u + p[:, 1:] * n

    back = d.curve(tag + "fist", to([(-6, 13), (8, 17), (22, 22), (40, 22), (50, 14), (52, 0), (48, -14), (36, -22), (18, -20), (4, -14), (-6, -13)]), wobble=0.4)
    h = d.part(tag + "fist", "skin", [back])
    tone(d, h, far)
    if not far:
        h.shadow(to(spline([(-10, -4), (14, -8), (34, -10), (60, -14), (60, -40), (-10, -40)], closed=True)))
    h.line(back, w=3.7, taper=(0, 0))
    # fingers: knuckle lines from the front; the thumb lies over them
    for k, y in enumerate((4, -7)):
        h.line(d.curve(f"{tag}finger{k}", to([(53, y), (44, y - 1), (34, y - 3)]), wobble=0.2), w=2.8, taper=(0, 0.6))
    thumb = d.curve(tag + "thumb", to([(12, 19), (24, 27), (38, 26), (46, 17), (42, 9), (30, 11), (22, 9)]), wobble=0.3)
    t = d.part(tag + "thumb", "skin", [thumb])
    tone(d, t, far)
    t.line(thumb, w=3.4, taper=(0.2, 0.5))


# ---------------------------------------------------------------- the body

class Frame:
    """A place with a turn: local points to the screen."""

    def __init__(self, origin, angle, scale=1.0):
        self.o, self.angle, self.s = np.asarray(origin, float), angle, scale

    def __call__(self, *pts):
        p = A(pts[0] if len(pts) == 1 and np.ndim(pts[0]) == 2 else pts)
        return rotate(p * self.s, self.angle) + self.o


def normals(m):
    t = np.gradient(m, axis=0)
    return np.stack([-t[:, 1], t[:, 0]], 1) / np.hypot(t[:, 0], t[:, 1])[:, None]


def ribbon(middle, widths):
    """Two edges along a middle line, with half-widths at even shares of it: (one edge, other edge, middle)."""
    m = spline(middle, step=4)
    w = np.interp(np.linspace(0, 1, len(m)), np.linspace(0, 1, len(widths)), widths)[:, None]
    return m + normals(m) * w, m - normals(m) * w, m


def thin(c, n=9):
    return c[np.linspace(0, len(c) - 1, n).round().astype(int)]


def wave(root, length, angle, phase, amp, turns, n=7, droop=0.0):
    """A tail in the wind: a travelling wave that grows from the root. angle: 180 = straight back."""
    s = np.linspace(0, 1, n)
    off = amp * s ** 0.9 * np.sin(2 * math.pi * (turns * s - phase))
    p = np.stack([s * length, off + droop * s * s], 1)
    return rotate(p, angle) + root


def scarf_tail(d, tag, root, length, angle, phase, amp, turns, width):
    m = wave(root, length, angle, phase, amp, turns, 9)
    up0, low0, mid = ribbon(m, [width * 0.5, width * 0.8, width, width * 1.05, width * 1.1])
    up, low = d.curve(tag + " up", thin(up0)), d.curve(tag + " low", thin(low0))
    drift = mid[-1] - mid[-4]
    end = d.curve(tag + " end", [up[-1], lerp(up[-1], low[-1], 0.5) + drift * 0.3, low[-1]], wobble=0.3)
    p = d.part(tag, "scarf", [np.vstack([up, end, low[::-1]])])
    # shadow on the lower edge, wider where the wave dips
    edge = lerp(up0, low0, 0.62 + 0.2 * np.sin(2 * math.pi * (turns * np.linspace(0, 1, len(up0)) - phase + 0.2))[:, None])
    p.shadow(np.vstack([edge, [edge[-1] + drift * 3], (low0 + (low0 - up0) * 0.5)[::-1]]))
    p.line(up, w=3.8, taper=(0, 0)).line(low, w=3.8, taper=(0, 0)).line(end, w=3.6, taper=(0, 0))
    for k, q in enumerate((0.82, 0.90)):
        c = d.curve(f"{tag} stripe{k}", [at(up0, q), lerp(at(up0, q), at(low0, q), 0.5) + drift * 0.2, at(low0, q)], wobble=0.2)
        p.line(c, w=3.0, taper=(0, 0), inside=True)
    return p


def ponytail(d, f, phase):
    root = f((-84, -58))[0]
    m = wave(root, 210, 180 + f.angle - 16, phase, 34, 0.75, 8, droop=-46)
    up, low, mid = ribbon(m, [15, 33, 40, 35, 24, 8])
    n = normals(mid)
    if np.dot(up[len(up) // 2] - mid[len(mid) // 2], (0, -1)) < 0:
        up, low, n = low, up, -n
    else:
        n = n
    e, nrm = mid[-1], (up[-1] - low[-1]) / np.linalg.norm(up[-1] - low[-1])
    ahead = (mid[-1] - mid[-8]) / np.linalg.norm(mid[-1] - mid[-8])
    tips = [e + ahead * 34, e + ahead * 4 - nrm * 24, e - ahead * 32 - nrm * 42]
    dents = [e - ahead * 2 - nrm * 8, e - ahead * 28 - nrm * 24]
    c_up = d.curve("tail up", np.vstack([thin(up[:-8]), tips[:1]]))
    c_low = d.curve("tail low", np.vstack([thin(low[:int(len(low) * 0.72)]), tips[2:]]))
    z = []
    for k, (a, b) in enumerate(((tips[0], dents[0]), (dents[0], tips[1]), (tips[1], dents[1]), (dents[1], tips[2]))):
        z.append(d.curve(f"tail z{k}", [a, lerp(a, b, 0.5) + nrm * 3, b], wobble=0.2))
    p = d.part("hair tail", "hair", [np.vstack([c_up] + z + [c_low[::-1]])])
    edge = lerp(mid, low, 0.2)
    p.shadow(np.vstack([edge[:-6], [tips[1] - nrm * 4], [tips[2] - nrm * 60], (low + (low - up) * 0.6)[::-1]]))
    p.line(c_up, w=4, taper=(0, 0.25)).line(c_low, w=4, taper=(0, 0.25))
    for k, c in enumerate(z):
        p.line(c, w=3.6, taper=(0.25, 0.1) if k % 2 == 0 else (0.1, 0.25))
    for k, (o, a, b) in enumerate(((0.45, 0.1, 0.75), (-0.1, 0.25, 0.85))):
        p.line(cut(lerp(mid, up if o > 0 else low, abs(o)), a, b), w=3, taper=(0.4, 0.6), inside=True, name=f"strand{k}")
    return p


def head(d, f):
    jaw_pts = [(62, -30), (66, -8), (62, 12), (66, 30), (61, 50), (47, 71), (32, 83), (18, 82), (-10, 68), (-34, 46), (-44, 18)]
    jaw = d.curve("jaw", f(jaw_pts), wobble=0.3)
    face = d.part("face", "skin", [join(jaw, f([(-44, 18), (-30, -60), (40, -70), (62, -30)]))])
    face.shadow([d.curve("jaw shade", f([(-60, 14), (-34, 26), (-20, 46), (4, 66), (30, 78), (40, 96), (-50, 96)]), closed=True, wobble=0.2),
                 f(np.vstack([corners([(80, -34), (64, 2), (50, -24), (32, -3), (20, -22), (0, -2), (-8, -18), (-28, 6), (-32, 24)], -0.05),
                              [(-70, 20), (-70, -90), (80, -90)]]))])
    face.line(jaw, w=3.9, taper=(0, 0))
    ear = d.curve("ear", f([(-34, 4), (-46, -4), (-58, 2), (-61, 15), (-54, 32), (-42, 38), (-34, 32)]), wobble=0.2)
    e = d.part("ear", "skin", [ear])
    e.shadow(f(spline([(-70, -10), (-52, 4), (-46, 14), (-50, 26), (-40, 34), (-30, 50), (-80, 40)], closed=True)), w=2.2)
    e.line(ear, w=3.6, taper=(0, 0))
    e.line(d.curve("ear in", f([(-54, 10), (-46, 5), (-42, 14), (-47, 22)]), wobble=0.1), w=2.6, taper=(0.3, 0.5))
    eye(d, f, "near", (5, 20), 1.0)
    eye(d, f, "far", (47.5, 19), 0.6)
    loose = d.loose("features")
    loose.line(d.curve("nose", f([(55, 37), (59, 43), (54, 45)]), wobble=0), w=2.8, taper=(0.5, 0.5))
    loose.line(d.curve("brow n", f([(-18, -8), (0, -17), (19, -12)]), wobble=0.2), w=4.6, taper=(0.6, 0.2))
    loose.line(d.curve("brow f", f([(41, -12), (50, -17), (60, -11)]), wobble=0.2), w=4.4, taper=(0.2, 0.6))
    mouth(d, f)


def corners(points, bow=0.06):
    """A line through corners whose sides bow a little."""
    p = A(points)
    out = []
    for a, b in zip(p, p[1:]):
        side = b - a
        out.append(spline([a, (a + b) / 2 + np.array([side[1], -side[0]]) * bow, b], step=3)[:-1])
    return np.vstack(out + [p[-1:]])


def eye(d, f, tag, c, squeeze):
    """An eye seen from the side of the near cheek. The far one is the same, squeezed by the turn of the head."""
    def to(pts):
        return f(A(pts) * (squeeze, 1) + c)

    top = spline([(-21, 5), (-16, -7), (-5, -16), (8, -17), (18, -7)], step=1.5)
    bottom = spline([(18, -7), (17, 8), (10, 17), (-5, 18), (-15, 13), (-21, 5)], step=1.5)
    white = d.part(tag + " white", "eye white", [to(np.vstack([top, bottom]))])
    ring = spline(to(ellipse(1.5, -1.5, 12.5, 18.5, 0)), closed=True, step=1.5)
    iris = d.part(tag + " iris", "iris", [ring], within=white)
    iris.shadow(to(spline([(-20, -2), (2, 3), (24, -2), (24, -34), (-20, -34)], closed=True)), w=2.0)
    iris.line(ring, w=2.2, taper=(0, 0), tip=2.2, within=white, name="ring", swell=0)
    iris.blot(spline(to(ellipse(1.5, 0, 4.6, 8)), closed=True, step=1.5), within=white)
    g = spline(f(A(ellipse(-4.2 * squeeze, -6.5, 4.6 * (0.5 + squeeze / 2), 5.6, n=10)) + c), closed=True, step=1.5)
    d.part(tag + " glint", "glint", [g], within=white).line(g, w=1.8, taper=(0, 0), tip=1.8, within=white, swell=0)
    over = d.loose(tag + " lids")
    n = len(top)
    lift = 1.0 + 5.6 * np.sin(np.linspace(0.7, 3.05, n)) ** 0.8
    over.blot(to(np.vstack([top + (0, 1.0), (top - np.stack([np.zeros(n), lift], 1))[::-1]])))
    over.line(to(top), w=2.4, taper=(0, 0), tip=2.4, swell=0)
    over.blot(to([(-19, 6), (-24, 5), (-30, 4), (-24, -3), (-17, -12), (-12, -13)]))
    over.line(to(cut(bottom, 0.30, 0.80)), w=2.8, taper=(0.35, 0.35))
    for a, b in ((0, 0.36), (0.7, 1)):
        over.line(to(cut(bottom, a, b)), w=1.8, tip=1.8, taper=(0, 0), swell=0)


def mouth(d, f):
    top = spline(f([(18, 53), (30, 56), (41, 55), (50, 50)]))
    low = spline(f([(50, 50), (49, 60), (42, 68), (32, 69), (23, 63), (18, 53)]))
    m = d.part("mouth", "mouth", [join(top, low)])
    m.highlight(spline(f([(16, 68), (30, 61), (42, 61), (56, 66), (50, 84), (20, 84)]), closed=True), w=2.0)
    m.line(top, w=3.2, taper=(0.15, 0.1)).line(low, w=3.0, taper=(0, 0))


CAP = [(70, -34), (71, -62), (54, -94), (16, -113), (-30, -111), (-70, -89), (-95, -50), (-98, -6), (-88, 32), (-66, 60)]
NAPE = [(-66, 60), (-62, 46), (-66, 30), (-66, 12), (-58, -4), (-46, -8)]
FRINGE = [[(70, -34), (73, -18), (66, -4)], [(66, -4), (63, -22), (53, -42)], [(53, -42), (52, -26), (36, -13)], [(36, -13), (32, -28), (24, -42)],
          [(24, -42), (18, -24), (-2, -12)], [(-2, -12), (-1, -26), (-6, -38)], [(-6, -38), (-13, -16), (-31, 2)], [(-31, 2), (-29, -8), (-30, -16)],
          [(-30, -16), (-30, 14), (-40, 40), (-56, 60)], [(-56, 60), (-50, 38), (-49, 14), (-46, -8)]]


def hair_front(d, f, sway):
    w = 4.0

    def blown(p):  # the tips lag behind the head
        p = A(p)
        return f(p + np.outer(np.clip((p[:, 1] + 30) / 90, 0, 1), (sway, 0)))

    top = d.curve("cap", f(CAP))
    low = d.curve("nape", f(NAPE), wobble=0.3)
    edge = [d.curve(f"fringe{k}", blown(z), wobble=0.2) for k, z in enumerate(FRINGE)]
    c = d.part("hair cap", "hair", [np.vstack([top, low, np.vstack(edge)[::-1]])])
    hair_tones(d, c, f)
    c.line(top, w=w, taper=(0, 0)).line(low, w=3.6, taper=(0, 0))
    for k, r in enumerate(edge):
        c.line(r, w=3.6, taper=(0.3, 0.1) if k % 2 else (0.1, 0.3), name=f"fringe{k}")
    for k, s in enumerate(([(22, -86), (-20, -92), (-64, -74)], [(-8, -64), (-40, -70), (-76, -60)], [(-60, 26), (-74, 0), (-82, -42)], [(-50, -22), (-66, -34), (-78, -50)])):
        c.line(d.curve(f"crown{k}", f(s)), w=3.0, taper=(0.6, 0.5))
    for k, s in enumerate(([(52, -36), (47, -58), (36, -76)], [(23, -34), (18, -58), (8, -74)], [(-6, -32), (-10, -48), (-18, -60)])):
        c.line(d.curve(f"part{k}", f(s)), w=3.0, taper=(0, 0.7))
    t = d.curve("tie", f([(-76, -78), (-94, -74), (-104, -58), (-98, -40), (-84, -40), (-76, -56)]), closed=True, wobble=0.3)
    p = d.part("tie", "scarf", [t])
    p.shadow(f([(-110, -52), (-90, -50), (-70, -58), (-70, -30), (-110, -30)]))
    p.line(t, w=3.6, taper=(0, 0))


def hair_tones(d, c, f):
    c.shadow(d.curve("hair shade", f([(-46, 80), (-44, 20), (-54, -6), (-76, -30), (-100, -40), (-130, 20), (-80, 90)]), closed=True, wobble=0.3))
    c.highlight(f(corners([(63, -58), (50, -76), (28, -87), (0, -90), (-24, -86), (-12, -80), (-16, -70), (4, -79), (10, -68), (24, -77), (32, -64), (42, -70), (52, -54),
                           (56, -62), (63, -58)])), w=2.4)


# ---------------------------------------------------------------- a drawing

def figure(name, u):
    """Natsu at u drawings into the cycle (0 = A0001)."""
    d = Drawing(name, MODEL)
    rise, lean, twist, hips, tilt = body_row(u)
    phase = u / 6
    pelvis = np.array([900.0, 622.0 + rise])
    spine = Frame(pelvis, lean)           # local: y up the spine is negative
    neck = spine((4, -232))[0]
    near_sh = spine((-14 - twist, -192))[0]
    far_sh = spine((34 + twist, -196))[0]
    near_hip = pelvis + (-2 + hips, 6)
    far_hip = pelvis + (14 - hips, 0)
    hd = Frame(neck + rotate([(14, -99)], lean * 0.5)[0], lean * 0.35 + tilt, 1.1)

    back = 180 + 3 * math.sin(2 * math.pi * phase)
    nape = neck + (-26, 14)
    scarf_tail(d, "scarf b", nape + (0, 8), 230, back + 10, phase + 0.12, 24, 0.8, 24)
    scarf_tail(d, "scarf a", nape + (-4, -4), 300, back - 4, phase, 30, 0.9, 27)
    ponytail(d, hd, phase + 0.3)
    arm(d, "fa ", far_sh, table(ARM, u + 3), True)
    legs = table(LEG, u + 3)
    flimb = leg(d, "fl ", far_hip, legs, True)
    shorts(d, "fl ", spine, far_hip, flimb, True)
    nlimb = leg(d, "nl ", near_hip, table(LEG, u), False)
    shorts(d, "nl ", spine, near_hip, nlimb, False)
    torso(d, spine, near_sh)
    arm(d, "na ", near_sh, table(ARM, u), False)
    nl, nr = d.curve("neck back", hd((-72, 20), (-62, 56), (-54, 100))), hd((40, 20), (40, 100))
    d.part("neck", "skin", [join(nl, nr[::-1])]).shadow(hd((-80, 0), (-80, 110), (60, 110), (60, 0))).line(nl, w=3.7, taper=(0, 0))
    wrap(d, spine, neck)
    head(d, hd)
    hair_front(d, hd, 4 * math.sin(2 * math.pi * (phase + 0.1)))
    return d.finish()


def torso(d, f, near_sh):
    w = 3.9
    back = d.curve("back", f((-20, -240), (-54, -216), (-68, -170), (-66, -120), (-58, -80), (-66, -44)))
    chest = d.curve("chest", f((26, -238), (52, -214), (66, -176), (68, -130), (60, -84), (64, -46)))
    hem = d.curve("jacket hem", f((-66, -44), (-30, -34), (20, -34), (64, -46)), wobble=0.3)
    t = d.part("jacket", "jacket", [join(back, hem, chest[::-1])])
    t.shadow(d.curve("jacket shade", f((-90, -250), (-40, -220), (-22, -170), (-26, -110), (-8, -80), (10, -60), (24, -20), (-90, -20)), closed=True))
    t.line(back, w=w, taper=(0, 0)).line(chest, w=w, taper=(0, 0))
    zipper = d.curve("zip", f((44, -226), (52, -180), (50, -120), (40, -70), (42, -40)))
    t.line(zipper, w=3.2, taper=(0, 0))
    pocket = d.curve("pocket", f((20, -104), (30, -88), (32, -66)))
    t.line(pocket, w=3.2, taper=(0.1, 0.1))
    for k, s in enumerate((((-58, -82), (-34, -76), (-14, -80)), ((60, -86), (50, -80), (46, -76)), ((-56, -100), (-36, -102), (-24, -108)))):
        t.line(d.curve(f"waist{k}", f(*s)), w=3.1, taper=(0, 0.8))
    low = d.curve("rib low", f((-62, -22), (-28, -12), (20, -12), (60, -24)), wobble=0.3)
    l, r = f((-66, -44), (-62, -22)), f((64, -46), (60, -24))
    rib = d.part("hem rib", "rib", [np.vstack([hem, spline(r), low[::-1], spline(l)[::-1]])])
    rib.shadow(f((-90, -60), (-6, -44), (4, 0), (-90, 0)))
    rib.line(hem, w=3.6, taper=(0, 0)).line(low, w=3.7, taper=(0, 0)).line(spline(l), w=3.7, taper=(0, 0)).line(spline(r), w=3.7, taper=(0, 0))


def wrap(d, f, neck):
    g = Frame(neck, f.angle)
    lower = d.curve("wrap low", g((-52, -14), (-50, 16), (-24, 34), (14, 36), (48, 22), (62, -6), (56, -28)))
    upper = d.curve("wrap up", g((56, -28), (30, -38), (-10, -40), (-40, -32), (-52, -14)))
    p = d.part("wrap", "scarf", [join(lower, upper)])
    p.shadow(d.curve("wrap shade", g((-70, -10), (-30, 4), (16, 8), (50, -4), (70, -20), (60, -60), (-70, -60)), closed=True))
    p.line(lower, w=3.9, taper=(0, 0)).line(upper, w=3.8, taper=(0, 0))
    for k, s in enumerate((((-50, 2), (-20, 18), (18, 16), (40, 8)), ((60, -10), (40, 4), (24, 6)))):
        p.line(d.curve(f"wrap fold{k}", g(*s)), w=3.1, taper=(0, 0.7))


# ---------------------------------------------------------------- the cut

def between(name, a, b, t):
    return figure(name, a + ((b - a) % 6) * t)


CELS = [
    dict(name="A", model=MODEL, refs=["A0001", "A0003"], keys={"A0001": 0, "A0003": 2, "A0005": 4},
         gaps=[("A0001", "A0003", [0.5]), ("A0003", "A0005", [0.5]), ("A0005", "A0001", [0.5])], draw=between,
         sheet=[(f"A000{k % 6 + 1}", 2) for k in range(24)]),
]


def background():
    return scenery_run.field()
