"""A small cut drawn by arithmetic: a round figure with a hat that leans over, for tests that need answers
within a moment. Three drawings are to be made between two keys; the first key is painted."""
import json
import math
import pathlib
import struct
import zlib

WIDTH, HEIGHT = 640, 360
PAPER, INK, BLUE = (255, 255, 255), (0, 0, 0), (0, 0, 255)
SKIN, SHADE, HAT, BAND = (250, 214, 186), (214, 160, 140), (64, 92, 150), (214, 74, 60)

MODEL = '''name = "Maru"
variants = ["day"]

[[style]]
id = 4
name = "line"
part = "line"
role = "line"
day = "#000000"

[[style]]
id = 1
name = "skin"
part = "face"
role = "normal"
day = "#fad6ba"

[[style]]
id = 5
name = "shade"
part = "face"
role = "shadow"
day = "#d6a08c"

[[style]]
id = 2
name = "hat"
part = "hat"
role = "normal"
day = "#405c96"

[[style]]
id = 3
name = "band"
part = "hat"
role = "normal"
day = "#d64a3c"
'''


class Page:
    def __init__(self):
        self.rows = [[PAPER] * WIDTH for _ in range(HEIGHT)]

    def dot(self, x, y, colour, radius=1.6):
        for v in range(int(y - radius), int(y + radius) + 2):
            for u in range(int(x - radius), int(x + radius) + 2):
                if 0 <= u < WIDTH and 0 <= v < HEIGHT and math.hypot(u - x, v - y) <= radius:
                    self.rows[v][u] = colour

    def line(self, points, colour=INK):
        for (ax, ay), (bx, by) in zip(points, points[1:]):
            steps = max(1, int(2 * math.hypot(bx - ax, by - ay)))
            for i in range(steps + 1):
                self.dot(ax + (bx - ax) * i / steps, ay + (by - ay) * i / steps, colour)

    def fill(self, x, y, colour):
        open_, rows, old = [(int(x), int(y))], self.rows, self.rows[int(y)][int(x)]
        rows[int(y)][int(x)] = colour
        while open_:
            px, py = open_.pop()
            for u, v in ((px + 1, py), (px - 1, py), (px, py + 1), (px, py - 1)):
                if 0 <= u < WIDTH and 0 <= v < HEIGHT and rows[v][u] == old:
                    rows[v][u] = colour
                    open_.append((u, v))

    def png(self):
        def chunk(kind, body):
            return struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind + body))
        raw = b''.join(b'\0' + bytes(c for p in row for c in p) for row in self.rows)
        head = struct.pack('>IIBBBBB', WIDTH, HEIGHT, 8, 2, 0, 0, 0)
        return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(raw, 6)) + chunk(b'IEND', b'')


def figure(cx, cy, turn):
    """The lines of the figure, the last of them a trace line, and a point inside each of its regions."""
    def at(x, y):
        c, s = math.cos(turn), math.sin(turn)
        return cx + c * x - s * y, cy + s * x + c * y
    circle = [at(80 * math.cos(a / 40 * 2 * math.pi), 80 * math.sin(a / 40 * 2 * math.pi)) for a in range(41)]
    brim = [at(-76, -25), at(0, -36), at(76, -25)]
    band = [at(-62, -50), at(0, -60), at(62, -50)]
    mouth = [at(-30, 38), at(0, 50), at(30, 38)]
    eyes = [[at(-28, 0), at(-26, 14)], [at(28, 0), at(26, 14)]]
    shade = [at(-53, 60), at(0, 57), at(53, 60)]
    return [circle, brim, band, mouth, *eyes, shade], {'skin': at(0, 20), 'shade': at(0, 70), 'hat': at(0, -70), 'band': at(0, -48)}


KEYS = {1: (270, 190, 0.0), 5: (350, 180, 0.15)}


def page(key, painted=False):
    one = Page()
    lines, inside = figure(*KEYS[key])
    one.line(lines[-1], BLUE)
    for line in lines[:-1]:
        one.line(line)
    if painted:
        for name, colour in (('skin', SKIN), ('shade', SHADE), ('hat', HAT), ('band', BAND)):
            one.fill(*inside[name], colour)
        one.rows = [[SHADE if p == BLUE else p for p in row] for row in one.rows]
    return one.png()


def sheet(frames=20):
    entries = [{'frame': i * 4, 'data': [{'id': 0, 'values': [str(i + 1)]}]} for i in range(5)]
    cels = {'fieldId': 0, 'tracks': [{'trackNo': 0, 'frames': entries}]}
    speech = {'fieldId': 3, 'tracks': [{'trackNo': 0, 'frames': [{'frame': 2, 'data': [{'id': 0, 'values': ['Maru', 'おーい']}]}] +
              [{'frame': f, 'data': [{'id': 0, 'values': ['SYMBOL_HYPHEN']}]} for f in range(3, 14)]}]}
    table = {'name': 's', 'duration': frames, 'timeTableHeaders': [{'fieldId': 0, 'names': ['A']}, {'fieldId': 3, 'names': ['S']}],
             'fields': [cels, speech]}
    return 'exchangeDigitalTimeSheet Save Data\n' + json.dumps({'version': 5, 'timeTables': [table]}, ensure_ascii=False)


def silence(seconds):
    rate, count = 8000, int(8000 * seconds)
    return b'RIFF' + struct.pack('<I', 36 + count) + b'WAVEfmt ' + struct.pack('<IHHIIHH', 16, 1, 1, rate, rate, 1, 8) + \
        b'data' + struct.pack('<I', count) + b'\x80' * count


def make(folder):
    cut = pathlib.Path(folder)
    for name in ('A/paint', 'model', 'voice'):
        (cut / name).mkdir(parents=True)
    (cut / 'cut.toml').write_text(f'[cut]\nid = "c042"\nsize = [{WIDTH}, {HEIGHT}]\nsheet = "sheet.xdts"\n'
                                  '[[cel]]\nname = "A"\nmodel = "model/maru.toml"\n')
    (cut / 'sheet.xdts').write_text(sheet())
    (cut / 'model/maru.toml').write_text(MODEL)
    for key in KEYS:
        (cut / f'A/A{key:04}.png').write_bytes(page(key))
    (cut / 'A/paint/A0001.png').write_bytes(page(1, painted=True))
    (cut / 'voice/c042.wav').write_bytes(silence(20 / 24))
    return cut
