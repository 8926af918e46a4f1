# SPDX-License-Identifier: Apache-2.0
"""The cut `wave`: Sora, half figure, waves: the forearm swings about the elbow, the hair and the head follow."""

import numpy as np

import scenery
from ink import A, Drawing, Model, at, cut, ellipse, join, lerp, mirror, rotate, spline
from rig import EyeDesign, Head, eye, lock_shade, mouth, nose, pointed

ID, TITLE, FPS, FRAMES = "c002", "Sora waves", 24, 60

MODEL = (Model("Sora")
         .add("skin", "#FDDDC4", "#A394BF").add("skin", "#EBAE8F", "#7D6CA6", role="shadow").add("skin", "#F9B9A6", "#99799F", role="highlight")
         .add("hair", "#35617C", "#3B3F78").add("hair", "#24445F", "#2A2B5C", role="shadow").add("hair", "#79BBC2", "#6F86BE", role="highlight")
         .add("hoodie", "#F2865C", "#85537F").add("hoodie", "#C95B45", "#633C70", role="shadow")
         .add("rib", "#FBD9A0", "#9A81A2").add("rib", "#DDA873", "#775F90", role="shadow")
         .add("shirt", "#F8F6F1", "#A3A7D0").add("shirt", "#C9D2E4", "#7B82B4", role="shadow")
         .add("band", "#F4C542", "#94789A").add("band", "#CF9630", "#705884", role="shadow")
         .add("eye white", "#FDFBF9", "#B2B3D9").add("eye white", "#CDD1E1", "#8487BA", role="shadow")
         .add("iris", "#C9803A", "#7D6488").add("iris", "#7E4226", "#4E3A66", role="shadow").add("iris", "#F4CF7E", "#B098A8", role="highlight")
         .add("glint", "#FEFEFD", "#E3E5F9").add("glint", "#FEFFFE", "#E5E7FB", role="highlight")
         .add("mouth", "#A53F42", "#5A2E60").add("teeth", "#FCFCFB", "#B5B5DB").add("tongue", "#EC8985", "#88588C"))

# upper: the upper arm's angle below the horizontal; fore: the forearm's from the vertical (to the right); hand: the wrist's.
POSES = {
    "out": dict(upper=22, fore=52, hand=-3, tilt=5, turn=9, nod=1, cx=905, cy=300, sway=-5, lean=3, dip=0),
    "in": dict(upper=33, fore=-10, hand=3, tilt=-3, turn=5, nod=3, cx=889, cy=305, sway=4, lean=-2, dip=4),
}


def pose(a, b, t):
    return {k: (1 - t) * POSES[a][k] + t * POSES[b][k] for k in POSES[a]}


def head_of(p):
    return Head(p["cx"], p["cy"], p["tilt"], p["turn"], p["nod"], scale=0.80)


DESIGN = EyeDesign(x=100, y=86, size=0.98, iris=(39, 54), brow=((-46, -64), (-12, -76), (28, -76), (64, -58)), brow_w=7)


def cel_a(name, p):
    d = Drawing(name, MODEL, pen=0.92)
    h = head_of(p)
    ponytail(d, p, h)
    torso(d, p, h)
    face(d, p, h)
    hair(d, p, h)
    arm(d, p)
    for side in (-1, 1):
        eye(d, h, side, "open", DESIGN)
    mouth(d, h, "laugh", y=205, size=0.86)
    return d.finish()


# ---------------------------------------------------------------- hair

def sway(p, pts, factor=1.0, root=(-190, -190), start=40, reach=330):
    q = A(pts)
    w = np.clip((np.hypot(q[:, 0] - root[0], q[:, 1] - root[1]) - start) / reach, 0, 1.4) ** 1.3
    a = np.radians(p["sway"] * factor * w)
    c, s = np.cos(a), np.sin(a)
    dq = q - root
    return np.stack([c * dq[:, 0] - s * dq[:, 1], s * dq[:, 0] + c * dq[:, 1]], 1) + root


def hang(p, pts, factor=1.0):
    """Side locks: only what hangs below the ears swings."""
    q = A(pts)
    w = np.clip((q[:, 1] - 20) / 260, 0, 1.4) ** 1.4
    a = np.radians(p["sway"] * factor * w)
    c, s = np.cos(a), np.sin(a)
    dq = q - (0, -70)
    return np.stack([c * dq[:, 0] - s * dq[:, 1], s * dq[:, 0] + c * dq[:, 1] - 70], 1)


def ponytail(d, p, h):
    to = lambda pts: h.map(sway(p, pts, 1.6), -90)
    edges = [
        d.curve("tail top", to([(-160, -226), (-232, -284), (-322, -268), (-384, -160), (-398, -20), (-384, 96), (-420, 214)])),
        d.curve("tail notch 1", to([(-420, 214), (-374, 178), (-346, 128)])),
        d.curve("tail tip 2", to([(-346, 128), (-344, 180), (-352, 234)])),
        d.curve("tail notch 2", to([(-352, 234), (-322, 176), (-312, 96)])),
        d.curve("tail tip 3", to([(-312, 96), (-306, 132), (-300, 170)])),
        d.curve("tail in", to([(-300, 170), (-292, 80), (-266, 0), (-220, -80), (-150, -140)])),
    ]
    t = d.part("tail", "hair", [np.vstack(edges)])
    t.shadow([d.curve("tail shade 1", to([(-280, 200), (-300, 60), (-300, -60), (-262, -140), (-120, -180), (-120, -60), (-220, 60)]), closed=True),
              d.curve("tail shade 2", to([(-352, 250), (-356, 160), (-352, 60), (-330, -20), (-320, 60), (-320, 140), (-330, 200)]), closed=True)])
    t.highlight(to(pointed([(-372, -130), (-340, -176), (-306, -196), (-316, -170), (-334, -152), (-340, -122), (-354, -134), (-366, -98)])))
    for k, e in enumerate(edges):
        t.line(e, w=4.4, taper=((0, 0.12), (0.2, 0), (0.1, 0.2), (0.1, 0), (0, 0.2), (0.1, 0))[k])
    t.line(d.curve("tail strand", to([(-352, 128), (-348, 30), (-326, -70), (-280, -150)])), w=3.2, taper=(0.0, 0.7))
    t.line(d.curve("tail strand 2", to([(-312, 96), (-314, 10), (-296, -80)])), w=3.2, taper=(0.0, 0.8))


FRINGE = [  # back to front; the tips lean away from the parting
    ("f R3", A([(120, -220), (172, -130), (188, -40), (206, 84)]), A([(150, -226), (204, -130), (212, -30), (214, 30), (206, 84)])),
    ("f R2", A([(10, -170), (64, -92), (110, -20), (164, 72)]), A([(60, -238), (152, -170), (188, -70), (182, 10), (164, 72)])),
    ("f L2", A([(20, -236), (-170, -190), (-220, -60), (-208, 96)]), A([(-80, -170), (-140, -90), (-164, 0), (-208, 96)])),
    ("f R1", A([(60, -236), (4, -150), (22, -50), (90, 52)]), A([(80, -236), (102, -150), (112, -60), (108, 0), (90, 52)])),
    ("f L1", A([(40, -238), (-110, -170), (-160, -60), (-146, 66)]), A([(60, -236), (-40, -140), (-78, -30), (-146, 66)])),
    ("f W", A([(0, -110), (-8, -40), (2, 34)]), A([(44, -110), (34, -40), (2, 34)])),
    ("f M", A([(56, -238), (-44, -160), (-82, -50), (-58, 46)]), A([(66, -236), (20, -150), (22, -60), (-58, 46)])),
]


def locks_of(d, p, h):
    return [(n, d.curve(n + " l", h.skull(hang(p, l, 0.5))), d.curve(n + " r", h.skull(hang(p, r, 0.5)))) for n, l, r in FRINGE]


def hair(d, p, h):
    for side, s in (("L", -1), ("R", 1)):
        outer = [(s * 266, 20), (s * 264, 90), (s * 246, 160), (s * 200, 236)]
        inner = [(s * 176, -60), (s * 186, 30), (s * 180, 110), (s * 200, 236)]
        o = d.curve("side outer " + side, h.map(hang(p, outer), [0, 10, 24, 40]))
        i = d.curve("side inner " + side, h.map(hang(p, inner), [80, 80, 66, 40]))
        part = d.part("hair side " + side, "hair", [np.vstack([o, i[::-1], h.map([(s * 150, -120), (s * 240, -120)])])])
        shade = [(-140, 20), (-196, 70), (-214, 120), (-208, 180), (-200, 240), (-140, 200)] if s < 0 else \
            [(300, 40), (262, 60), (234, 100), (220, 160), (204, 240), (270, 240)]
        part.shadow(d.curve("side shade " + side, h.map(hang(p, shade), 40), closed=True))
        part.line(o, w=4.4, taper=(0, 0.3)).line(i, w=4.2, taper=(0.1, 0.3))
    cap = [(-266, 20), (-270, -56), (-250, -148), (-194, -226), (-104, -276), (-4, -292), (100, -278), (188, -228), (248, -148), (269, -56), (266, 20)]
    top = d.curve("cap", h.map(cap, 0))
    low = np.vstack([h.map([(266, 20)]), h.skull([(200, -70), (100, -90), (0, -90), (-100, -90), (-200, -70)]), h.map([(-266, 20)])])
    c = d.part("hair cap", "hair", [join(top, low)])
    c.line(top, w=4.6, taper=(0, 0))
    for name, l, r in locks_of(d, p, h):
        part = d.part("hair " + name, "hair", [join(l, r)])
        part.shadow(lock_shade(l, r, 0.42, 0.5))
        part.line(cut(l, 0.24, 1), w=4.2, taper=(0.6, 0.2)).line(cut(r, 0.0 if name == "f M" else 0.24, 1), w=4.2, taper=(0.6, 0.2))
    shine = d.over("shine", "hair", ["hair cap", "hair f *"])
    shine.highlight([h.skull(pointed([(-214, -84), (-196, -124), (-150, -160), (-96, -184), (-40, -192), (-60, -166), (-88, -172), (-104, -138),
                                      (-126, -158), (-148, -112), (-166, -134), (-184, -86), (-196, -104)])),
                     h.skull(pointed([(90, -188), (134, -172), (166, -142), (160, -112), (146, -136), (132, -114), (120, -154), (106, -142)]))])
    for k, strand in enumerate(([(10, -272), (-60, -258), (-120, -226)], [(96, -262), (140, -236), (176, -190)])):
        shine.line(d.curve(f"crown {k}", h.skull(strand)), w=3.2, taper=(0.5, 0.6))
    # The band that holds the ponytail, seen behind the crown.
    o = d.curve("band", h.map(A([(-214, -216), (-196, -246), (-168, -258), (-158, -244), (-176, -222), (-194, -198), (-206, -196)]), -40), closed=True)
    b = d.part("band", "band", [o])
    b.shadow(d.curve("band shade", h.map(A([(-220, -196), (-180, -222), (-150, -240), (-150, -200), (-200, -180)]), -40), closed=True))
    b.line(o, w=4, taper=(0, 0))


# ---------------------------------------------------------------- head and body

def face(d, p, h):
    half = [(206, -40), (206, 40), (196, 116), (164, 180), (106, 236), (42, 268), (0, 275)]
    zs = np.array([20, 30, 45, 70, 100, 125, 132.0])
    jaw = d.curve("jaw", h.map(np.vstack([mirror(half), A(half)[::-1][1:]]), np.concatenate([zs, zs[::-1][1:]])))
    f = d.part("face", "skin", [join(jaw, h.map([(206, -40), (0, -200), (-206, -40)], 20))])
    off = h.map([(10, 22)]) - h.map([(0, 0)])
    cast = [join(l, r) + off for _, l, r in locks_of(d, p, h)]
    cast.append(h.skull([(-240, -100), (-160, -20), (0, -10), (160, -20), (240, -100), (0, -220)]))
    f.shadow(cast)
    for s in (-1, 1):
        f.highlight(d.curve(f"blush {s}", h.face(ellipse(s * 134, 162, 26, 11, s * -6)), closed=True), w=2.4)
    f.line(jaw, w=4.4, taper=(0, 0))
    nose(f, d, h)


def torso(d, p, h):
    bx, by = 896 + p["lean"], 566 + p["dip"]

    def to(pts):
        return rotate(A(pts) + (bx, by), p["lean"] * 0.5, (bx, by + 520))

    # Hood, behind the neck.
    hood = d.curve("hood", to([(-128, 44), (-142, 2), (-104, -30), (-40, -22), (40, -22), (104, -30), (142, 2), (128, 44)]))
    hp = d.part("hood", "hoodie", [hood])
    hp.shadow(d.curve("hood shade", to([(-100, 60), (-84, 0), (-40, -14), (40, -14), (96, -6), (150, -40), (160, 60)]), closed=True))
    hp.line(hood, w=4.2, taper=(0, 0))
    # Neck.
    top = h.map([(-56, 190), (56, 190)], -10)
    nl = d.curve("neck L", np.vstack([top[:1], to([(-46, -24), (-52, 8), (-80, 40)])]))
    nr = d.curve("neck R", np.vstack([top[1:], to([(46, -24), (52, 8), (80, 40)])]))
    neck = d.part("neck", "skin", [join(nl, to([(-80, 40), (0, 110), (80, 40)]), nr[::-1])])
    neck.shadow(d.curve("chin cast", h.map([(-120, 180), (-90, 270), (-30, 318), (40, 318), (110, 280), (130, 180), (0, 120)], 30), closed=True))
    neck.line(nl, w=4, taper=(0, 0)).line(nr, w=4, taper=(0, 0))
    # Shirt.
    line = d.curve("neckline", to([(-93, 20), (-76, 38), (-48, 62), (0, 77), (48, 62), (76, 38), (93, 20)]))
    shirt = d.part("shirt", "shirt", [join(line, to([(110, 100), (110, 560), (-110, 560), (-110, 100)]))])
    shirt.shadow(d.curve("shirt shade", to([(20, 60), (34, 160), (46, 300), (40, 560), (130, 560), (130, 40)]), closed=True))
    shirt.line(line, w=3.8, taper=(0, 0))
    rim = d.curve("neckline 2", to([(-96, 32), (-56, 79), (0, 97), (56, 79), (96, 32)]))
    shirt.line(rim, w=2.8, taper=(0, 0))
    star = d.curve("star", to(A([(0.0, -1), (0.235, -0.32), (0.95, -0.31), (0.38, 0.12), (0.59, 0.81), (0, 0.4), (-0.59, 0.81), (-0.38, 0.12), (-0.95, -0.31),
                                 (-0.235, -0.32)]) * 40 + (2, 196)), closed=True, wobble=0.4)
    d.part("star", "band", [star]).line(star, w=3.4, taper=(0, 0))
    # Hoodie: body halves, the hanging arm behind them.
    ao = d.curve("arm outer", to([(-150, 46), (-200, 82), (-230, 160), (-248, 280), (-262, 420), (-268, 560)]))
    ai = d.curve("arm inner", to([(-160, 200), (-176, 300), (-186, 420), (-190, 560)]))
    for side, s in (("L", -1), ("R", 1)):
        m = lambda pts: to(A(pts) * (s, 1))
        shoulder = d.curve(f"shoulder {side}", m([(92, 18), (120, 30), (150, 46), (190, 74)]))
        flank = d.curve(f"flank {side}", m([(166, 196), (160, 290), (160, 380), (172, 470), (180, 560)]))
        front = d.curve(f"front {side}", m([(92, 18), (84, 90), (66, 190), (60, 330), (64, 560)]))
        c = d.part(f"body {side}", "hoodie", [np.vstack([front[::-1], shoulder, m([(196, 130)]), flank])])
        if s > 0:
            c.shadow(d.curve("body shade R", m([(220, 200), (164, 216), (134, 290), (122, 400), (124, 560), (220, 560)]), closed=True))
        else:
            c.shadow(d.curve("body shade L", m([(200, 200), (160, 240), (146, 300), (148, 400), (152, 560), (220, 560)]), closed=True))
        c.line(front, w=4.2, taper=(0, 0)).line(shoulder, w=4.4, taper=(0, 0)).line(flank, w=4.2, taper=(0.1, 0))
        c.line(d.curve(f"zip {side}", m([(110, 26), (100, 92), (82, 192), (76, 330), (80, 560)])), w=3, taper=(0, 0), inside=True)
        c.line(d.curve(f"pocket {side}", m([(92, 440), (126, 420), (146, 560)])), w=3.4, taper=(0, 0), inside=True)
        c.line(d.curve(f"body fold {side}", m([(158, 210), (134, 232), (118, 262)])), w=3.2, taper=(0.2, 0.7))
    seam = d.curve("arm L seam", to([(-150, 46), (-168, 110), (-168, 160), (-160, 200)]))
    left = d.part("arm L", "hoodie", [np.vstack([ao, ai[::-1], seam[::-1]])])
    left.shadow(d.curve("arm L shade", to([(-150, 150), (-196, 210), (-206, 320), (-222, 440), (-222, 570), (-150, 570)]), closed=True))
    left.line(ao, w=4.4, taper=(0, 0)).line(ai, w=4.2, taper=(0, 0))
    left.line(seam, w=3.4, taper=(0.3, 0))
    left.line(d.curve("arm L fold", to([(-190, 330), (-214, 346), (-240, 344)])), w=3.2, taper=(0, 0.7))
    left.line(d.curve("arm L fold 2", to([(-187, 366), (-204, 376), (-222, 378)])), w=3, taper=(0, 0.7))
    # Drawstrings.
    for side, s in (("L", -1), ("R", 1)):
        m = lambda pts: to(A(pts) * (s, 1))
        o = d.curve(f"string {side}", m([(88, 86), (98, 150), (96, 214), (104, 214), (108, 150), (98, 84)]), closed=True)
        d.part(f"string {side}", "rib", [o]).line(o, w=3, taper=(0, 0))


# ---------------------------------------------------------------- the waving arm

def arm(d, p):
    bx, by = 896 + p["lean"], 566 + p["dip"]
    to = lambda pts: rotate(A(pts) + (bx, by), p["lean"] * 0.5, (bx, by + 520))
    s = to([(172, 104)])[0]
    a, b = np.radians(p["upper"]), np.radians(p["fore"])
    u = np.array([np.cos(a), np.sin(a)])       # along the upper arm
    n = np.array([np.sin(a), -np.cos(a)])      # its upper side
    f = np.array([np.sin(b), -np.cos(b)])      # along the forearm
    r = np.array([np.cos(b), np.sin(b)])       # its right side
    e = s + u * 205                            # elbow
    w = e + f * 190                            # wrist
    corner = (u - f) / np.linalg.norm(u - f)
    hand(d, w + f * 14, p["fore"] + p["hand"])
    # The inner side of the elbow: where the two sleeves' upper edges cross, and a crease from there inward.
    inward = (f - u) / np.linalg.norm(f - u)
    half = np.arccos(np.clip(np.dot(-u, f), -1, 1)) / 2
    reach = min(48 / np.sin(half), 104)
    crease, fold = e + inward * reach, e + inward * 16
    along, up = 205 - reach * np.cos(half), reach * np.cos(half)
    top = d.curve("sleeve top", np.vstack([to([(150, 46)]), [s + u * 0.2 * along + n * 63, s + u * 0.62 * along + n * 56, crease]]))
    inner = d.curve("sleeve inner", [crease, e + f * (up + (190 - up) * 0.45) - r * 50, w - r * 44])
    under = d.curve("sleeve under", np.vstack([to([(164, 204)]), [s + u * 80 - n * 64, s + u * 150 - n * 55, e - n * 47 - u * 14, e + corner * 54,
                                                                  e + r * 50 - f * 4, e + f * 80 + r * 57, e + f * 140 + r * 52, w + r * 44]]))
    cuff_end = d.curve("sleeve end", [w - r * 44, w - f * 4, w + r * 44])
    part = d.part("sleeve", "hoodie", [np.vstack([top, inner, cuff_end, under[::-1], to([(120, 150), (120, 60)])])])
    part.shadow([d.curve("sleeve shade", np.vstack([to([(176, 204)]), [s + u * 50 - n * 44, s + u * 80 - n * 30, s + u * 150 - n * 22, e - n * 12 - u * 8, e + r * 16 + f * 24,
                                                                       e + f * 100 + r * 22, w + r * 16 + f * 20, w + r * 90, e + corner * 110,
                                                                       s + u * 90 - n * 120]]), closed=True)])
    part.line(under, w=4.5, taper=(0.05, 0)).line(top, w=4.5, taper=(0.02, 0)).line(inner, w=4.4, taper=(0, 0))
    part.line(d.curve("crease", [crease - inward * 1, lerp(crease, fold, 0.5) + n * 3, fold]), w=4, taper=(0, 0.7))
    part.line(d.curve("elbow fold 1", [lerp(crease, fold, 0.75), e + u * 16 + n * 2, e + u * 26 - n * 16]), w=3.4, taper=(0, 0.7))
    part.line(d.curve("elbow fold 2", [crease - inward * 20 - u * 22, e - u * 32 - n * 2, e - u * 26 - n * 22]), w=3.2, taper=(0.3, 0.7))
    part.line(d.curve("wrist fold", [w + r * 46 - f * 26, w + r * 18 - f * 34, w - r * 8 - f * 28]), w=3.2, taper=(0, 0.7))
    part.line(d.curve("seam", to([(150, 48), (169, 96), (172, 150), (163, 205)])), w=3.2, taper=(0.2, 0.2))
    # Ribbed cuff.
    lo, hi = d.curve("cuff low", [w - r * 45, w - f * 5, w + r * 45]), d.curve("cuff high", [w - r * 39 + f * 30, w + f * 25, w + r * 39 + f * 30])
    sl, sr = d.curve("cuff l", [w - r * 45, w - r * 47 + f * 14, w - r * 39 + f * 30]), d.curve("cuff r", [w + r * 45, w + r * 47 + f * 14, w + r * 39 + f * 30])
    cuff = d.part("cuff", "rib", [join(lo, sr, hi[::-1], sl[::-1])])
    cuff.shadow(d.curve("cuff shade", [w + r * 14 - f * 20, w + r * 12 + f * 50, w + r * 80 + f * 50, w + r * 80 - f * 20], closed=True))
    for c in (lo, hi, sl, sr):
        cuff.line(c, w=3.8, taper=(0, 0))
    for k in (-24, -8, 8, 24):
        cuff.line(d.curve(f"rib {k}", [w + r * k * 1.12 + f * 1, w + r * k + f * 20]), w=2.4, taper=(0.2, 0.5))


def hand(d, wrist, degrees):
    """An open hand seen from the palm, thumb toward the head."""
    to = lambda pts: rotate(A(pts) * 1.04, degrees) + wrist
    pieces = [
        ("thumb out", [(-27, 24), (-30, -6), (-42, -38), (-62, -66), (-82, -92), (-92, -112), (-86, -122), (-74, -116), (-60, -98), (-46, -84)]),
        ("index", [(-46, -84), (-48, -112), (-54, -150), (-55, -176), (-46, -188), (-35, -180), (-30, -152), (-22, -116)]),
        ("middle", [(-22, -116), (-23, -158), (-22, -192), (-12, -206), (-1, -196), (2, -160), (3, -116)]),
        ("ring", [(3, -116), (12, -152), (18, -180), (29, -191), (38, -180), (36, -150), (27, -108)]),
        ("little", [(27, -108), (40, -132), (51, -153), (62, -160), (68, -150), (63, -124), (52, -92), (46, -58), (36, -20), (28, 24)]),
    ]
    curves = [d.curve("hand " + n, to(pts), wobble=0.4) for n, pts in pieces]
    part = d.part("hand", "skin", [np.vstack(curves)])
    part.shadow([d.curve("hand shade", to([(34, 30), (30, -10), (36, -50), (42, -84), (52, -112), (58, -150), (90, -150), (80, 30)]), closed=True),
                 d.curve("wrist shade", to([(-50, 40), (-40, 2), (0, 8), (40, 2), (60, 40)]), closed=True)])
    for (n, _), c in zip(pieces, curves):
        part.line(c, w=4, taper=(0.0 if n == "thumb out" else 0.12, 0.0 if n == "little" else 0.12), tip=2)
    part.line(d.curve("thenar", to([(-44, -84), (-26, -70), (-14, -42), (-14, -16)])), w=3, taper=(0.1, 0.7))
    part.line(d.curve("palm line", to([(36, -82), (18, -90), (-2, -88)])), w=2.6, taper=(0.4, 0.6))


# ---------------------------------------------------------------- the cut

CELS = [
    dict(name="A", model=MODEL, refs=["A0001"],
         keys={"A0001": "out", "A0007": "in"},
         gaps=[("A0001", "A0007", [0.07, 0.25, 0.5, 0.75, 0.93])],
         draw=lambda name, a, b, t: cel_a(name, pose(a, b, t)),
         sheet=[("A0001", 4), *[(f"A000{k}", 2) for k in (2, 3, 4, 5, 6)], ("A0007", 4), *[(f"A000{k}", 2) for k in (6, 5, 4, 3, 2)],
                ("A0001", 4), *[(f"A000{k}", 2) for k in (2, 3, 4, 5, 6)], ("A0007", 4), *[(f"A000{k}", 2) for k in (6, 5, 4, 3, 2)], ("A0001", 4)]),
]


def background():
    return scenery.seaside()
