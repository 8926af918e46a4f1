# SPDX-License-Identifier: Apache-2.0
"""Pen, scissors and paint pots for the example cuts.

A drawing is made back to front, like cut paper that is then inked:

    d = Drawing("A0001", model)                       # one sheet of paper
    jaw  = d.curve("jaw", [(x, y), ...])              # a smooth line through points, with a hand's wobble
    brow = d.curve("hairline", [...])
    face = d.part("face", "skin", [join(jaw, brow)])  # silhouette: hides all that lies behind it
    face.shadow("under fringe", d.curve(..., closed=True))   # blue trace line + shadow colour, kept inside the part
    face.line(jaw, w=4)                               # black pen line, thick and thin
    d.finish()                                        # checks; then d.line_image(), d.paint_image()

Units are pixels, y down. Curves are (n, 2) arrays. Nothing here is random: the wobble comes from hashes of names, so
one stroke wobbles the same way in every drawing (plus a small part of its own per drawing), and a second run gives the
same bytes.

Lines are 2-value: exactly black, red (border of a highlight) and blue (border of a shadow) on white. A stroke's ink is
the exact union of its discs and trapezoids, thresholded at half coverage. Painted drawings are aliased; every region
that lines enclose has exactly one colour, which `finish` asserts.
"""

import hashlib
import json
import math
import os

import cairo
import numpy as np
from PIL import Image
from scipy import ndimage

WIDTH, HEIGHT = 1920, 1080
NONE, BLACK, RED, BLUE = 0, 1, 2, 3
INK_RGB = [(255, 255, 255), (0, 0, 0), (255, 0, 0), (0, 0, 255)]


# ---------------------------------------------------------------- curves

def A(points):
    return np.asarray(points, dtype=float).reshape(-1, 2)


def spline(points, closed=False, step=2.5):
    """Centripetal Catmull-Rom through the points, sampled about every `step` pixels."""
    p = A(points)
    if len(p) < 2:
        return p
    if len(p) == 2 and not closed:
        n = max(2, int(np.linalg.norm(p[1] - p[0]) / step) + 1)
        return p[0] + (p[1] - p[0]) * np.linspace(0, 1, n)[:, None]
    if closed:
        q = np.vstack([p[-1], p, p[0], p[1]])
    else:
        q = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
        # A gentler phantom end than mirroring: keep the curvature of the last span.
        q[0] = p[0] + (p[0] - p[1]) + 0.5 * ((p[0] - p[1]) - (p[1] - p[2]))
        q[-1] = p[-1] + (p[-1] - p[-2]) + 0.5 * ((p[-1] - p[-2]) - (p[-2] - p[-3]))
    out = []
    for i in range(len(q) - 3):
        p0, p1, p2, p3 = q[i:i + 4]
        t0 = 0.0
        t1 = t0 + max(1e-3, math.sqrt(np.linalg.norm(p1 - p0)))
        t2 = t1 + max(1e-3, math.sqrt(np.linalg.norm(p2 - p1)))
        t3 = t2 + max(1e-3, math.sqrt(np.linalg.norm(p3 - p2)))
        n = max(2, int(np.linalg.norm(p2 - p1) / step) + 1)
        t = np.linspace(t1, t2, n, endpoint=False)[:, None]
        a1 = (t1 - t) / (t1 - t0) * p0 + (t - t0) / (t1 - t0) * p1
        a2 = (t2 - t) / (t2 - t1) * p1 + (t - t1) / (t2 - t1) * p2
        a3 = (t3 - t) / (t3 - t2) * p2 + (t - t2) / (t3 - t2) * p3
        b1 = (t2 - t) / (t2 - t0) * a1 + (t - t0) / (t2 - t0) * a2
        b2 = (t3 - t) / (t3 - t1) * a2 + (t - t1) / (t3 - t1) * a3
        out.append((t2 - t) / (t2 - t1) * b1 + (t - t1) / (t2 - t1) * b2)
    out.append(p[:1] if closed else p[-1:])
    return np.vstack(out)


def length(curve):
    return float(np.linalg.norm(np.diff(curve, axis=0), axis=1).sum())


def arclen(curve):
    return np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(curve, axis=0), axis=1))])


def resample(curve, step=2.5):
    s = arclen(curve)
    n = max(2, int(round(s[-1] / step)) + 1)
    u = np.linspace(0, s[-1], n)
    return np.stack([np.interp(u, s, curve[:, 0]), np.interp(u, s, curve[:, 1])], 1)


def cut(curve, a, b):
    """The piece of a curve between the shares a and b of its length (0 = start, 1 = end)."""
    s = arclen(curve)
    u = np.concatenate([[a * s[-1]], s[(s > a * s[-1]) & (s < b * s[-1])], [b * s[-1]]])
    return np.stack([np.interp(u, s, curve[:, 0]), np.interp(u, s, curve[:, 1])], 1)


def at(curve, share):
    """The point at a share of the curve's length."""
    s = arclen(curve)
    return np.array([np.interp(share * s[-1], s, curve[:, 0]), np.interp(share * s[-1], s, curve[:, 1])])


def join(*curves):
    """One outline from pieces laid end to end; each piece is turned round where that makes it fit."""
    out = A(curves[0])
    if len(curves) > 1:
        nxt = A(curves[1])
        ends = min(np.linalg.norm(out[-1] - nxt[k]) for k in (0, -1))
        starts = min(np.linalg.norm(out[0] - nxt[k]) for k in (0, -1))
        if starts < ends:
            out = out[::-1]
    for c in curves[1:]:
        c = A(c)
        if np.linalg.norm(c[-1] - out[-1]) < np.linalg.norm(c[0] - out[-1]):
            c = c[::-1]
        out = np.vstack([out, c])
    return out


def ellipse(cx, cy, rx, ry, angle=0.0, n=16):
    """Control points of an ellipse (angle in degrees); feed to curve(closed=True)."""
    t = np.linspace(0, 2 * math.pi, n, endpoint=False)
    p = np.stack([rx * np.cos(t), ry * np.sin(t)], 1)
    return rotate(p, angle) + (cx, cy)


def rotate(points, degrees, centre=(0.0, 0.0)):
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return (A(points) - centre) @ np.array([[c, s], [-s, c]]) + centre


def mirror(points):
    """Mirrored at x = 0, in the same order."""
    return A(points) * (-1.0, 1.0)


def lerp(a, b, t):
    return np.asarray(a, float) * (1 - t) + np.asarray(b, float) * t


def bend(points, root, degrees, reach=1.0, power=1.5):
    """Bends points round `root`: those at distance `reach` turn by `degrees`, nearer ones less. For hair and cloth."""
    p, root = A(points), np.asarray(root, float)
    d = p - root
    r = np.linalg.norm(d, axis=1) / reach
    a = np.radians(degrees) * np.minimum(r, 1.6) ** (power - 0.0)
    c, s = np.cos(a), np.sin(a)
    return root + np.stack([c * d[:, 0] - s * d[:, 1], s * d[:, 0] + c * d[:, 1]], 1)


# ---------------------------------------------------------------- the hand

def _seed(*names):
    return int.from_bytes(hashlib.sha256("|".join(names).encode()).digest()[:8], "big")


def _noise(seed, s, wave):
    """Smooth noise in about [-1, 1] along arc length s, with features of about `wave` pixels."""
    rng = np.random.Generator(np.random.PCG64(seed))
    knots = rng.uniform(-1, 1, 256)
    x = s / wave + rng.uniform(0, 100)
    i = np.floor(x).astype(int)
    f = x - i
    f = f * f * (3 - 2 * f)
    return knots[i % 256] * (1 - f) + knots[(i + 1) % 256] * f


# ---------------------------------------------------------------- rasters

def _surface(x0, y0, x1, y1):
    surface = cairo.ImageSurface(cairo.FORMAT_A8, x1 - x0, y1 - y0)
    ctx = cairo.Context(surface)
    ctx.translate(-x0, -y0)
    ctx.set_antialias(cairo.ANTIALIAS_BEST)
    ctx.set_source_rgba(0, 0, 0, 1)
    ctx.set_fill_rule(cairo.FILL_RULE_WINDING)
    return surface, ctx


def _bits(surface):
    surface.flush()
    h, w, stride = surface.get_height(), surface.get_width(), surface.get_stride()
    return np.frombuffer(surface.get_data(), np.uint8).reshape(h, stride)[:, :w] >= 128


class _Mask:
    """A 2-value mask inside its box."""

    def __init__(self, box, bits):
        self.box, self.bits = box, bits

    def view(self, image):
        x0, y0, x1, y1 = self.box
        return image[y0:y1, x0:x1]


def _box(points, pad, size):
    lo, hi = points.min(0) - pad, points.max(0) + pad
    x0, y0 = max(0, int(lo[0])), max(0, int(lo[1]))
    x1, y1 = min(size[0], int(hi[0]) + 2), min(size[1], int(hi[1]) + 2)
    return None if x1 <= x0 or y1 <= y0 else (x0, y0, x1, y1)


def _polygon_mask(outlines, size):
    box = _box(np.vstack(outlines), 2, size)
    if box is None:
        return None
    surface, ctx = _surface(*box)
    for outline in outlines:
        ctx.move_to(*outline[0])
        for x, y in outline[1:]:
            ctx.line_to(x, y)
        ctx.close_path()
        ctx.fill()
    return _Mask(box, _bits(surface))


_DISC = [(math.cos(k * math.pi / 7), math.sin(k * math.pi / 7)) for k in range(14)]


def _stroke_mask(p, w, size):
    box = _box(p, float(w.max()) + 2, size)
    if box is None:
        return None
    surface, ctx = _surface(*box)
    for (x, y), d in zip(p, w):
        r = d / 2
        ctx.move_to(x + r * _DISC[0][0], y + r * _DISC[0][1])
        for c, s in _DISC[1:]:
            ctx.line_to(x + r * c, y + r * s)
        ctx.close_path()
    for i in range(len(p) - 1):
        d = p[i + 1] - p[i]
        n = np.hypot(*d)
        if n < 1e-6:
            continue
        nx, ny = d[1] / n, -d[0] / n  # gives the same turning sense as the discs
        (ax, ay), (bx, by), ra, rb = p[i], p[i + 1], w[i] / 2, w[i + 1] / 2
        ctx.move_to(ax + nx * ra, ay + ny * ra)
        ctx.line_to(bx + nx * rb, by + ny * rb)
        ctx.line_to(bx - nx * rb, by - ny * rb)
        ctx.line_to(ax - nx * ra, ay - ny * ra)
        ctx.close_path()
    ctx.fill()
    return _Mask(box, _bits(surface))


# ---------------------------------------------------------------- colour model

class Model:
    """Named styles. Style ids are stable: the order of `add` calls, from 1.

    add("hair", day, night)                     -> style "hair", part "hair", role normal
    add("hair", day, night, role="shadow")      -> style "hair shadow", same part
    """

    def __init__(self, name, variants=("day", "night")):
        self.name, self.variants, self.styles = name, tuple(variants), []
        self.add("line", "#000000", "#0B0A18", role="line")

    def add(self, part, day, night, role="normal"):
        name = part if role in ("normal", "line") else f"{part} {role}"
        self.styles.append(dict(id=len(self.styles) + 1, name=name, part=part, role=role, day=day.upper(), night=night.upper()))
        for v in self.variants:
            used = [s[v] for s in self.styles]
            assert len(set(used)) == len(used), f"{self.name}: {name}: {v} colour used twice: {self.styles[-1][v]}"
            assert self.styles[-1][v] != "#FFFFFF"
        return self

    def find(self, part, role="normal"):
        for s in self.styles:
            if s["part"] == part and s["role"] == role:
                return s["id"]
        raise KeyError(f"{self.name}: no style for {part}, {role}")

    def rgb(self, style_id, variant="day"):
        h = self.styles[style_id - 1][variant]
        return tuple(int(h[k:k + 2], 16) for k in (1, 3, 5))

    def toml(self):
        out = [f'name = "{self.name}"', "variants = [" + ", ".join(f'"{v}"' for v in self.variants) + "]", ""]
        for s in self.styles:
            out.append("[[style]]")
            out += [f"{k} = {s[k]}" if k == "id" else f'{k} = "{s[k]}"' for k in ("id", "name", "part", "role", *self.variants)]
            out.append("")
        return "\n".join(out)

    def card(self, variant_columns=True):
        """The colour model's picture: one row a style, one column a variant."""
        n = len(self.styles)
        img = Image.new("RGB", (120 * len(self.variants), 40 * n), (255, 255, 255))
        for i, s in enumerate(self.styles):
            for j, v in enumerate(self.variants):
                img.paste(self.rgb(s["id"], v), (120 * j + 4, 40 * i + 4, 120 * j + 116, 40 * i + 36))
        return img


# ---------------------------------------------------------------- a drawing

class Part:
    """One piece of cut paper: a silhouette with a colour, its pen lines and its shadow and highlight borders."""

    def __init__(self, drawing, name, style, mask, index):
        self.d, self.name, self.style, self.mask, self.index = drawing, name, style, mask, index

    def line(self, curve, w=4.0, tip=1.6, taper=(0.25, 0.25), name="", inside=False, within=None, swell=0.12):
        """A pen line. taper: shares of the length over which it thins to `tip` at its start and end (0 = blunt, for ends
        that meet another line). inside: kept within the part; within: kept within another part's paper. swell: how much
        thicker the middle gets than `w`."""
        self.d._pen(self, curve, w, tip, taper, BLACK, name, self if inside else within, swell)
        return self

    def sheet(self):
        """The part's paper as a full-size mask (also where later parts hide it)."""
        full = np.zeros((self.d.size[1], self.d.size[0]), bool)
        if self.mask is not None:
            self.mask.view(full)[self.mask.bits] = True
        return full

    def blot(self, outline, within=None):
        """A shape filled with black ink (lashes, pupils, brows)."""
        m = _polygon_mask([A(outline)], self.d.size)
        if m is not None and within is not None:
            m.bits = m.bits & m.view(within.sheet())
        if m is not None:
            m.view(self.d.ink)[m.bits] = BLACK
            m.view(self.d.owner)[m.bits & (m.view(self.d.owner) < 0)] = self.index
        return self

    def shadow(self, outlines, w=2.6, role="shadow", ink=BLUE):
        """Paints inside the closed outline, or the union of a list of them, with the part's shadow colour, and draws the
        union's border in blue where it lies on the part. Outlines may reach outside the part."""
        if not isinstance(outlines, (list, tuple)):
            outlines = [outlines]
        self.d._shade(self, [A(o) for o in outlines], w, role, ink)
        return self

    def highlight(self, outlines, w=2.6):
        """The same for a highlight, bordered in red."""
        return self.shadow(outlines, w, "highlight", RED)


class Drawing:
    def __init__(self, name, model, size=(WIDTH, HEIGHT), hand=1.0, pen=1.0):
        self.name, self.model, self.size, self.hand, self.pen = name, model, size, hand, pen  # pen: scales all black widths
        w, h = size
        self.ink = np.zeros((h, w), np.uint8)     # NONE, BLACK, RED, BLUE
        self.style = np.zeros((h, w), np.uint8)   # 0 = nothing, else style id
        self.trace = np.zeros((h, w), np.uint8)   # style that a trace line's pixel is painted with
        self.owner = np.full((h, w), -1, np.int16)
        self.parts = []
        self.final = None

    # -- curves

    def curve(self, name, points, closed=False, wobble=0.7, step=2.5):
        """A smooth curve through the points, with the hand's slow irregularity (pixels); its ends stay where they are."""
        p = resample(spline(points, closed, step), step)
        wobble *= self.hand
        if wobble <= 0 or len(p) < 4:
            return p
        s = arclen(p)
        t = np.gradient(p, axis=0)
        n = np.stack([-t[:, 1], t[:, 0]], 1) / np.maximum(1e-9, np.hypot(t[:, 0], t[:, 1]))[:, None]
        off = wobble * _noise(_seed("stroke", name), s, 70) + 0.3 * wobble * _noise(_seed("stroke", name, self.name), s, 90)
        room = min(40.0, s[-1] / 3)
        off *= np.clip(np.minimum(s, s[-1] - s) / room, 0, 1)
        return p + n * off[:, None]

    # -- parts

    def part(self, name, style, outlines, erase=True, within=None):
        """Lays a silhouette (list of closed outlines, united) over all that is drawn so far. within: only on another part's
        paper (an iris inside the opening of its eye)."""
        mask = _polygon_mask([A(o) for o in outlines], self.size) if outlines else None
        if within is not None and mask is not None:
            mask = _Mask(mask.box, mask.bits & mask.view(within.sheet()))
        part = Part(self, name, style, mask, len(self.parts))
        self.parts.append(part)
        if mask is not None:
            b = mask.bits
            mask.view(self.style)[b] = self.model.find(style) if style else 0
            mask.view(self.owner)[b] = part.index
            if erase:
                mask.view(self.ink)[b] = NONE
                mask.view(self.trace)[b] = 0
        return part

    def loose(self, name):
        """A part without paper: pen lines that belong to no silhouette (a brow, a closed mouth)."""
        return self.part(name, None, [])

    def over(self, name, style, parts):
        """A part without paper of its own: what is drawn on it stays on the visible area of `parts` (by name)."""
        ids = [p.index for p in self.parts if p.name in parts or any(q.endswith("*") and p.name.startswith(q[:-1]) for q in parts)]
        bits = np.isin(self.owner, ids)
        part = Part(self, name, style, _Mask((0, 0, *self.size), bits), len(self.parts))
        self.parts.append(part)
        return part

    def _pen(self, part, curve, w, tip, taper, ink, name, within, swell):
        p = resample(A(curve), 2.0)
        s = arclen(p)
        total = max(s[-1], 1e-6)
        u = s / total
        w = w * self.pen
        width = w * (1 - swell / 2 + swell * np.sin(np.pi * u))
        tip = min(tip, w)
        for share, x in ((taper[0], u), (taper[1], 1 - u)):
            if share > 0:
                k = np.clip(x / share, 0, 1)
                k = np.sin(k * np.pi / 2) ** 0.9
                width = np.minimum(width, tip + (width - tip) * k)
        key = name or f"{part.name}/{len(p) // 8}"
        width = width * (1 + 0.06 * self.hand * _noise(_seed("width", key), s, 55))
        m = _stroke_mask(p, width, self.size)
        if m is None:
            return
        bits = m.bits
        if within is not None:
            bits = bits & m.view(within.sheet())
        m.view(self.ink)[bits] = ink
        m.view(self.trace)[bits] = 0

    def _shade(self, part, outlines, w, role, ink):
        if part.mask is None:
            return
        paper = part.sheet()
        style = self.model.find(part.style, role)
        masks = [_polygon_mask([o], self.size) for o in outlines]
        cores = []
        for m in masks:
            if m is None:
                cores.append(None)
                continue
            inside = m.bits & m.view(paper)
            m.view(self.style)[inside] = style
            core = np.zeros_like(paper)
            m.view(core)[ndimage.binary_erosion(m.bits)] = True
            cores.append(core)
        for k, outline in enumerate(outlines):
            p = resample(np.vstack([outline, outline[:1]]), 2.0)
            s = arclen(p)
            width = w * (1 + 0.05 * self.hand * _noise(_seed("trace", part.name, role, str(k)), s, 60))
            t = _stroke_mask(p, width, self.size)
            if t is None:
                continue
            bits = t.bits & t.view(paper) & (t.view(self.ink) != BLACK)
            for j, core in enumerate(cores):
                if j != k and core is not None:
                    bits &= ~t.view(core)
            t.view(self.ink)[bits] = ink
            t.view(self.trace)[bits] = style

    # -- the end

    def finish(self, speck=14):
        """Closes specks, then gives each line-enclosed region its one colour. A region where two colours meet is a line
        that fails to close: an error that says where."""
        self.ink = _fill_specks(self.ink, self.trace, speck)
        labels, n = ndimage.label(self.ink == NONE)
        count = np.zeros((n + 1, 256), np.int64)
        np.add.at(count, (labels.ravel(), self.style.ravel()), 1)
        area = count.sum(1)
        best = count.argmax(1)
        other = area - count.max(1)
        bad = [k for k in range(1, n + 1) if other[k] > 6 + 0.004 * min(area[k], 20000)]
        if bad:
            text = []
            for k in bad:
                second = np.argsort(count[k])[-2]
                ys, xs = np.nonzero((labels == k) & (self.style == second))
                names = [self.model.styles[c - 1]["name"] if c else "nothing" for c in (best[k], second)]
                text.append(f"{names[0]} ({area[k]} px) runs into {names[1]} ({count[k][second]} px) near ({int(np.median(xs))}, {int(np.median(ys))})")
            raise AssertionError(f"{self.name}: lines do not close: " + "; ".join(text))
        paint = best[labels].astype(np.uint8)
        paint[self.ink == BLACK] = self.model.find("line", "line")
        traced = (self.ink == RED) | (self.ink == BLUE)
        paint[traced] = self.trace[traced]
        assert not (traced & (self.trace == 0)).any(), f"{self.name}: a trace line without a colour"
        self.final = paint
        self.regions = int(((area > 50) & (np.arange(n + 1) > 0)).sum())
        return self

    def line_image(self):
        img = Image.fromarray(self.ink, "P")
        img.putpalette([c for rgb in INK_RGB for c in rgb])
        return img

    def paint_image(self, variant="day"):
        img = Image.fromarray(self.final, "P")
        palette = [(255, 255, 255)] + [self.model.rgb(s["id"], variant) for s in self.model.styles]
        img.putpalette([c for rgb in palette for c in rgb])
        return img

    def save_line(self, path):
        _save(self.line_image(), path, bits=2)

    def save_paint(self, path, variant="day"):
        n = len(self.model.styles) + 1
        _save(self.paint_image(variant), path, bits=4 if n <= 16 else 8, transparency=0)


def _fill_specks(ink, trace, speck):
    """Blank specks that a pen would have run over take the ink of their surroundings."""
    labels, n = ndimage.label(ink == NONE)
    area = np.bincount(labels.ravel(), minlength=n + 1)
    small = [k for k in range(1, n + 1) if area[k] <= speck]
    if not small:
        return ink
    out = ink.copy()
    boxes = ndimage.find_objects(labels)
    for k in small:
        ys, xs = boxes[k - 1]
        y0, x0 = max(0, ys.start - 1), max(0, xs.start - 1)
        win = (slice(y0, ys.stop + 1), slice(x0, xs.stop + 1))
        hole = labels[win] == k
        ring = ndimage.binary_dilation(hole) & ~hole
        near = ink[win][ring]
        colour = BLACK if (near == BLACK).any() else (int(np.bincount(near).argmax()) or BLACK)
        out[win][hole] = colour
        if colour != BLACK:
            t = trace[win][ring]
            trace[win][hole] = int(np.bincount(t[t > 0]).argmax())
    return out


def _save(image, path, **options):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    image.save(path, "PNG", optimize=False, compress_level=9, **options)


def write_text(path, text):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write(text if text.endswith("\n") else text + "\n")


# ---------------------------------------------------------------- sheet and charts

EMPTY = "SYMBOL_NULL_CELL"


def write_xdts(path, name, duration, tracks, cut="1", scene="1", dialogue=()):
    """tracks: [(cel name, [(frame from 0, drawing name or EMPTY), ...]), ...], bottom to top; dialogue: [(speaker, [(first
    frame, frames, words), ...]), ...]."""
    fields = []
    for no, (_, frames) in enumerate(tracks):
        frames = list(frames) + [(duration, EMPTY)]
        assert all(a[0] < b[0] for a, b in zip(frames, frames[1:])), f"{path}: frames out of order"
        fields.append({"trackNo": no, "frames": [{"frame": f, "data": [{"id": 0, "values": [v]}]} for f, v in frames]})
    table = {"name": name, "duration": duration,
             "timeTableHeaders": [{"fieldId": 0, "names": [t[0] for t in tracks]}],
             "fields": [{"fieldId": 0, "tracks": fields}]}
    if dialogue:
        said = []
        for no, (speaker, rows) in enumerate(dialogue):
            frames = []
            for first, count, words in rows:
                frames.append({"frame": first, "data": [{"id": 0, "values": [speaker, words]}]})
                frames += [{"frame": f, "data": [{"id": 0, "values": ["SYMBOL_HYPHEN"]}]} for f in range(first + 1, first + count)]
                frames.append({"frame": first + count, "data": [{"id": 0, "values": [EMPTY]}]})
            said.append({"trackNo": no, "frames": frames})
        table["timeTableHeaders"].append({"fieldId": 3, "names": [s for s, _ in dialogue]})
        table["fields"].append({"fieldId": 3, "tracks": said})
    sheet = {"version": 5, "header": {"cut": cut, "scene": scene}, "timeTables": [table]}
    write_text(path, "exchangeDigitalTimeSheet Save Data\n" + json.dumps(sheet, ensure_ascii=False, indent=1))


def exposures(*runs, start=0):
    """exposures(("A0001", 8), ("A0002", 2), ...) -> [(0, "A0001"), (8, "A0002"), ...]"""
    out, f = [], start
    for name, frames in runs:
        out.append((f, name))
        f += frames
    return out


WORDS = {
    "even": lambda u: u,
    "ease-in": lambda u: u * u,
    "ease-out": lambda u: 1 - (1 - u) ** 2,
    "ease-in-out": lambda u: u * u * (3 - 2 * u),
    "halves": lambda u: u,
    "thirds": lambda u: u,
}


def spacing(word_or_list, count):
    """Positions in (0, 1) of `count` in-betweens."""
    if isinstance(word_or_list, str):
        return [WORDS[word_or_list]((k + 1) / (count + 1)) for k in range(count)]
    assert len(word_or_list) == count
    return list(word_or_list)


def charts_toml(charts):
    """charts: [(from, to, spacing word or list)] -> text of charts.toml"""
    out = []
    for a, b, s in charts:
        value = f'"{s}"' if isinstance(s, str) else "[" + ", ".join(f"{x:g}" for x in s) + "]"
        out += ["[[chart]]", f'from = "{a}"', f'to = "{b}"', f"spacing = {value}", ""]
    return "\n".join(out)
