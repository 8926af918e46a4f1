"""nakawari face and nakawari mouth through the command line. Usage: face_commands.py PROGRAM EXAMPLES"""
import hashlib
import json
import math
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))
TALK = pathlib.Path(sys.argv.pop(1)).resolve() / 'talk'


def run(*words):
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=300)


def wav(path, samples, rate):
    data = b''.join(struct.pack('<h', int(32000 * s)) for s in samples)
    path.write_bytes(b'RIFF' + struct.pack('<I', 36 + len(data)) + b'WAVEfmt ' +
                     struct.pack('<IHHIIHH', 16, 1, 1, rate, rate * 2, 2, 16) + b'data' + struct.pack('<I', len(data)) + data)
    return path


def hum(seconds, rate):
    return [0.5 * math.sin(2 * math.pi * 220 * k / rate) for k in range(int(seconds * rate))]


class Commands(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix='nakawari-face-'))
        self.addCleanup(shutil.rmtree, self.root, ignore_errors=True)

    def good(self, *words):
        done = run(*words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def bad(self, *words, says, status=2):
        done = run(*words)
        lines = [line for line in done.stderr.splitlines() if line.startswith('nakawari:')]
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertEqual(len(lines), 1, done.stderr)
        self.assertIn(says, lines[0])


class Face(Commands):
    """One sheet of two drawings, so that a test is quick: neutral and joy of the example's mouth."""

    def setUp(self):
        super().setUp()
        for name in ('neutral', 'joy', 'a'):
            shutil.copy(TALK / 'face/mouth' / f'{name}.png', self.root)
        self.sheet = self.root / 'mio.toml'
        self.head = '[[part]]\nname = "mouth"\nkind = "mouth"\nregion = [[700, 500], [1200, 900]]\n'
        self.sheet.write_text(self.head + '[[drawing]]\nname = "neutral"\nlines = "neutral.png"\n'
                              '[[drawing]]\nname = "joy"\nlines = "joy.png"\n')

    def test_a_sample_is_the_artists_own_drawing(self):
        self.good('face', self.sheet, '--set', 'joy=1', '--set', 'joy=0.5', '--out', self.root / 'o', '--report', self.root / 'r.json')
        own = run('face', self.sheet, '--set', 'joy=0', '--out', self.root / 'p')
        self.assertEqual(own.returncode, 0)
        report = json.loads((self.root / 'r.json').read_text())
        self.assertEqual([d['exact'] for d in report['drawings']], [1, 0])
        self.assertEqual(report['drawings'][0]['verdict'], 'pass')
        self.assertNotEqual((self.root / 'o/0001.png').read_bytes(), (self.root / 'o/0002.png').read_bytes())

    def test_faces_are_painted_from_the_painted_drawings(self):
        self.bad('face', self.sheet, '--set', 'joy=0.5', '--paint', '--out', self.root / 'o', says='no drawing of the sheet is painted')
        (self.root / 'paint').mkdir()
        for name in ('neutral', 'joy'):
            shutil.copy(TALK / 'face/mouth/paint' / f'{name}.png', self.root / 'paint')
        self.good('face', self.sheet, '--set', 'joy=0.5', '--set', 'joy=1', '--paint', '--out', self.root / 'o', '--report', self.root / 'r.json')
        report = json.loads((self.root / 'r.json').read_text())
        self.assertEqual([d['regions asked'] for d in report['drawings']], [0, 0])
        self.assertTrue((self.root / 'o/0001-paint.png').exists())

    def test_same_inputs_same_bytes(self):
        hashes = []
        for k in range(2):
            self.good('face', self.sheet, '--set', 'joy=0.3', '--out', self.root / str(k))
            hashes.append(hashlib.sha256((self.root / str(k) / '0001.png').read_bytes()).hexdigest())
        self.assertEqual(*hashes)

    def test_a_track_gives_pictures_and_a_column(self):
        track = self.root / 'track.toml'
        track.write_text('[track]\non = 2\nframes = 8\n[[key]]\nframe = 1\nmix = {}\n[[key]]\nframe = 7\nmix = { joy = 1 }\nease = "even"\n')
        self.good('face', self.sheet, '--track', track, '--out', self.root / 'o', '--column', self.root / 'c.xdts')
        self.assertEqual(len(list((self.root / 'o').glob('*.png'))), 4)
        text = (self.root / 'c.xdts').read_text()
        self.assertTrue(text.startswith('exchangeDigitalTimeSheet'))

    def test_a_column_comes_in_and_goes_out(self):
        track = self.root / 'track.toml'
        track.write_text('[track]\non = 2\nframes = 8\n[[key]]\nframe = 1\ndrawing = "neutral"\nease = "hold"\n[[key]]\nframe = 5\ndrawing = "joy"\n')
        self.good('face', self.sheet, '--track', track, '--out', self.root / 'o', '--column', self.root / 'c.xdts')
        text = (self.root / 'c.xdts').read_text()
        (self.root / 'named.xdts').write_text(text.replace('"1"', '"neutral"').replace('"2"', '"joy"'))
        track.write_text('[track]\nsheet = "named.xdts"\ncolumn = "face"\n')
        self.good('face', self.sheet, '--track', track, '--out', self.root / 'p', '--column', self.root / 'd.xdts')
        self.assertEqual(text, (self.root / 'd.xdts').read_text())
        for name in ('0001.png', '0002.png'):
            self.assertEqual((self.root / 'o' / name).read_bytes(), (self.root / 'p' / name).read_bytes())
        (self.root / 'named.xdts').write_text(text.replace('"2"', '"glee"').replace('"1"', '"neutral"'))
        self.bad('face', self.sheet, '--track', track, '--out', self.root / 'p', says='glee')
        track.write_text('[track]\nsheet = "named.xdts"\ncolumn = "Z"\n')
        self.bad('face', self.sheet, '--track', track, '--out', self.root / 'p', says='no column')

    def test_the_contact_sheet_is_drawn(self):
        self.good('face', self.sheet, '--contact', '--out', self.root / 'o')
        self.assertTrue((self.root / 'o/contact.png').exists())

    def test_bad_sheets_and_tracks(self):
        out = ('--out', self.root / 'o')
        self.bad('face', self.sheet, *out, says='say what to draw', status=1)
        self.bad('face', self.sheet, '--set', 'joy', *out, says='name=value', status=1)
        self.bad('face', self.sheet, '--set', 'glee=1', *out, says='it has joy')
        self.bad('face', self.root / 'none.toml', '--set', 'joy=1', *out, says='none.toml')
        track = self.root / 'track.toml'
        track.write_text('[[key]]\nframe = 1\nmix = { glee = 1 }\n')
        self.bad('face', self.sheet, '--track', track, *out, says='glee')
        text = self.sheet.read_text()
        self.sheet.write_text(text.replace('joy.png', 'lost.png'))
        self.bad('face', self.sheet, '--set', 'joy=1', *out, says='lost.png')
        self.sheet.write_text(text.replace('name = "neutral"\n', 'name = "calm"\n'))
        self.bad('face', self.sheet, '--set', 'joy=1', *out, says='neutral')
        self.sheet.write_text(text.replace('kind = "mouth"', 'kind = "nose"'))
        self.bad('face', self.sheet, '--set', 'joy=1', *out, says='nose')
        self.sheet.write_text(text.replace('[[part]]', '[[part'))
        self.bad('face', self.sheet, '--set', 'joy=1', *out, says='line 1')


class Mouth(Commands):
    def test_three_mouths_from_the_sheet(self):
        self.good('mouth', '--sheet', TALK / 'sheet.xdts', '--out', self.root / 'm.toml')
        first = (self.root / 'm.toml').read_bytes()
        self.good('mouth', '--sheet', TALK / 'sheet.xdts', '--out', self.root / 'm.toml')
        self.assertEqual(first, (self.root / 'm.toml').read_bytes())
        self.good('mouth', '--sheet', TALK / 'sheet.xdts', '--seed', 2, '--out', self.root / 'm.toml')
        self.assertNotEqual(first, (self.root / 'm.toml').read_bytes())

    def test_a_voice_with_its_text_in_every_form(self):
        for ending in ('toml', 'xdts', 'dat', 'tsv', 'json'):
            self.good('mouth', '--wav', TALK / 'voice/c004.wav', '--voice', TALK / 'voice/vowels.wav', '--marks', TALK / 'voice/vowels.txt',
                      '--kana', 'おはよう。えっ、うそ…あはは、うれしい', '--out', self.root / f'm.{ending}')
        self.good('mouth', '--from', self.root / 'm.dat', '--out', self.root / 'again.dat')
        self.assertEqual((self.root / 'm.dat').read_text(), (self.root / 'again.dat').read_text())

    def test_voices_at_any_rate(self):
        for rate in (8000, 96000):
            path = wav(self.root / 'v.wav', [0.0] * rate + hum(1, rate) + [0.0] * rate, rate)
            self.good('mouth', '--wav', path, '--out', self.root / 'm.tsv')
            rows = [line.split('\t') for line in (self.root / 'm.tsv').read_text().splitlines()]
            self.assertEqual(rows[0][1], 'X')
            self.assertGreater(len(rows), 1, rate)
            self.assertAlmostEqual(float(rows[1][0]), 1.0, delta=0.1)

    def test_silence_stays_closed_and_says_so(self):
        done = self.good('mouth', '--wav', wav(self.root / 'v.wav', [0.0] * 8000, 8000), '--out', self.root / 'm.tsv')
        self.assertIn('nobody speaks', done.stderr)
        self.assertEqual((self.root / 'm.tsv').read_text(), '0.00\tX\n')

    def test_bad_voices(self):
        out = ('--out', self.root / 'm.toml')
        self.bad('mouth', '--wav', wav(self.root / 'e.wav', [], 48000), *out, says='no sound')
        (self.root / 'x.wav').write_bytes(b'not a sound')
        self.bad('mouth', '--wav', self.root / 'x.wav', *out, says='no sound file')
        self.bad('mouth', *out, says='--wav', status=1)
        self.bad('mouth', '--wav', self.root / 'e.wav', '--kana', 'あ', *out, says='--voice', status=1)
        self.bad('mouth', '--wav', self.root / 'e.wav', '--out', self.root / 'm.doc', says='.toml', status=1)
        voice = ('--voice', TALK / 'voice/vowels.wav', '--marks', TALK / 'voice/vowels.txt')
        self.bad('mouth', '--wav', TALK / 'voice/c004.wav', *voice, '--kana', '漢字', *out, says='no kana')
        self.bad('mouth', '--wav', TALK / 'voice/c004.wav', *voice, '--kana', 'あ' * 400, *out, says='too short')


if __name__ == '__main__':
    unittest.main()
