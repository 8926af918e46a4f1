# SPDX-License-Identifier: Apache-2.0
"""The cut `smile`: Hana, bust-up. Her head tilts through three keys, she blinks, and smiles."""

import math

import numpy as np

from ink import A, Drawing, Model, at, cut, ellipse, join, lerp, mirror, rotate, spline
import scenery
from rig import EyeDesign, Head, eye, lock_shade, mouth, nose, pointed

ID, TITLE, FPS, FRAMES = "c001", "Hana smiles", 24, 66

MODEL = (Model("Hana")
         .add("skin", "#FFE3CF", "#A99BC4").add("skin", "#F2B9A0", "#8474AE", role="shadow").add("skin", "#FBC4B4", "#A085B6", role="highlight")
         .add("hair", "#A9624A", "#5B4470").add("hair", "#7C4039", "#42305E", role="shadow").add("hair", "#DE9A72", "#8668A0", role="highlight")
         .add("hair back", "#6B3734", "#392A55")
         .add("blouse", "#FBF7EE", "#A6A9D2").add("blouse", "#CFD3E4", "#7F84B6", role="shadow")
         .add("cardigan", "#F3CE78", "#8C82A6").add("cardigan", "#D89E58", "#6A6190", role="shadow")
         .add("ribbon", "#E0606C", "#7C4A86").add("ribbon", "#B23F56", "#5E3773", role="shadow")
         .add("flower", "#FFD9E2", "#B79CCB").add("flower", "#F2A2B8", "#957BB3", role="shadow").add("flower heart", "#F7B733", "#A0849A"))
EYES = (Model("Hana eyes")
        .add("eye white", "#FDFBF8", "#B4B4DA").add("eye white", "#CBD0E2", "#8588BC", role="shadow")
        .add("iris", "#5FA88C", "#5F7FAE").add("iris", "#2F6A66", "#3A4F86", role="shadow").add("iris", "#B9E3B0", "#8FB0D0", role="highlight")
        .add("glint", "#FEFEFE", "#E4E6FA").add("glint", "#FFFFFE", "#E6E8FC", role="highlight"))
MOUTH = (Model("Hana mouth")
         .add("mouth", "#A63D45", "#5C2F62").add("teeth", "#FDFCFA", "#B6B7DC").add("tongue", "#EE8A86", "#8A5A8E"))

# ---------------------------------------------------------------- poses

# The hair hangs toward the ground (against the tilt), lags while the head moves, swings past and settles.
POSES = {
    "1": dict(cx=836, cy=398, tilt=-10, turn=-11, nod=5, sway=5.5, curl=0, lean=-6, rise=0),
    "5": dict(cx=884, cy=416, tilt=1, turn=-1, nod=9, sway=9, curl=6, lean=0, rise=5),
    "9": dict(cx=940, cy=394, tilt=12, turn=11, nod=1, sway=-1, curl=5, lean=7, rise=-3),
    "swing": dict(cx=940, cy=394, tilt=12, turn=11, nod=1, sway=-11.5, curl=-6, lean=7, rise=-3),
    "rest": dict(cx=940, cy=394, tilt=12, turn=11, nod=1, sway=-7, curl=0, lean=7, rise=-3),
}


def pose(a, b, t):
    return {k: (1 - t) * POSES[a][k] + t * POSES[b][k] for k in POSES[a]}


def head_of(p):
    return Head(p["cx"], p["cy"], p["tilt"], p["turn"], p["nod"], scale=1.06)


# ---------------------------------------------------------------- cel A: head, hair, body

def lock(left, right):
    """A lock of hair: its two edges, both from the root to the tip."""
    return A(left), A(right)


FRINGE = [  # back to front; the roots gather at the parting, the tips lean away from it
    ("f L2", lock([(-110, -214), (-200, -130), (-216, -30), (-192, 92)], [(-128, -120), (-142, -50), (-152, 10), (-192, 92)])),
    ("f R4", lock([(146, -116), (164, -50), (178, 14), (206, 100)], [(110, -222), (192, -130), (206, -20), (210, 40), (206, 100)])),
    ("f R3", lock([(66, -150), (90, -80), (112, -10), (174, 74)], [(60, -236), (150, -160), (186, -60), (186, 10), (174, 74)])),
    ("f R2", lock([(-6, -150), (-2, -80), (22, -10), (100, 58)], [(16, -234), (92, -160), (112, -70), (112, 0), (100, 58)])),
    ("f L1", lock([(-76, -222), (-138, -130), (-152, -40), (-138, 62)], [(-40, -222), (-54, -120), (-66, -30), (-138, 62)])),
    ("f W", lock([(4, -120), (8, -40), (38, 40)], [(40, -120), (38, -40), (38, 40)])),
    ("f R1", lock([(-46, -228), (-76, -120), (-70, -30), (-12, 54)], [(-18, -228), (10, -140), (20, -60), (14, 0), (-12, 54)])),
]


def sway(p, pts, factor=1.0, curl=0.0):
    """Hanging hair swings about a point high in the head; nothing above the ears moves."""
    q = A(pts)
    w = np.clip((q[:, 1] - 20) / 290, 0, 1.4) ** 1.4
    a = np.radians((p["sway"] * factor + p["curl"] * curl) * w)
    c, s = np.cos(a), np.sin(a)
    d = q - (0, -70)
    return np.stack([c * d[:, 0] - s * d[:, 1], s * d[:, 0] + c * d[:, 1] - 70], 1)


def cel_a(name, p):
    d = Drawing(name, MODEL)
    h = head_of(p)
    # Back hair: a bob with pointed locks.
    back = [[(-244, -60), (-282, 60), (-294, 170), (-282, 262), (-222, 352)], [(-222, 352), (-218, 336), (-212, 316)],
            [(-212, 316), (-190, 356), (-146, 388)], [(-146, 388), (-140, 366), (-128, 340)],
            [(-128, 340), (-92, 376)]]
    sides = []
    for side, flip in (("L", A), ("R", mirror)):
        pieces = [h.map(sway(p, flip(piece)), -60) for piece in back]
        pieces[-1] = np.vstack([pieces[-1], [(886 + p["lean"], 860)]])  # the last lock ends behind the shoulders
        sides.append([d.curve(f"back {side}{k}", piece) for k, piece in enumerate(pieces)])
    outline = np.vstack(sides[0] + [c[::-1] for c in sides[1][::-1]])
    b = d.part("hair back", "hair back", [outline])
    for curves in sides:
        for k, c in enumerate(curves):
            b.line(c, w=4.2, taper=((0.0, 0.25), (0.25, 0.0), (0.0, 0.25), (0.25, 0.0), (0, 0))[k], name=f"back {k}")

    body(d, p, h)
    face(d, p, h)
    front_hair(d, p, h)
    return d.finish()


def body(d, p, h):
    bx, by = 886 + p["lean"], 782 + p["rise"]

    def to(pts):  # the shoulders lean a little with the head
        return rotate(A(pts) + (bx, by), p["lean"] * 0.18, (bx, by + 500))

    # Neck.
    top = h.map([(-60, 190), (60, 190)], -10)
    nl = d.curve("neck L", np.vstack([top[:1], lerp(top[:1], to([(-62, -20)]), 0.6) + (3, 0), to([(-66, -18), (-84, 12), (-140, 36)])]))
    nr = d.curve("neck R", np.vstack([top[1:], lerp(top[1:], to([(62, -20)]), 0.6) - (3, 0), to([(66, -18), (84, 12), (140, 36)])]))
    neck = d.part("neck", "skin", [join(nl, to([(-140, 36), (0, 150), (140, 36)]), nr[::-1])])
    cast = np.vstack([h.map([(-120, 180), (-96, 262), (-40, 312), (30, 318), (92, 280), (124, 180), (0, 120)], 30)])
    neck.shadow(d.curve("chin cast", cast, closed=True))
    neck.line(nl, w=4, taper=(0, 0)).line(nr, w=4, taper=(0, 0))

    # Blouse.
    blouse = d.part("blouse", "blouse", [to([(-130, 30), (-70, 40), (0, 84), (70, 40), (130, 30), (170, 330), (-170, 330)])])
    blouse.shadow(d.curve("blouse shade", to([(18, 100), (44, 150), (58, 220), (60, 340), (140, 340), (140, 60), (60, 70)]), closed=True))
    blouse.line(d.curve("placket", to([(3, 110), (5, 180), (4, 330)])), w=3.2, taper=(0, 0))
    for k in range(2):
        blouse.line(d.curve(f"button {k}", to(ellipse(18, 190 + 74 * k, 6, 6.5, n=8)), closed=True, wobble=0.2), w=2.6, taper=(0, 0))

    # Cardigan: shoulders and sleeves, off the lower edge of the picture.
    for side, s in (("L", -1), ("R", 1)):
        m = lambda pts: to(A(pts) * (s, 1))
        outer = d.curve(f"shoulder {side}", m([(92, 12), (146, 38), (218, 66), (270, 106), (300, 176), (318, 330)]))
        inner = d.curve(f"front {side}", m([(92, 12), (112, 80), (104, 170), (80, 330)]))
        c = d.part(f"cardigan {side}", "cardigan", [join(outer, inner)])
        body_shade = m([(228, 196), (244, 262), (240, 345), (150, 345), (176, 270), (206, 226)])
        arm_shade = m([(236, 150), (250, 230), (252, 345), (232, 345), (226, 240)]) if s < 0 else \
            m([(320, 120), (290, 190), (284, 260), (290, 345), (340, 345)])
        c.shadow([d.curve(f"body shade {side}", body_shade, closed=True), d.curve(f"arm shade {side}", arm_shade, closed=True)])
        c.line(outer, w=4.4, taper=(0, 0)).line(inner, w=4.2, taper=(0, 0))
        c.line(d.curve(f"band {side}", m([(122, 24), (142, 88), (134, 176), (112, 330)])), w=3.2, taper=(0, 0), inside=True)
        c.line(d.curve(f"armpit {side}", m([(232, 168), (226, 232), (224, 330)])), w=3.8, taper=(0.5, 0))
        c.line(d.curve(f"fold {side}", m([(236, 190), (256, 206), (276, 204)])), w=3.2, taper=(0.2, 0.7))
        c.line(d.curve(f"fold 2 {side}", m([(222, 150), (206, 176), (196, 206)])), w=3.0, taper=(0.3, 0.7))

    # Round collar and bow.
    for side, s in (("L", -1), ("R", 1)):
        m = lambda pts: to(A(pts) * (s, 1))
        upper = d.curve(f"collar in {side}", m([(90, 0), (62, 34), (30, 60), (0, 76)]))
        lower = d.curve(f"collar out {side}", m([(90, 0), (132, 30), (140, 74), (104, 112), (52, 116), (14, 100), (0, 76)]))
        c = d.part(f"collar {side}", "blouse", [join(upper, lower)])
        c.shadow(d.curve(f"collar shade {side}", m([(98, -6), (70, 46), (30, 76), (0, 92), (-20, 60), (60, -10)] if s < 0 else
                                                   [(98, -6), (76, 52), (34, 84), (0, 100), (-20, 60), (60, -10)]), closed=True))
        c.line(lower, w=4, taper=(0, 0)).line(upper, w=3.8, taper=(0, 0))
    for side, s in (("L", -1), ("R", 1)):
        m = lambda pts: to(A(pts) * (s, 1) + (0, 92))
        tail = d.curve(f"tail {side}", m([(2, 0), (22, 34), (44, 78)])), d.curve(f"tail end {side}", m([(44, 78), (26, 80), (10, 92)])), \
            d.curve(f"tail in {side}", m([(10, 92), (4, 50), (-4, 4)]))
        t = d.part(f"tail {side}", "ribbon", [join(*tail)])
        t.shadow(d.curve(f"tail shade {side}", m([(-10, 0), (40, 10), (34, 34), (10, 30), (-10, 36)]), closed=True))
        for c in tail:
            t.line(c, w=3.8, taper=(0, 0))
        loop = d.curve(f"loop {side}", m([(6, -8), (34, -34), (70, -36), (78, -6), (70, 28), (36, 22), (6, 8)]))
        r = d.part(f"loop {side}", "ribbon", [loop])
        r.shadow(d.curve(f"loop shade {side}", m([(84, 2), (60, 8), (30, 4), (0, 0), (10, 40), (80, 44)]), closed=True))
        r.line(loop, w=4, taper=(0, 0))
        r.line(d.curve(f"loop fold {side}", m([(12, 0), (30, -4), (46, -12)])), w=3, taper=(0, 0.8))
    knot = d.curve("knot", to(A([(-14, -12), (0, -16), (14, -12), (16, 2), (12, 14), (0, 16), (-12, 14), (-16, 2)]) + (0, 92)), closed=True)
    d.part("knot", "ribbon", [knot]).line(knot, w=4, taper=(0, 0))


def locks_of(d, p, h):
    return [(name, d.curve(name + " l", h.skull(sway(p, left, 0.5, 0.3))), d.curve(name + " r", h.skull(sway(p, right, 0.5, 0.3))))
            for name, (left, right) in FRINGE]


def face(d, p, h):
    half = [(207, -40), (207, 40), (197, 118), (167, 182), (110, 238), (44, 271), (0, 278)]
    zs = np.array([20, 30, 45, 70, 100, 125, 132.0])
    pts = np.vstack([mirror(half), A(half)[::-1][1:]])
    z = np.concatenate([zs, zs[::-1][1:]])
    jaw = d.curve("jaw", h.map(pts, z))
    f = d.part("face", "skin", [join(jaw, h.map([(207, -40), (0, -200), (-207, -40)], 20))])
    # The fringe throws its own shape on the forehead, down and to the right.
    off = h.map([(9, 22)]) - h.map([(0, 0)])
    cast = [join(l, r) + off for _, l, r in locks_of(d, p, h)]
    cast.append(h.skull([(-240, -100), (-160, -20), (0, -10), (160, -20), (240, -100), (0, -220)]))
    f.shadow(cast)
    for s in (-1, 1):
        f.highlight(d.curve(f"blush {s}", h.face(ellipse(s * 132, 164, 28, 12, s * -6)), closed=True), w=2.4)
    f.line(jaw, w=4.4, taper=(0, 0))
    nose(f, d, h)


def front_hair(d, p, h):
    # Long side locks in front of the ears, from the end of the cap's outline.
    sides = {
        "L": ([(-268, 20), (-267, 110), (-257, 200), (-234, 280), (-186, 344)], [(-176, -60), (-180, 50), (-174, 140), (-176, 240), (-186, 344)]),
        "R": ([(268, 20), (267, 112), (257, 196), (240, 270), (204, 334)], [(176, -60), (182, 50), (178, 140), (188, 238), (204, 334)]),
    }
    for side, (outer, inner) in sides.items():
        s = -1 if side == "L" else 1
        o = d.curve("side outer " + side, h.map(sway(p, outer, 1.05, 0.3), [0, 8, 18, 26, 36]))
        i = d.curve("side inner " + side, h.map(sway(p, inner, 1.05, 0.3), [70, 70, 66, 50, 36]))
        part = d.part("hair side " + side, "hair", [np.vstack([o, i[::-1], h.map([(s * 150, -120), (s * 240, -120)])])])
        if s < 0:
            shade = [(-150, 20), (-188, 64), (-208, 110), (-214, 180), (-206, 260), (-186, 350), (-140, 300), (-140, 0)]
        else:
            shade = [(300, 40), (264, 62), (234, 120), (220, 190), (212, 260), (204, 340), (280, 330), (330, 150)]
        part.shadow(d.curve("side shade " + side, h.map(sway(p, shade, 1.05, 0.3), 36), closed=True))
        part.line(o, w=4.4, taper=(0, 0.3)).line(i, w=4.2, taper=(0.1, 0.3))
        strand = [(s * 232, 70), (s * 236, 160), (s * 224, 240), (s * 200, 312)]
        part.line(d.curve(f"strand {side}", h.map(sway(p, strand, 1.05, 0.3), 40)), w=3.2, taper=(0.6, 0.4), inside=True)
    # A curl that stands up from the crown.
    l, r = d.curve("curl l", h.map([(-2, -270), (-8, -306), (14, -334), (52, -330)])), d.curve("curl r", h.map([(30, -270), (14, -296), (22, -316), (52, -330)]))
    d.part("hair curl", "hair", [join(l, r)]).line(l, w=4, taper=(0, 0.4)).line(r, w=4, taper=(0, 0.4))
    # The cap over the skull.
    cap = [(-268, 20), (-271, -56), (-250, -148), (-192, -226), (-104, -274), (-6, -290), (98, -277), (188, -228), (248, -148), (271, -56), (268, 20)]
    top = d.curve("cap", h.map(cap, 0))
    low = np.vstack([h.map([(268, 20)]), h.skull([(200, -60), (100, -90), (0, -90), (-100, -90), (-200, -60)]), h.map([(-268, 20)])])
    c = d.part("hair cap", "hair", [join(top, low)])
    c.line(top, w=4.6, taper=(0, 0))
    for name, l, r in locks_of(d, p, h):
        part = d.part("hair " + name, "hair", [join(l, r)])
        part.shadow(lock_shade(l, r, 0.38, 0.5))
        part.line(cut(l, 0.0 if name == "f R1" else 0.22, 1), w=4.2, taper=(0.6, 0.2)).line(cut(r, 0.22, 1), w=4.2, taper=(0.6, 0.2))
    for k, strand in enumerate(([(-62, -262), (-120, -226), (-160, -176)], [(60, -258), (128, -226), (172, -180)], [(-6, -272), (26, -246), (44, -216)])):
        c.line(d.curve(f"crown {k}", h.skull(strand)), w=3.2, taper=(0.5, 0.6))
    shine = d.over("shine", "hair", ["hair cap", "hair f *"])
    ring = [(-206, -92), (-190, -124), (-150, -150), (-100, -170), (-62, -178), (-70, -150), (-82, -162), (-100, -128), (-116, -148), (-134, -112),
            (-150, -130), (-168, -96), (-180, -112)]
    ring2 = [(-36, -180), (20, -182), (80, -172), (132, -154), (170, -128), (160, -100), (146, -128), (128, -106),
             (108, -142), (80, -122), (56, -156), (30, -130), (4, -160), (-16, -138)]
    shine.highlight([h.skull(pointed(ring)), h.skull(pointed(ring2))])
    flower(d, h)


def flower(d, h):
    c = A([(-196, -62)])
    for k in range(5):
        a = -90 + 72 * k
        petal = rotate(A([(0, 6), (14, -8), (21, -28), (8, -42), (0, -37), (-8, -42), (-21, -28), (-14, -8)]) * 1.2, a + 90)
        o = d.curve(f"petal {k}", h.skull(petal + c[0]), closed=True, wobble=0.3)
        part = d.part(f"petal {k}", "flower", [o])
        part.shadow(d.curve(f"petal shade {k}", h.skull(rotate(ellipse(0, 0, 14, 24, n=10), a + 90) + c[0]), closed=True, wobble=0), w=2.2)
        part.line(o, w=3.2, taper=(0, 0))
    o = d.curve("flower heart", h.skull(ellipse(*c[0], 12, 12, n=10)), closed=True, wobble=0.2)
    d.part("flower heart", "flower heart", [o]).line(o, w=3.2, taper=(0, 0))


# ---------------------------------------------------------------- cels B and C

DESIGN = EyeDesign()


def cel_b(name, p, state):
    d = Drawing(name, EYES)
    h = head_of(p)
    for side in (-1, 1):
        eye(d, h, side, state, DESIGN, brow_lift={"smile": 9, "glad": 5, "half": -2, "closed": -4}.get(state, 0))
    return d.finish()


def cel_c(name, p, state, smile=0.0):
    d = Drawing(name, MOUTH)
    mouth(d, head_of(p), state, smile)
    return d.finish()


# ---------------------------------------------------------------- the cut

TILT = "ease-in-out"
SWING = [0.28, 0.62, 0.88]

CELS = [
    dict(name="A", model=MODEL, refs=["A0001", "A0009"],
         keys={"A0001": "1", "A0005": "5", "A0009": "9", "A0011": "swing", "A0013": "rest"},
         gaps=[("A0001", "A0005", TILT), ("A0005", "A0009", SWING), ("A0009", "A0011", [0.6]), ("A0011", "A0013", "halves")],
         draw=lambda name, a, b, t: cel_a(name, pose(a, b, t)),
         sheet=[("A0001", 10), ("A0002", 2), ("A0003", 2), ("A0004", 2), ("A0005", 14), ("A0006", 2), ("A0007", 2), ("A0008", 2), ("A0009", 3),
                ("A0010", 2), ("A0011", 3), ("A0012", 3), ("A0013", 19)]),
    dict(name="B", model=EYES, refs=["B0001", "B0006"],
         keys={"B0001": ("1", "open"), "B0005": ("5", "open"), "B0006": ("5", "half"), "B0007": ("5", "closed"), "B0011": ("9", "open"),
               "B0012": ("9", "glad"), "B0013": ("9", "smile")},
         gaps=[("B0001", "B0005", TILT), ("B0005", "B0011", SWING, 8)],
         draw=lambda name, a, b, t: cel_b(name, pose(a[0], b[0], t), a[1]),
         sheet=[("B0001", 10), ("B0002", 2), ("B0003", 2), ("B0004", 2), ("B0005", 2), ("B0006", 2), ("B0007", 3), ("B0006", 2), ("B0005", 5),
                ("B0008", 2), ("B0009", 2), ("B0010", 2), ("B0011", 4), ("B0012", 2), ("B0013", 24)]),
    dict(name="C", model=MOUTH, refs=["C0011"],
         keys={"C0001": ("1", "line", 0.0), "C0005": ("5", "line", 0.0), "C0009": ("9", "line", 1.0), "C0010": ("9", "mid", 0), "C0011": ("9", "laugh", 0)},
         gaps=[("C0001", "C0005", TILT), ("C0005", "C0009", SWING)],
         draw=lambda name, a, b, t: cel_c(name, pose(a[0], b[0], t), a[1], (1 - t) * a[2] + t * b[2]),
         sheet=[("C0001", 10), ("C0002", 2), ("C0003", 2), ("C0004", 2), ("C0005", 14), ("C0006", 2), ("C0007", 2), ("C0008", 2), ("C0009", 5),
                ("C0010", 2), ("C0011", 23)]),
]


def background():
    return scenery.garden()
