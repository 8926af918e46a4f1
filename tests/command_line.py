"""Golden and property tests of the program through its command line. Usage: command_line.py PROGRAM"""
import hashlib
import json
import os
import pathlib
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import zlib

PROGRAM = os.path.abspath(sys.argv.pop(1))


def run(*words, env=None, **more):
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=300, env=env, **more)
    return done


def png(width, height, rows=None):
    """A gray PNG; rows are lists of values, None for white."""
    def chunk(kind, body):
        return struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind + body))
    lines = b''.join(b'\0' + bytes(row) for row in (rows or [[255] * width] * height))
    head = struct.pack('>IIBBBBB', width, height, 8, 0, 0, 0, 0)
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(lines)) + chunk(b'IEND', b'')


def box(width, height, left, top, right, bottom, line=3):
    """A drawn rectangle."""
    rows = [[255] * width for _ in range(height)]
    for y in range(top, bottom):
        for x in range(left, right):
            if min(x - left, right - 1 - x, y - top, bottom - 1 - y) < line:
                rows[y][x] = 0
    return png(width, height, rows)


def sheet(names, frames=2):
    entries = [{'frame': i * frames, 'data': [{'id': 0, 'values': [n]}]} for i, n in enumerate(names)]
    page = {'version': 5, 'timeTables': [{'name': 's', 'duration': max(1, len(names) * frames),
            'timeTableHeaders': [{'fieldId': 0, 'names': ['A']}],
            'fields': [{'fieldId': 0, 'tracks': [{'trackNo': 0, 'frames': entries}]}]}]}
    return 'exchangeDigitalTimeSheet Save Data\n' + json.dumps(page)


def prints(folder):
    """Hashes of everything derived but the cache and the report, which tells what was spent."""
    out = pathlib.Path(folder) / 'out'
    return {str(p.relative_to(out)): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(out.rglob('*'))
            if p.is_file() and p.relative_to(out).parts[0] not in ('.cache', 'report')}


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


class Building(Cut):
    def test_makes_what_the_folder_lacks(self):
        before = {p: p.read_bytes() for p in self.cut.rglob('*') if p.is_file()}
        self.build()
        for name in ('A0002', 'A0003', 'A0004'):
            self.assertTrue((self.cut / f'out/A/line/{name}.png').exists())
            self.assertTrue((self.cut / f'out/A/line/{name}.svg').exists())
            self.assertTrue((self.cut / f'out/provenance/{name}.json').exists())
        verdicts = json.loads((self.cut / 'out/A/verdicts.json').read_text())
        self.assertEqual([d['name'] for d in verdicts['drawings']], ['A0001', 'A0002', 'A0003', 'A0004', 'A0005'])
        self.assertEqual(len(list((self.cut / 'out/frames').glob('*.png'))), 10)
        for path, data in before.items():
            self.assertEqual(path.read_bytes(), data)

    def test_same_bytes_on_any_number_of_threads(self):
        seen = []
        for threads in (1, 2, 8):
            shutil.rmtree(self.cut / 'out', ignore_errors=True)
            self.build('--threads', threads)
            seen.append(prints(self.cut))
        self.assertEqual(seen[0], seen[1])
        self.assertEqual(seen[0], seen[2])

    def test_second_build_has_nothing_to_do(self):
        self.build()
        start = time.monotonic()
        self.assertIn('nothing to do', self.build().stdout)
        self.assertLess(time.monotonic() - start, 2.0)  # half a second on an idle machine

    def test_a_changed_key_redoes_only_its_dependents(self):
        (self.cut / 'sheet.xdts').write_text(sheet(['1', '2', '3', '4', '5', '6', '7']))
        (self.cut / 'A/A0007.png').write_bytes(box(320, 240, 160, 90, 260, 190))
        self.build()
        (self.cut / 'A/A0007.png').write_bytes(box(320, 240, 170, 95, 270, 195))
        why = self.build('--explain').stderr
        self.assertIn('trace A/A0007', why)
        self.assertIn('draw A/A0006', why)
        self.assertNotIn('draw A/A0003', why)
        self.assertNotIn('trace A/A0001', why)

    def test_a_drawing_by_hand_becomes_a_key(self):
        self.build()
        (self.cut / 'A/A0003.png').write_bytes(box(320, 240, 90, 30, 190, 130))
        self.build()
        drawings = {d['name']: d for d in json.loads((self.cut / 'out/A/verdicts.json').read_text())['drawings']}
        self.assertEqual(drawings['A0003']['state'], 'key')
        self.assertEqual(drawings['A0002']['keys'], ['A0001', 'A0003'])
        self.assertFalse((self.cut / 'out/A/line/A0003.png').exists())

    def test_a_killed_build_loses_nothing(self):
        self.build()
        want = prints(self.cut)
        dice = random.Random(1)
        for _ in range(3):
            shutil.rmtree(self.cut / 'out')
            child = subprocess.Popen([PROGRAM, 'build', str(self.cut)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(dice.uniform(0.0, 0.6))
            child.kill()
            child.wait()
            self.build()
            self.assertEqual(prints(self.cut), want)

    def test_a_derived_file_changed_by_hand_is_kept_aside(self):
        self.build()
        (self.cut / 'out/A/line/A0002.png').write_bytes(box(320, 240, 10, 10, 60, 60))
        self.build()
        kept = list((self.cut / 'out/changed-by-hand').rglob('A0002.png'))
        self.assertEqual(len(kept), 1)

    def test_a_lost_fix_is_told(self):
        (self.cut / 'fixes').mkdir()
        (self.cut / 'fixes/A.toml').write_text('[[fix]]\nid = "f1"\nkind = "guide"\ndrawings = ["A0001", "A0005"]\na = [300, 10]\nb = [10, 230]\n')
        self.assertIn('f1', self.build().stderr)

    def test_new_builds_and_never_writes_over(self):
        cut = self.root / 'c002'
        self.assertEqual(run('new', cut).returncode, 0)
        self.build(cut=cut)
        self.bad('new', cut, says='already')

    def test_two_keys(self):
        out = self.root / 'between'
        done = run('inbetween', self.cut / 'A/A0001.png', self.cut / 'A/A0005.png', '--at', '0.75,0.25', '--out', out,
                   '--svg', '--report', out / 'r.json')
        self.assertEqual(done.returncode, 0, done.stderr)
        report = json.loads((out / 'r.json').read_text())
        self.assertEqual([d['t'] for d in report['drawings']], [0.25, 0.75])
        self.assertTrue((out / '0002.svg').exists())


class BadInputs(Cut):
    def test_pictures(self):
        key = self.cut / 'A/A0005.png'
        cases = {'missing': None, 'empty': b'', 'cut short': key.read_bytes()[:60], 'wrong kind': b'hello there, no picture',
                 'other size': box(160, 120, 10, 10, 60, 60), 'huge': png(1, 1)[:16] + struct.pack('>II', 40000, 40000) + png(1, 1)[24:]}
        for name, data in cases.items():
            with self.subTest(name):
                if data is None:
                    key.unlink()
                else:
                    key.write_bytes(data)
                self.bad('inbetween', self.cut / 'A/A0001.png', key, '--count', 1, '--out', self.root / 'o', says='A0005.png')

    def test_one_pixel(self):
        dot = self.root / 'dot.png'
        dot.write_bytes(png(1, 1))
        self.assertEqual(run('inbetween', dot, dot, '--count', 1, '--out', self.root / 'o').returncode, 0)

    def test_cut_files(self):
        cases = [('[[cel]]\nname = 5\n', 'line 2'), ('[cut]\nfps = "fast"\n', 'line 2'), ('[cut]\nsheet = "../s.xdts"\n', 'line 2'),
                 ('[cut\n', 'line 1'), ('[[cel]]\nname = "A"\n[[cel]]\nname = "A"\n', 'two cels')]
        for text, says in cases:
            with self.subTest(text):
                (self.cut / 'cut.toml').write_text(text)
                self.bad('build', self.cut, says=says)

    def test_sheets(self):
        cases = {'no drawing': sheet([]), 'a million frames': sheet('12', frames=1_000_000), 'not a sheet': 'hello'}
        for name, text in cases.items():
            with self.subTest(name):
                (self.cut / 'sheet.xdts').write_text(text)
                self.bad('build', self.cut, says='sheet.xdts')

    def test_doubles(self):
        (self.cut / 'A/a1.PNG').write_bytes((self.cut / 'A/A0001.png').read_bytes())
        self.bad('build', self.cut, says='both drawing 1')

    def test_folders(self):
        self.bad('build', self.root / 'none', says='no such folder')
        (self.cut / 'out').write_text('a file in the way')
        self.bad('build', self.cut, says='out')

    def test_full_disk(self):
        import resource
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))
        self.bad('build', self.cut, says='cannot be written', preexec_fn=limit)

    def test_no_ffmpeg(self):
        self.bad('build', self.cut, says='ffmpeg is not installed', env={'PATH': '/nowhere'})
        self.assertEqual(len(list((self.cut / 'out/frames').glob('*.png'))), 10)

    def test_wrong_use(self):
        key = self.cut / 'A/A0001.png'
        self.bad('inbetween', key, key, '--at', '0,0.5', '--out', self.root / 'o', says='no in-between', status=1)
        self.assertEqual(run('inbetween', key, key, '--out', self.root / 'o').returncode, 1)
        self.assertEqual(run('nonsense').returncode, 1)
        self.assertEqual(run('--help').returncode, 0)


if __name__ == '__main__':
    unittest.main()
