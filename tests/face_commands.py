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


def column(names):
    """An exposure sheet with one column A, its drawings on twos."""
    entries = [{'frame': 2 * i, 'data': [{'id': 0, 'values': [n]}]} for i, n in enumerate(names)]
    return 'exchangeDigitalTimeSheet Save Data\n' + json.dumps({'version': 5, 'timeTables': [{
        'name': 's', 'duration': 2 * len(names), 'timeTableHeaders': [{'fieldId': 0, 'names': ['A']}],
        'fields': [{'fieldId': 0, 'tracks': [{'trackNo': 0, 'frames': entries}]}]}]})


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


class Eyes(Commands):
    """Hand-drawn keys whose eyes an expression sheet names: they blink."""

    def setUp(self):
        super().setUp()
        for name, drawing in (('A', 'neutral'), ('B', 'blink')):
            shutil.copy(TALK / 'face/eyes' / f'{drawing}.png', self.root / f'{name}.png')

    def between(self, out, *more):
        return self.good('inbetween', self.root / 'A.png', self.root / 'B.png', '--at', '0.75', '--out', self.root / out, '--svg', *more)

    def test_the_iris_is_seen_until_the_lid_covers_it(self):
        sheet = ('--face', TALK / 'face/mio.toml', '--face-cel', 'eyes')
        self.between('plain')
        self.between('named', *sheet)
        plain, named = ((self.root / out / '0001.svg').read_text() for out in ('plain', 'named'))
        # Past the middle the closed eye's lines are drawn: without names nothing of the open eye is left.
        self.assertGreater(named.count('<path'), plain.count('<path') + 10)
        self.between('again', *sheet)
        self.assertEqual((self.root / 'named/0001.png').read_bytes(), (self.root / 'again/0001.png').read_bytes())

    def test_a_fix_goes_before_the_sheet(self):
        fix = '[[fix]]\nid = "f1"\nkind = "group"\ndrawings = ["A", "B"]\nin = "A"\nlasso = [[700, 300], [1200, 300], [1200, 700], [700, 700]]\nname = "mask"\n'
        (self.root / 'f.toml').write_text(fix)
        self.between('fixed', '--fixes', self.root / 'f.toml')
        self.between('both', '--fixes', self.root / 'f.toml', '--face', TALK / 'face/mio.toml', '--face-cel', 'eyes')
        # All lines of the first key belong to something else; those of the closed eye alone are no blink.
        self.assertEqual((self.root / 'fixed/0001.svg').read_text().count('<path'), (self.root / 'both/0001.svg').read_text().count('<path'))

    def test_an_eye_that_is_not_plain_says_what_to_name(self):
        fix = '[[fix]]\nid = "f1"\nkind = "group"\ndrawings = ["A", "B"]\nin = "A"\nlasso = [[700, 300], [1200, 300], [1200, 700], [700, 700]]\nname = "eye L"\n'
        (self.root / 'f.toml').write_text(fix)
        done = self.between('o', '--fixes', self.root / 'f.toml')
        self.assertIn('circle its parts one by one', done.stderr)

    def test_heads_that_are_not_on_the_sheet_are_told(self):
        shutil.copy(TALK / 'face/mouth/joy.png', self.root / 'B.png')
        done = self.between('o', '--face', TALK / 'face/mio.toml', '--face-cel', 'eyes')
        self.assertIn('"eye L" of the expression sheet is not found', done.stderr)
        self.bad('inbetween', self.root / 'A.png', self.root / 'B.png', '--count', 1, '--out', self.root / 'o', '--face', TALK / 'face/mio.toml',
                 '--face-cel', 'ears', says='no neutral drawing')

    def test_in_a_cut(self):
        cut = self.root / 'c1'
        (cut / 'A').mkdir(parents=True)
        shutil.copytree(TALK / 'face', cut / 'face')
        shutil.copy(self.root / 'A.png', cut / 'A/A0001.png')
        shutil.copy(self.root / 'B.png', cut / 'A/A0003.png')
        (cut / 'sheet.xdts').write_text(column('123'))
        head = '[output]\nvideo = false\n[[cel]]\nname = "A"\n'
        (cut / 'cut.toml').write_text(head)
        self.good('build', cut)
        plain = (cut / 'out/A/line/A0002.png').read_bytes()
        (cut / 'cut.toml').write_text(head + 'face = "face/mio.toml"\nface_cel = "eyes"\n')
        self.assertIn('eyes A/A0001', self.good('build', cut, '--explain').stderr)
        named = (cut / 'out/A/line/A0002.png').read_bytes()
        self.assertNotEqual(plain, named)
        again = self.good('build', cut, '--explain')
        self.assertNotIn('eyes A', again.stderr)
        self.assertEqual(named, (cut / 'out/A/line/A0002.png').read_bytes())
        (cut / 'cut.toml').write_text(head)
        self.good('build', cut)
        self.assertEqual(plain, (cut / 'out/A/line/A0002.png').read_bytes())


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
