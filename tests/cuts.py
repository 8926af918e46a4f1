"""Small cuts for the tests through the command line, and what they look at. Whoever imports this is called with the
program as its first word."""
import hashlib
import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

PROGRAM = os.path.abspath(sys.argv.pop(1))


def run(*words, env=None, **more):
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=300, env=env, **more)
    return done


def png(width, height, rows=None, kind=0, depth=8):
    """A gray PNG; rows are lists of values, None for white. Kind 6: red, green, blue, alpha."""
    def chunk(kind, body):
        return struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind + body))
    lines = b''.join(b'\0' + bytes(row) for row in (rows or [[255] * (width * depth // 8)] * height))
    head = struct.pack('>IIBBBBB', width, height, depth, kind, 0, 0, 0)
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(lines)) + chunk(b'IEND', b'')


def box(width, height, left, top, right, bottom, line=3):
    """A drawn rectangle."""
    rows = [[255] * width for _ in range(height)]
    for y in range(top, bottom):
        for x in range(left, right):
            if min(x - left, right - 1 - x, y - top, bottom - 1 - y) < line:
                rows[y][x] = 0
    return png(width, height, rows)


COAT = (30, 60, 200)
UNSURE = b'\xff\0\xff'  # the loud colour of a region that the program would not paint without asking


def painted_box(width, height, left, top, right, bottom, line=3, fill=COAT):
    """The same, painted, on clear ground."""
    rows = []
    for y in range(height):
        row = bytearray()
        for x in range(width):
            inside = left <= x < right and top <= y < bottom
            edge = inside and min(x - left, right - 1 - x, y - top, bottom - 1 - y) < line
            row += bytes((0, 0, 0, 255) if edge else (*fill, 255) if inside else (0, 0, 0, 0))
        rows.append(row)
    return png(width, height, rows, kind=6)


def sheet(names, frames=2):
    entries = [{'frame': i * frames, 'data': [{'id': 0, 'values': [n]}]} for i, n in enumerate(names)]
    page = {'version': 5, 'timeTables': [{'name': 's', 'duration': max(1, len(names) * frames),
            'timeTableHeaders': [{'fieldId': 0, 'names': ['A']}],
            'fields': [{'fieldId': 0, 'tracks': [{'trackNo': 0, 'frames': entries}]}]}]}
    return 'exchangeDigitalTimeSheet Save Data\n' + json.dumps(page)


def prints(folder):
    """Hashes of everything derived but the step log's cache (it holds times of files) and cost.js (what was spent)."""
    out = pathlib.Path(folder) / 'out'
    return {str(p.relative_to(out)): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(out.rglob('*'))
            if p.is_file() and p.relative_to(out).parts[0] != '.cache' and p.name != 'cost.js'}


def leftovers(folder):
    """Half-written files."""
    return [str(p) for p in pathlib.Path(folder).rglob('*') if p.suffix in ('.tmp', '.part')]


def wav(seconds, rate=48000):
    """A hum, 16 bit, one channel."""
    samples = b''.join(struct.pack('<h', (i * 40) % 8000 - 4000) for i in range(int(seconds * rate)))
    head = struct.pack('<IHHIIHH', 16, 1, 1, rate, rate * 2, 2, 16)
    return b'RIFF' + struct.pack('<I', 36 + len(samples)) + b'WAVEfmt ' + head + b'data' + struct.pack('<I', len(samples)) + samples


def streams(video):
    """What ffprobe says of each stream of a video."""
    done = subprocess.run(['ffprobe', '-v', 'error', '-show_streams', '-of', 'json', str(video)], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)['streams']


class Scratch:
    """A small disk of its own, where the system lets us make one."""

    def __init__(self, folder, options):
        self.folder = folder
        folder.mkdir()
        self.mounted = subprocess.run(['mount', '-t', 'tmpfs', '-o', options, 'tmpfs', str(folder)], capture_output=True).returncode == 0

    def again(self, options):
        return subprocess.run(['mount', '-o', 'remount,' + options, str(self.folder)], capture_output=True).returncode == 0

    def release(self):
        if self.mounted:
            subprocess.run(['umount', '-l', str(self.folder)], check=False)


class Cut(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix='nakawari-test-'))
        self.addCleanup(shutil.rmtree, self.root, ignore_errors=True)
        self.cut = self.root / 'c001'
        (self.cut / 'A').mkdir(parents=True)
        (self.cut / 'cut.toml').write_text('[[cel]]\nname = "A"\n')
        (self.cut / 'sheet.xdts').write_text(sheet('12345'))
        (self.cut / 'A/A0001.png').write_bytes(box(320, 240, 40, 40, 140, 140))
        (self.cut / 'A/A0005.png').write_bytes(box(320, 240, 120, 80, 220, 180))

    def build(self, *more, status=0, cut=None):
        done = run('build', cut or self.cut, *more)
        self.assertEqual(done.returncode, status, done.stderr)
        return done

    def bad(self, *words, says, status=2, **more):
        """The command ends with the status and one line that holds `says`."""
        done = run(*words, **more)
        lines = [line for line in done.stderr.splitlines() if line.startswith('nakawari:')]
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertEqual(len(lines), 1, done.stderr)
        self.assertIn(says, lines[0])
        return done


def pixels(picture):
    """All pixels of a picture as RGBA bytes."""
    done = subprocess.run(['ffmpeg', '-v', 'error', '-i', str(picture), '-f', 'rawvideo', '-pix_fmt', 'rgba', '-'], capture_output=True, check=True)
    return done.stdout


def colours(picture):
    """The colours of a picture that are not clear."""
    raw = pixels(picture)
    return {raw[i:i + 3] for i in range(0, len(raw), 4) if raw[i + 3]}
