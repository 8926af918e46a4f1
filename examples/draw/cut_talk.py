# SPDX-License-Identifier: Apache-2.0
"""The cut `talk`: Mio, bust-up, in a room at dusk. She speaks, is glad, is surprised, laughs; she blinks and glances.

The head is one drawing (cel A). Eyes and mouth are an expression sheet, `face/mio.toml`: drawings of the eyes (cel B) and
of the mouth (cel C) that the program mixes along `face/track.toml`.
"""

import os

import numpy as np

import ink
import rig
from ink import A, Drawing, Model, at, cut, ellipse, join, lerp, mirror, rotate, spline
from rig import EyeDesign, Head, eye, lock_shade, nose, pointed
import scenery_talk
import voice

ID, TITLE, FPS = "c004", "Mio talks", 24

MODEL = (Model("Mio")
         .add("skin", "#FFE6D4", "#AFA0C8").add("skin", "#F0B8A4", "#8878B0", role="shadow").add("skin", "#FCC8BA", "#A58BBC", role="highlight")
         .add("hair", "#46507C", "#333A66").add("hair", "#2F3560", "#23284E", role="shadow").add("hair", "#7C8CC4", "#5A66A4", role="highlight")
         .add("hair back", "#272C52", "#1C2044")
         .add("blouse", "#FAF8F4", "#A9ACD4").add("blouse", "#CBD0E6", "#8287BA", role="shadow")
         .add("collar", "#3B5B8C", "#2C3F78").add("collar", "#29436E", "#20305E", role="shadow")
         .add("stripe", "#F6F4F0", "#A6A9D2")
         .add("scarf", "#D8484E", "#7A3A6C").add("scarf", "#A82F42", "#5A2A58", role="shadow")
         .add("band", "#E8A23C", "#8A6A80").add("band", "#C07C2C", "#6A4E70", role="shadow"))
EYES = (Model("Mio eyes")
        .add("eye white", "#FDFBF8", "#B8B8DE").add("eye white", "#C9CEE2", "#898CC0", role="shadow")
        .add("iris", "#B06A9E", "#7A5A9E").add("iris", "#6E3A76", "#4A346E", role="shadow").add("iris", "#F0B4C0", "#A88ABC", role="highlight")
        .add("glint", "#FEFEFE", "#E6E8FA").add("glint", "#FFFFFE", "#E8EAFC", role="highlight")
        .add("sweat", "#D6EEF8", "#9AB0DC").add("sweat", "#A2D2EA", "#7C94CC", role="shadow"))
MOUTH = (Model("Mio mouth")
         .add("mouth", "#9E3A46", "#5A2F62").add("teeth", "#FDFCFA", "#B6B7DC").add("tongue", "#EC8688", "#8A5A8E"))

HEAD = Head(960, 424, tilt=-3, turn=-7, nod=4, scale=1.08)

# ---------------------------------------------------------------- eyes and brows

T = [2, 8, 12, 13, 14, 10]
rig.EYES.update({
    "m neutral": dict(top=[(-52, 12), (-42, -14), (-14, -33), (20, -35), (46, -19), (60, 8)],
                      bottom=[(60, 8), (50, 31), (32, 51), (4, 58), (-24, 55), (-42, 37), (-52, 12)], thick=T, iris=(-1, 9), fold=-17),
    "m joy": dict(top=[(-51, 12), (-41, -13), (-13, -31), (21, -33), (46, -18), (59, 10)],
                  bottom=[(59, 10), (49, 30), (31, 43), (3, 46), (-24, 45), (-41, 34), (-51, 12)], thick=T, iris=(-1, 8), fold=-16),
    "m anger": dict(top=[(-52, 22), (-42, 2), (-14, -16), (20, -27), (46, -20), (60, 2)],
                    bottom=[(60, 2), (50, 27), (32, 44), (4, 51), (-24, 52), (-42, 42), (-52, 22)], thick=[3, 10, 14, 15, 15, 10], iris=(-2, 10), fold=-13),
    "m sorrow": dict(top=[(-51, 8), (-42, -15), (-15, -29), (18, -25), (45, -7), (59, 19)],
                     bottom=[(59, 19), (49, 37), (31, 53), (4, 59), (-24, 55), (-42, 36), (-51, 8)], thick=T, iris=(-3, 13), fold=-17),
    "m surprise": dict(top=[(-53, 8), (-44, -22), (-15, -45), (20, -48), (48, -29), (61, 4)],
                       bottom=[(61, 4), (52, 32), (33, 56), (4, 64), (-25, 61), (-44, 38), (-53, 8)], thick=T, iris=(-1, 8), fold=-11),
    "m shy": dict(top=[(-51, 16), (-41, -4), (-13, -20), (20, -21), (46, -7), (59, 16)],
                  bottom=[(59, 16), (49, 34), (31, 48), (3, 53), (-24, 51), (-42, 38), (-51, 16)], thick=T, iris=(-8, 17), fold=-17),
    "m doubt": dict(top=[(-52, 15), (-41, -3), (-13, -12), (21, -13), (47, -6), (60, 12)],
                    bottom=[(60, 12), (50, 32), (32, 48), (4, 54), (-24, 52), (-42, 38), (-52, 15)], thick=T, iris=(6, 13), fold=-15),
    "m half": dict(top=[(-52, 20), (-41, 4), (-11, -8), (23, -8), (48, 4), (60, 22)],
                   bottom=[(60, 22), (50, 39), (31, 54), (3, 59), (-24, 56), (-42, 41), (-52, 20)], thick=T, iris=(-1, 20), fold=-15),
})
rig.CLOSED.update({
    "m blink": dict(lid=[(-54, 28), (-30, 44), (2, 51), (34, 46), (61, 27)], thick=[2, 8, 11, 11, 4], fold=None),
    "m laugh": dict(lid=[(-56, 37), (-37, 10), (0, -6), (37, 7), (61, 37)], thick=[3, 10, 12, 12, 5], fold=None),
})
BROWS = {  # inner end to outer end, (left, right) or one for both
    "neutral": [(-48, -69), (-14, -81), (28, -81), (62, -64)],
    "joy": [(-46, -76), (-14, -93), (28, -93), (62, -73)],
    "laugh": [(-44, -86), (-12, -101), (28, -99), (60, -78)],
    "anger": [(-58, -42), (-22, -56), (26, -75), (62, -76)],
    "sorrow": [(-44, -95), (-12, -87), (28, -76), (60, -54)],
    "surprise": [(-46, -92), (-14, -109), (28, -109), (62, -88)],
    "shy": [(-44, -86), (-12, -85), (28, -78), (60, -58)],
    "doubt": ([(-54, -56), (-18, -67), (26, -73), (62, -64)], [(-47, -84), (-12, -104), (28, -103), (62, -82)]),
}
IRIS = {"surprise": (28, 42), "anger": (34, 50), "shy": (38, 54)}

# name: (eyes, brows, gaze); what the artist draws of the eyes
EYE_DRAWINGS = {
    "neutral": ("m neutral", "neutral", (0, 0)), "joy": ("m joy", "joy", (0, 0)), "laugh": ("m laugh", "laugh", (0, 0)),
    "anger": ("m anger", "anger", (0, 0)), "sorrow": ("m sorrow", "sorrow", (0, 0)), "surprise": ("m surprise", "surprise", (0, 0)),
    "shy": ("m shy", "shy", (0, 0)), "doubt": ("m doubt", "doubt", (0, 0)), "blink half": ("m half", "neutral", (0, 0)),
    "blink": ("m blink", "neutral", (0, 0)), "look left": ("m neutral", "neutral", (-15, 1)), "look right": ("m neutral", "neutral", (15, 1)),
}


def mix(a, b, t):
    return [tuple(p) for p in lerp(A(a), A(b), t)]


def eyes(name, other=None, t=0.0):
    """A drawing of the eyes; with `other`, the drawing at t between the two (for the truth of in-betweens)."""
    d = Drawing(f"B {name}", EYES)
    state, brows, gaze = EYE_DRAWINGS[name]
    size = IRIS.get(name, (38, 54))
    pair = BROWS[brows] if isinstance(BROWS[brows], tuple) else (BROWS[brows],) * 2
    if other:
        state2, brows2, gaze2 = EYE_DRAWINGS[other]
        pair2 = BROWS[brows2] if isinstance(BROWS[brows2], tuple) else (BROWS[brows2],) * 2
        pair = tuple(mix(p, q, t) for p, q in zip(pair, pair2))
        gaze = tuple(lerp(gaze, gaze2, t))
        size = tuple(lerp(size, IRIS.get(other, (38, 54)), t))
        a, b = rig.EYES[state], rig.EYES[state2]
        rig.EYES["between"] = dict(top=mix(a["top"], b["top"], t), bottom=mix(a["bottom"], b["bottom"], t),
                                   thick=list(lerp(a["thick"], b["thick"], t)), iris=tuple(lerp(a["iris"], b["iris"], t)),
                                   fold=float(lerp(a["fold"], b["fold"], t)))
        state = "between"
    for side, brow in zip((-1, 1), pair):
        eye(d, HEAD, side, state, EyeDesign(iris=size, brow=brow, brow_w=7.0), gaze=gaze)
    if name == "shy" and not other:
        for side in (-1, 1):
            part = d.loose(f"blush {side}")
            for k in range(3):
                x = side * 128 + 15 * (k - 1)
                part.line(d.curve(f"blush {side} {k}", HEAD.face([(x + 5, 158), (x, 166), (x - 5, 174)]), wobble=0.2), w=2.8, taper=(0.4, 0.4), tip=1.6)
    if name == "doubt" and not other:
        c = (-150, -8)
        drop = d.curve("sweat", HEAD.face(A([(0, -24), (9, -6), (12, 8), (7, 18), (0, 21), (-7, 18), (-12, 8), (-9, -6)]) + c), closed=True, wobble=0.2)
        part = d.part("sweat", "sweat", [drop])
        part.shadow(HEAD.face(spline(A([(-14, 10), (-4, 8), (4, 2), (10, -8), (20, 10), (0, 30)]) + c, closed=True, step=2)), w=2.2)
        part.line(drop, w=3.0, taper=(0, 0))
    return d.finish()


# ---------------------------------------------------------------- mouths

LINES = {  # closed mouths
    "neutral": [(-25, -2), (-14, 1), (0, 2), (14, 1), (25, -2)],
    "joy": [(-37, -9), (-21, 2), (0, 7), (21, 2), (37, -9)],
    "anger": [(-24, 6), (-13, -1), (0, -3), (13, -1), (24, 6)],
    "sorrow": [(-20, 5), (-11, 0), (0, -2), (11, 0), (20, 5)],
    "shy": [(-21, 0), (-11, 3), (0, -2), (11, 3), (21, 0)],
    "doubt": [(-25, 3), (-13, 3), (1, 1), (14, -3), (25, -8)],
    "n": [(-18, -1), (-10, 2), (0, 3), (10, 2), (18, -1)],
}
OPEN = {  # half width, depth, height of the corners, teeth, tongue
    "laugh": (56, 54, -10, 1, 1), "surprise": (19, 30, -6, 0, 1), "mid": (28, 18, -7, 1, 1), "open": (38, 38, -8, 1, 1),
    "a": (36, 44, -7, 1, 1), "i": (40, 13, -6, 1, 0), "u": (14, 14, -4, 0, 0), "e": (36, 25, -8, 1, 1), "o": (22, 31, -6, 0, 1),
}
TEETH = 6.0  # their edge is fixed to the skull: the same height in every mouth


def mouth(name, other=None, t=0.0):
    d = Drawing(f"C {name}", MOUTH)
    to = lambda p: HEAD.face(A(p) + (0, 205))
    if name in LINES:
        points = LINES[name] if not other else mix(LINES[name], LINES[other], t)
        part = d.loose("mouth")
        part.line(d.curve("lips", to(points), wobble=0.3), w=4.2, taper=(0.35, 0.35), tip=1.8, name="lips")
        part.line(d.curve("under lip", to([(-9, 23), (0, 25), (9, 23)]), wobble=0.1), w=2.6, taper=(0.4, 0.4), tip=1.6, name="under lip")
        return d.finish()
    spec = OPEN[name] if not other else tuple(lerp(OPEN[name], OPEN[other], t))
    w, depth, up, teeth, tongue = spec
    top = [(-w, up), (-w * 0.55, up * 0.35), (0, up * 0.1), (w * 0.55, up * 0.35), (w, up)]
    low = [(w, up), (w * 0.88, depth * 0.36), (w * 0.52, depth * 0.86), (0, depth), (-w * 0.52, depth * 0.86), (-w * 0.88, depth * 0.36), (-w, up)]
    ct, cl = d.curve("mouth top", to(top), wobble=0.3), d.curve("mouth low", to(low), wobble=0.4)
    part = d.part("mouth", "mouth", [join(ct, cl)])
    if teeth >= 0.5:
        edge = to(spline([(-w * 1.1, -16), (-w * 1.0, TEETH - 5), (-w * 0.4, TEETH), (0, TEETH + 1), (w * 0.4, TEETH), (w * 1.0, TEETH - 5), (w * 1.1, -16)], step=2))
        d.part("teeth", "teeth", [edge], within=part).line(edge, w=2.4, taper=(0, 0), within=part, name="teeth")
    if tongue >= 0.5:
        hump = to(spline([(-w * 0.95, depth + 8), (-w * 0.46, depth * 0.68), (-w * 0.15, depth * 0.58), (0, depth * 0.64), (w * 0.15, depth * 0.58),
                          (w * 0.46, depth * 0.68), (w * 0.95, depth + 8)], step=2))
        d.part("tongue", "tongue", [hump], within=part).line(hump, w=2.6, taper=(0, 0), within=part, name="tongue")
    over = d.over("lips", None, ["mouth"])
    over.line(ct, w=4.4, taper=(0.12, 0.12), tip=2.2, name="top").line(cl, w=4.0, taper=(0.15, 0.15), tip=2.2, name="low")
    if depth < 40:
        y = depth + 13
        over.line(d.curve("under lip", to([(-9, y), (0, y + 2), (9, y)]), wobble=0.1), w=2.6, taper=(0.4, 0.4), tip=1.6, name="under lip")
    return d.finish()


# ---------------------------------------------------------------- cel A: head, hair, body

def lock(left, right):
    return A(left), A(right)


FRINGE = [  # back to front; a straight fringe with a gap over the viewer's right eye
    ("f L2", lock([(-120, -208), (-204, -130), (-222, -30), (-204, 76)], [(-136, -120), (-150, -50), (-164, 10), (-204, 76)])),
    ("f R4", lock([(150, -116), (170, -50), (188, 14), (208, 84)], [(112, -218), (196, -130), (212, -20), (214, 40), (208, 84)])),
    ("f R3", lock([(70, -150), (106, -80), (138, -10), (182, 40)], [(64, -236), (156, -160), (194, -60), (196, 0), (182, 40)])),
    ("f L1", lock([(-84, -218), (-150, -130), (-170, -40), (-158, 40)], [(-44, -222), (-70, -120), (-92, -30), (-158, 40)])),
    ("f R2", lock([(10, -150), (36, -80), (62, -10), (112, 36)], [(28, -232), (104, -160), (130, -70), (132, -10), (112, 36)])),
    ("f M", lock([(-50, -228), (-96, -130), (-104, -40), (-80, 44)], [(-20, -228), (-24, -130), (-34, -40), (-80, 44)])),
    ("f R1", lock([(-26, -228), (-34, -120), (-28, -30), (20, 46)], [(4, -228), (48, -140), (60, -60), (52, 0), (20, 46)])),
]


def to_body(points):
    return A(points) + (958, 806)


def locks_of(d, h):
    return [(name, d.curve(name + " l", h.skull(l)), d.curve(name + " r", h.skull(r))) for name, (l, r) in FRINGE]


def back_hair(d, h):
    left = d.curve("back L", np.vstack([h.map([(-256, -60), (-286, 80), (-292, 210)], -60), [(640, 880), (610, 1000), (600, 1110)]]))
    right = d.curve("back R", np.vstack([h.map([(256, -60), (288, 80), (300, 210)], -60), [(1296, 860), (1330, 990), (1342, 1110)]]))
    b = d.part("hair back", "hair back", [np.vstack([left, right[::-1]])])
    b.line(left, w=4.2, taper=(0, 0)).line(right, w=4.2, taper=(0, 0))


def body(d, h):
    top = h.map([(-58, 190), (58, 190)], -10)
    nl = d.curve("neck L", np.vstack([top[:1], to_body([(-62, -60), (-66, -22), (-88, 10), (-150, 34)])]))
    nr = d.curve("neck R", np.vstack([top[1:], to_body([(62, -60), (66, -22), (88, 10), (150, 34)])]))
    neck = d.part("neck", "skin", [join(nl, to_body([(-150, 34), (-30, 190), (0, 200), (30, 190), (150, 34)]), nr[::-1])])
    cast = np.vstack([h.map([(-120, 180), (-98, 262), (-40, 318), (34, 322), (96, 278), (124, 180), (0, 120)], 30)])
    neck.shadow(d.curve("chin cast", cast, closed=True))
    neck.line(nl, w=4, taper=(0, 0)).line(nr, w=4, taper=(0, 0))
    for s in (-1, 1):
        neck.line(d.curve(f"bone {s}", to_body([(s * 18, 84), (s * 46, 68), (s * 84, 60)])), w=2.8, taper=(0.5, 0.6))
    # Blouse with sleeves, off the lower edge.
    for side, s in (("L", -1), ("R", 1)):
        m = lambda pts: to_body(A(pts) * (s, 1))
        outer = d.curve(f"shoulder {side}", m([(96, 10), (156, 34), (232, 64), (286, 112), (316, 190), (330, 330)]))
        blouse = d.part(f"blouse {side}", "blouse", [join(outer, m([(330, 330), (0, 330), (0, 196), (46, 163), (90, 90), (96, 10)]))])
        inner = m([(244, 170), (262, 240), (262, 345), (206, 345), (214, 260), (226, 210)]) if s < 0 else \
            m([(334, 130), (300, 190), (292, 262), (296, 345), (350, 345)])
        under = m([(0, 120), (60, 190), (130, 220), (196, 176), (190, 345), (-20, 345)]) if s > 0 else \
            m([(-10, 150), (40, 216), (100, 240), (150, 210), (110, 262), (-10, 262)])
        blouse.shadow([d.curve(f"arm shade {side}", inner, closed=True), d.curve(f"under collar {side}", under, closed=True)])
        blouse.line(outer, w=4.4, taper=(0, 0)).line(to_body([(0, 190), (0, 330)]), w=3.2, taper=(0, 0), name="placket")
        blouse.line(d.curve(f"armpit {side}", m([(240, 170), (232, 236), (230, 330)])), w=3.8, taper=(0.5, 0))
        blouse.line(d.curve(f"fold {side}", m([(244, 196), (266, 214), (288, 212)])), w=3.2, taper=(0.2, 0.7))
    # Sailor collar with a stripe, and the scarf.
    for side, s in (("L", -1), ("R", 1)):
        m = lambda pts: to_body(A(pts) * (s, 1))
        inner = d.curve(f"collar in {side}", m([(92, 4), (76, 70), (44, 130), (0, 186)]))
        outer = d.curve(f"collar out {side}", m([(92, 4), (168, 36), (214, 72), (196, 130), (120, 172), (46, 196), (0, 206)]))
        c = d.part(f"collar {side}", "collar", [join(inner, outer)])
        c.shadow(d.curve(f"collar shade {side}", m([(98, -8), (112, 40), (84, 100), (50, 150), (0, 200), (-20, 150), (40, 0)] if s > 0 else
                                                   [(98, -8), (96, 30), (74, 80), (46, 130), (0, 190), (-20, 150), (40, 0)]), closed=True))
        a, b = m([(98, 24), (156, 50), (190, 80), (176, 118), (108, 154), (46, 176), (8, 186)]), m([(98, 34), (150, 58), (178, 82), (168, 110), (104, 144), (46, 165), (8, 176)])
        sa, sb = d.curve(f"stripe a {side}", a), d.curve(f"stripe b {side}", b)
        stripe = d.part(f"stripe {side}", "stripe", [join(sa, sb[::-1])], within=c)
        stripe.line(sa, w=2.6, taper=(0, 0), within=c).line(sb, w=2.6, taper=(0, 0), within=c)
        stripe.line(np.vstack([sa[:1], sb[:1]]), w=2.6, taper=(0, 0), within=c).line(np.vstack([sa[-1:], sb[-1:]]), w=2.6, taper=(0, 0), within=c)
        c.line(outer, w=4.2, taper=(0, 0)).line(inner, w=4.2, taper=(0, 0))
    for side, s in (("L", -1), ("R", 1)):
        m = lambda pts: to_body(A(pts) * (s, 1) + (0, 196))
        tail = [d.curve(f"tail {side}", m([(2, 0), (34, 40), (60, 110)])), d.curve(f"tail end {side}", m([(60, 110), (40, 112), (14, 124)])),
                d.curve(f"tail in {side}", m([(14, 124), (6, 60), (-4, 4)]))]
        t = d.part(f"tail {side}", "scarf", [join(*tail)])
        t.shadow(d.curve(f"tail shade {side}", m([(-10, 0), (44, 10), (38, 44), (12, 40), (-10, 48)]), closed=True))
        for c in tail:
            t.line(c, w=3.8, taper=(0, 0))
        loop = d.curve(f"loop {side}", m([(6, -8), (38, -38), (78, -38), (90, -4), (80, 34), (40, 26), (6, 8)]))
        r = d.part(f"loop {side}", "scarf", [loop])
        r.shadow(d.curve(f"loop shade {side}", m([(96, 4), (68, 10), (34, 4), (0, 0), (10, 46), (92, 50)]), closed=True))
        r.line(loop, w=4, taper=(0, 0)).line(d.curve(f"loop fold {side}", m([(12, 0), (32, -4), (50, -14)])), w=3, taper=(0, 0.8))
    knot = d.curve("knot", to_body(A([(-15, -13), (0, -17), (15, -13), (17, 2), (13, 15), (0, 17), (-13, 15), (-17, 2)]) + (0, 196)), closed=True)
    d.part("knot", "scarf", [knot]).line(knot, w=4, taper=(0, 0))


def face(d, h):
    half = [(205, -40), (206, 40), (197, 116), (168, 180), (112, 236), (46, 272), (0, 280)]
    zs = np.array([20, 30, 45, 70, 100, 125, 132.0])
    pts = np.vstack([mirror(half), A(half)[::-1][1:]])
    z = np.concatenate([zs, zs[::-1][1:]])
    jaw = d.curve("jaw", h.map(pts, z))
    f = d.part("face", "skin", [join(jaw, h.map([(205, -40), (0, -200), (-205, -40)], 20))])
    off = h.map([(9, 22)]) - h.map([(0, 0)])
    cast = [join(l, r) + off for _, l, r in locks_of(d, h)]
    cast.append(h.skull([(-240, -100), (-160, -20), (0, -10), (160, -20), (240, -100), (0, -220)]))
    f.shadow(cast)
    for s in (-1, 1):
        f.highlight(d.curve(f"blush {s}", h.face(ellipse(s * 132, 166, 26, 10, s * -6)), closed=True), w=2.4)
    f.line(jaw, w=4.4, taper=(0, 0))
    nose(f, d, h)


def front_hair(d, h):
    sides = {
        "L": ([(-266, 20), (-268, 130), (-270, 260), (-262, 370), (-228, 470)], [(-178, -60), (-186, 60), (-190, 180), (-204, 320), (-228, 470)]),
        "R": ([(266, 20), (270, 132), (276, 262), (272, 372), (240, 480)], [(178, -60), (190, 60), (200, 180), (214, 320), (240, 480)]),
    }
    for side, (outer, inner) in sides.items():
        s = -1 if side == "L" else 1
        o = d.curve("side outer " + side, h.map(outer, [0, 8, 18, 26, 30]))
        i = d.curve("side inner " + side, h.map(inner, [70, 70, 66, 50, 30]))
        part = d.part("hair side " + side, "hair", [np.vstack([o, i[::-1], h.map([(s * 150, -120), (s * 240, -120)])])])
        shade = [(-150, 20), (-198, 70), (-216, 160), (-226, 300), (-240, 420), (-228, 480), (-160, 300), (-140, 0)] if s < 0 else \
            [(300, 40), (262, 70), (240, 160), (242, 300), (246, 420), (240, 490), (300, 420), (330, 150)]
        part.shadow(d.curve("side shade " + side, h.map(shade, 36), closed=True))
        part.line(o, w=4.4, taper=(0, 0.3)).line(i, w=4.2, taper=(0.1, 0.3))
        part.line(d.curve(f"strand {side}", h.map([(s * 232, 70), (s * 242, 190), (s * 246, 310), (s * 236, 410)], 40)), w=3.2, taper=(0.6, 0.4), inside=True)
    cap = [(-266, 20), (-271, -56), (-252, -148), (-194, -228), (-104, -276), (-4, -290), (100, -278), (190, -230), (250, -148), (271, -56), (266, 20)]
    top = d.curve("cap", h.map(cap, 0))
    low = np.vstack([h.map([(266, 20)]), h.skull([(200, -60), (100, -90), (0, -90), (-100, -90), (-200, -60)]), h.map([(-266, 20)])])
    c = d.part("hair cap", "hair", [join(top, low)])
    c.line(top, w=4.6, taper=(0, 0))
    for name, l, r in locks_of(d, h):
        part = d.part("hair " + name, "hair", [join(l, r)])
        part.shadow(lock_shade(l, r, 0.38, 0.5))
        part.line(cut(l, 0.0 if name == "f R1" else 0.22, 1), w=4.2, taper=(0.6, 0.2)).line(cut(r, 0.22, 1), w=4.2, taper=(0.6, 0.2))
    shine = d.over("shine", "hair", ["hair cap", "hair f *"])
    ring = [(-206, -86), (-190, -118), (-150, -144), (-100, -162), (-60, -170), (-70, -142), (-82, -154), (-100, -120), (-116, -140), (-134, -104),
            (-150, -122), (-168, -90), (-180, -104)]
    ring2 = [(-30, -172), (24, -174), (84, -164), (136, -146), (172, -120), (162, -92), (148, -118), (130, -98),
             (110, -134), (82, -114), (58, -148), (32, -122), (6, -152), (-12, -130)]
    shine.highlight([h.skull(pointed(ring)), h.skull(pointed(ring2))])
    # The hair band.
    up = [(-262, -20), (-252, -120), (-206, -204), (-128, -252), (-6, -268), (124, -254), (204, -206), (250, -120), (262, -20)]
    under = [(-238, -14), (-228, -106), (-186, -180), (-116, -224), (-4, -238), (112, -226), (186, -182), (228, -106), (238, -14)]
    a, b = d.curve("band a", h.skull(A(up) * (1.0, 1.0))), d.curve("band b", h.skull(under))
    band = d.part("band", "band", [np.vstack([a, b[::-1]])])
    band.shadow(d.curve("band shade", np.vstack([h.skull([(60, -290), (80, -200), (160, -170), (240, -60), (300, -10), (300, -160), (180, -280)])]), closed=True))
    for curve in (a, b, np.vstack([a[:1], b[:1]]), np.vstack([a[-1:], b[-1:]])):
        band.line(curve, w=3.8, taper=(0, 0))


def cel_a(name):
    d = Drawing(name, MODEL)
    back_hair(d, HEAD)
    body(d, HEAD)
    face(d, HEAD)
    front_hair(d, HEAD)
    return d.finish()


def background():
    return scenery_talk.room()


# ---------------------------------------------------------------- the expression sheet

EMOTIONS = ["joy", "laugh", "anger", "sorrow", "surprise", "shy", "doubt"]
MOUTHS = ["mid", "open", "a", "i", "u", "e", "o", "n"]
HALVES = {"eyes": ["joy", "anger", "sorrow", "surprise", "shy", "doubt", "blink half"], "mouth": ["joy", "anger", "sorrow", "shy", "doubt"]}


def file_name(name):
    return name.replace(" ", "-")


def region(points):
    return "[" + ", ".join(f"[{x:.0f}, {y:.0f}]" for x, y in points) + "]"


def eye_place(side, points):
    flip = A(points) * (side, 1)
    return HEAD.face(flip + (side * 100, 84))


def parts_toml():
    out = []

    def part(name, kind, group, cel, points=None):
        out.append(f'[[part]]\nname = "{name}"\nkind = "{kind}"\ngroup = "{group}"\ncel = "{cel}"' + (f"\nregion = {region(points)}" if points is not None else "") + "\n")

    edge = [(-84, -32), (-58, -38), (-40, -47), (-20, -61), (20, -68), (50, -70), (84, -66)]
    neutral = rig.EYES["m neutral"]
    low = A(neutral["bottom"])
    for side, letter in ((-1, "L"), (1, "R")):
        part(f"brow {letter}", "brow", f"brow {letter}", "eyes", eye_place(side, edge + [(90, -140), (-84, -140)]))
        part(f"lid {letter}", "upper-lid", f"eye {letter}", "eyes", eye_place(side, edge + [(100, 84), (-72, 84)]))
        part(f"lower lid {letter}", "lower-lid", f"eye {letter}", "eyes", eye_place(side, [tuple(p + (0, 14)) for p in low[1:-1]] + [tuple(p - (0, 14)) for p in low[1:-1][::-1]]))
        middle = (side * 100 + side * neutral["iris"][0], 84 + neutral["iris"][1])
        part(f"iris {letter}", "iris", f"eye {letter}", "eyes", HEAD.face(ellipse(*middle, 38 * 1.18, 54 * 1.1, n=12)))
        part(f"highlight {letter}", "highlight", f"eye {letter}", "eyes", HEAD.face(ellipse(middle[0] - 38 * 0.42, middle[1] - 54 * 0.40, 16, 19, 14, n=8)))
        part(f"blush {letter}", "mark", f"blush {letter}", "eyes", HEAD.face(A([(-34, 150), (34, 150), (34, 184), (-34, 184)]) + (side * 128, 0)))
    part("sweat", "mark", "sweat", "eyes", HEAD.face(A([(-18, -44), (18, -44), (18, 28), (-18, 28)]) + (-150, 0)))
    part("mouth", "mouth", "mouth", "mouth")
    return out


def sheet_toml():
    chin, brow = HEAD.map([(0, 280)], 132)[0], HEAD.face([(0, 20)])[0]
    out = [f'[face]\nname = "Mio"\nchin = [{chin[0]:.0f}, {chin[1]:.0f}]\nbrow = [{brow[0]:.0f}, {brow[1]:.0f}]\ncels = ["eyes", "mouth"]\n']
    out += parts_toml()
    out.append('[[parameter]]\nname = "laugh"\nkind = "emotion"\nblock = ["blink", "gaze"]   # the laughing eye is drawn closed\n')
    for name in ("gaze",):
        out.append(f'[[parameter]]\nname = "{name}"\nkind = "gaze"\n')

    def drawing(name, eyes_file, mouth_file, at="", parts=(), binary=(), paint=""):
        text = f'[[drawing]]\nname = "{name}"\n' + (f"at = {at}\n" if at else "")
        text += 'pictures = ["' + (f"eyes/{eyes_file}.png" if eyes_file else "") + '", "' + (f"mouth/{mouth_file}.png" if mouth_file else "") + '"]\n'
        for key, value in (("parts", parts), ("binary", binary)):
            if value:
                text += f"{key} = [" + ", ".join(f'"{v}"' for v in value) + "]\n"
        out.append(text)

    eye_parts = ("eye L", "eye R")
    drawing("neutral", "neutral", "neutral")
    for name in EMOTIONS:
        binary = {"laugh": (*eye_parts, "mouth"), "surprise": ("mouth",)}.get(name, ())
        drawing(name, name, name, binary=binary)
    drawing("blink half", "blink-half", "", "{ blink = 0.5 }", eye_parts)
    drawing("blink", "blink", "", "", eye_parts, eye_parts)
    drawing("look left", "look-left", "", "{ gaze = -1 }", eye_parts)
    drawing("look right", "look-right", "", "{ gaze = 1 }", eye_parts)
    for name in MOUTHS:
        drawing(name, "", name, parts=("mouth",), binary=() if name == "n" else ("mouth",))
    return "\n".join(out)


# ---------------------------------------------------------------- the cut

FRAMES = 180
PHRASES = [(0.55, "おはよう"), (2.2, "えっ、うそ…"), (4.3, "あはは、うれしい")]


def dialogue():
    """[(first frame, frames, words)] as the director wrote it, from where the voice is heard."""
    out = []
    for k, (start, text) in enumerate(PHRASES):
        _, timing = voice.speak(PHRASES[: k + 1])
        end = max(b for _, b, m in timing if m != "-")
        out.append((int(start * FPS), int(np.ceil((end - start) * FPS)), text))
    return out


def hand_column():
    """The mouth column as written by hand before the program was run: [(frame, mouth)], on twos, from the voice's own places."""
    _, timing = voice.speak(PHRASES)
    out = [(0, "-")]
    for k in range(0, FRAMES, 2):
        t = (k + 1) / FPS  # the middle of the exposure
        mouth = next((m for a, b, m in timing if a <= t < b), "-")
        if mouth != out[-1][1]:
            out.append((k, mouth))
    return out


def write(root):
    face = os.path.join(root, "face")
    for cel, draw in (("eyes", eyes), ("mouth", mouth)):
        names = ["neutral", *EMOTIONS] + (["blink half", "blink", "look left", "look right"] if cel == "eyes" else MOUTHS)
        for name in names:
            d = draw(name)
            d.save_line(os.path.join(face, cel, file_name(name) + ".png"))
            d.save_paint(os.path.join(face, cel, "paint", file_name(name) + ".png"))
        for name in HALVES[cel]:
            d = draw("neutral", name, 0.5)
            d.save_line(os.path.join(root, "truth", "face", cel, "line", file_name(name) + "-50.png"))
    ink.write_text(os.path.join(face, "mio.toml"), sheet_toml())
    samples, timing = voice.speak(PHRASES, total=FRAMES / FPS)
    os.makedirs(os.path.join(root, "voice"), exist_ok=True)
    voice.write_wav(os.path.join(root, "voice", "c004.wav"), samples)
    ink.write_text(os.path.join(root, "truth", "voice.tsv"), "\n".join(f"{a:.4f}\t{b:.4f}\t{m}" for a, b, m in timing))
    ink.write_text(os.path.join(root, "truth", "mouth.tsv"), "\n".join(f"{frame + 1}\t{m}" for frame, m in hand_column()))
    # What the animator marks once per voice actor: each vowel and n, said alone.
    samples, timing = voice.speak([(0.2, "あ、い、う、え、お、ん、あ、い、う、え、お、ん")], mora=0.3, seed=7)
    voice.write_wav(os.path.join(root, "voice", "vowels.wav"), samples)
    marks = [(a + 0.06, b - 0.06, m) for a, b, m in timing if m != "-"]
    ink.write_text(os.path.join(root, "voice", "vowels.txt"), "\n".join(f"{a:.3f}\t{b:.3f}\t{m}" for a, b, m in marks))


CELS = [dict(name="A", model=MODEL, refs=["A0001"], keys={"A0001": None}, gaps=[], draw=lambda name, a, b, t: cel_a(name), sheet=[("A0001", FRAMES)])]
MODELS = [EYES, MOUTH]
FACE_CELS = """[[cel]]
name = "B"
face = "face/mio.toml"       # the expression sheet; its cel "eyes"
face_cel = "eyes"
track = "face/track.toml"
model = "model/mio_eyes.toml"

[[cel]]
name = "C"
face = "face/mio.toml"
face_cel = "mouth"
track = "face/track.toml"
model = "model/mio_mouth.toml"
"""
