"""Golden and property tests of the program through its command line. Usage: command_line.py PROGRAM"""
import csv
import hashlib
import io
import json
import os
import pathlib
import random
import shutil
import signal
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


class Checking(Cut):
    def check(self, *more, status=0):
        done = run('check', *(more or [self.cut]), '--json')
        self.assertEqual(done.returncode, status, done.stderr)
        return json.loads(done.stdout)

    def tree(self):
        return {p: p.read_bytes() for p in self.cut.rglob('*') if p.is_file() and 'out' not in p.parts}

    def boxes(self):
        """Five drawings by hand, evenly moved; the third has a gap of 4 px in its upper line (on a page this
        small, a wider one is no break but a missing line)."""
        for i in range(1, 6):
            picture = box(320, 240, 30 + 8 * i, 40 + 4 * i, 150 + 8 * i, 160 + 4 * i)
            if i == 3:
                rows = [[255] * 320 for _ in range(240)]
                for y in range(52, 172):
                    for x in range(54, 174):
                        if min(x - 54, 173 - x, y - 52, 171 - y) < 3 and not (y < 60 and 110 <= x < 114):
                            rows[y][x] = 0
                picture = png(320, 240, rows)
            (self.cut / f'A/A000{i}.png').write_bytes(picture)

    def test_a_gap_is_found_and_an_intention_silences_it(self):
        self.boxes()
        before = self.tree()
        page = self.check()
        self.assertEqual(self.tree(), before)
        gaps = [f for f in page['findings'] if f['check'] == 'broken-line']
        self.assertEqual([(f['drawing'], f['state']) for f in gaps], [('A0003', 'open')])
        self.assertLess(abs(gaps[0]['at'][0] - 112), 3)
        for name in ('index.html', 'check.json', 'retakes.csv'):
            self.assertTrue((self.cut / 'out/check' / name).exists())
        self.assertIn('broken-line', (self.cut / 'out/check/retakes.csv').read_text())
        (self.cut / 'fixes').mkdir()
        (self.cut / 'fixes/A.toml').write_text(
            '[[fix]]\nid = "i1"\nauthor = "Kim"\nkind = "intended"\nwhat = "broken-line"\ndrawing = "A0003"\n')
        gaps = [f for f in self.check()['findings'] if f['check'] == 'broken-line']
        self.assertEqual([(f['state'], f['by']) for f in gaps], [('intended', 'Kim')])

    def test_what_was_mended_is_fixed(self):
        self.boxes()
        self.check()
        (self.cut / 'A/A0003.png').write_bytes(box(320, 240, 54, 52, 174, 172))
        page = self.check()
        self.assertEqual([f['check'] for f in page['findings']], [])
        self.assertIn('broken-line', [f['check'] for f in page['fixed']])

    def test_what_was_not_looked_for_is_not_fixed(self):
        self.boxes()
        self.assertIn('broken-line', [f['check'] for f in self.check()['findings']])
        page = self.check(self.cut, '--only', 'line-width')
        self.assertEqual((page['findings'], page['fixed']), ([], []))

    def test_same_bytes_on_any_number_of_threads(self):
        self.boxes()
        pages = []
        for threads in (1, 2, 8):
            run('check', self.cut, '--threads', threads, '--report', self.root / f'r{threads}')
            pages.append({n: (self.root / f'r{threads}' / n).read_bytes() for n in ('index.html', 'check.json')})
        self.assertEqual(pages[0], pages[1])
        self.assertEqual(pages[0], pages[2])

    def test_an_unbuilt_cut_is_checked_as_far_as_it_goes(self):
        page = self.check()
        self.assertIn('not-built', [n['what'] for n in page['notes']])
        self.assertTrue(page['not_judged']['A'])

    def test_a_built_cut_is_checked_with_its_inbetweens(self):
        self.build()
        by = {d['name']: d['by'] for d in self.check()['drawings']}
        self.assertEqual(by['A0001'], 'artist')
        self.assertEqual(by['A0003'], 'program')

    def test_an_episode_goes_on_past_a_bad_cut(self):
        self.boxes()
        other = self.root / 'c002'
        shutil.copytree(self.cut, other)
        (other / 'A/A0002.png').write_bytes(b'no picture')
        done = run('check', self.root, '--json')
        self.assertEqual(done.returncode, 2, done.stderr)
        cuts = {c['id']: c for c in json.loads(done.stdout)['cuts']}
        self.assertEqual(cuts['c001']['drawings'], 5)
        self.assertIn('A0002', cuts['c002']['error'])
        self.assertTrue((self.root / 'check/index.html').exists())

    def test_a_profile_is_written_and_used(self):
        self.boxes()
        style = self.root / 'style.toml'
        self.assertEqual(run('profile', self.cut, '--out', style).returncode, 0)
        text = style.read_text()
        self.assertIn('[figure]', text)
        (self.cut / 'cut.toml').write_text('[cut]\nprofile = "../style.toml"\n[[cel]]\nname = "A"\n')
        self.assertEqual(self.check()['style']['A']['profile'], 'style')
        style.write_text('[figure')
        self.bad('check', self.cut, says='style.toml')

    def test_two_cuts_stand_beside_each_other_with_figures_and_pictures(self):
        self.boxes()
        for name in ('c210', 'more/c001'):
            shutil.copytree(self.cut, self.root / name)
        (self.root / 'c210/A/A0002.png').write_bytes(box(320, 240, 46, 48, 166, 168, line=6))
        done = run('check', self.cut, self.root / 'c210', '--report', self.root / 'two')
        self.assertEqual(done.returncode, 0, done.stderr)
        page = (self.root / 'two/index.html').read_text()
        self.assertIn('Side by side', page)
        self.assertEqual(page.count('src="data:image/png'), 2)
        self.assertIn('width.outline', page)
        # Two cuts of one name keep a report each.
        done = run('check', self.cut, self.root / 'more/c001', '--report', self.root / 'same', '--json')
        self.assertEqual(len({c['page'] for c in json.loads(done.stdout)['cuts']}), 2)

    def test_the_retake_list_opens_in_a_spreadsheet(self):
        cut = self.root / 'カット,"十二"'
        self.boxes()
        self.cut.rename(cut)
        self.assertEqual(run('check', self.root, '--report', self.root / 'out').returncode, 0)
        raw = (self.root / 'out/retakes.csv').read_bytes()
        self.assertTrue(raw.startswith(b'\xef\xbb\xbf'))
        self.assertEqual(raw.count(b'\xef\xbb\xbf'), 1)
        self.assertEqual(raw.count(b'\n'), raw.count(b'\r\n'))
        rows = list(csv.DictReader(io.StringIO(raw.decode('utf-8-sig'), newline='')))
        gap = [r for r in rows if r['check'] == 'broken-line']
        self.assertEqual([(r['cut'], r['drawing'], r['first_frame'], r['unit']) for r in gap],
                         [(cut.name, 'A0003', '5', 'px')])
        self.assertIn(';', gap[0]['text'])

    def test_styles_are_chosen_by_cut_and_by_cel(self):
        self.boxes()
        self.assertEqual(run('profile', self.cut, '--out', self.root / 'hana.toml').returncode, 0)
        again = self.root / 'hana2.toml'
        self.assertEqual(run('profile', self.cut, '--out', again, '--name', 'hana').returncode, 0)
        self.assertEqual(again.read_text(), (self.root / 'hana.toml').read_text())
        run('profile', self.cut, '--out', self.root / 'flashback.toml')
        shutil.copytree(self.cut / 'A', self.cut / 'B')
        for picture in list((self.cut / 'B').iterdir()):
            picture.rename(picture.with_name('B' + picture.name[1:]))
        (self.cut / 'cut.toml').write_text('[cut]\nprofile = "../hana.toml"\n[[cel]]\nname = "A"\n'
                                           '[[cel]]\nname = "B"\ncolumn = "A"\nprofile = "../flashback.toml"\n')
        style = self.check()['style']
        self.assertEqual((style['A']['profile'], style['B']['profile']), ('hana', 'flashback'))
        page = self.check(self.cut, '--profile', self.root / 'flashback.toml')
        self.assertEqual(page['style']['A']['profile'], 'flashback')

    def test_the_style_of_another_character_is_remarked(self):
        self.boxes()
        (self.cut / 'A/paint').mkdir()
        for i in range(1, 6):
            (self.cut / f'A/paint/A000{i}.png').write_bytes(
                painted_box(320, 240, 30 + 8 * i, 40 + 4 * i, 150 + 8 * i, 160 + 4 * i))
        pair = f'{self.cut}/A/A0001.png={self.cut}/A/paint/A0001.png'
        self.assertEqual(run('profile', pair, '--out', self.root / 'own.toml').returncode, 0)
        own = self.check(self.cut, '--profile', self.root / 'own.toml')
        self.assertNotIn('another-style', [n['what'] for n in own['notes']])
        (self.root / 'other.png').write_bytes(painted_box(320, 240, 38, 44, 158, 164, fill=(200, 30, 40)))
        pair = f'{self.cut}/A/A0001.png={self.root}/other.png'
        self.assertEqual(run('profile', pair, '--out', self.root / 'other.toml').returncode, 0)
        other = self.check(self.cut, '--profile', self.root / 'other.toml')
        notes = [n for n in other['notes'] if n['what'] == 'another-style']
        self.assertEqual([n['cel'] for n in notes], ['A'])
        self.assertIn('other', notes[0]['text'])

    def test_an_empty_cut_and_an_unpainted_one_are_judged_as_far_as_they_go(self):
        for picture in (self.cut / 'A').iterdir():
            picture.unlink()
        (self.cut / 'sheet.xdts').unlink()
        self.bad('check', self.cut, says='holds no drawing')
        (self.cut / 'sheet.xdts').write_text(sheet('12345'))
        self.boxes()
        reasons = ' '.join(self.check()['not_judged']['A'])
        self.assertIn('not painted', reasons)

    def test_wrong_use(self):
        self.bad('check', self.cut, '--only', 'nonsense', says='nonsense', status=1)
        self.bad('check', self.root / 'none', says='none')


def pixels(picture):
    """All pixels of a picture as RGBA bytes."""
    done = subprocess.run(['ffmpeg', '-v', 'error', '-i', str(picture), '-f', 'rawvideo', '-pix_fmt', 'rgba', '-'], capture_output=True, check=True)
    return done.stdout


def colours(picture):
    """The colours of a picture that are not clear."""
    raw = pixels(picture)
    return {raw[i:i + 3] for i in range(0, len(raw), 4) if raw[i + 3]}


NIGHT = (20, 10, 90)


class Palettes(Cut):
    """Styles are solved once; colours are put on them."""

    def setUp(self):
        super().setUp()
        for folder in ('A/paint', 'model', 'fixes'):
            (self.cut / folder).mkdir()
        (self.cut / 'A/paint/A0001.png').write_bytes(painted_box(320, 240, 40, 40, 140, 140))
        self.model()
        self.variant('day')

    def model(self, day=COAT, night=NIGHT):
        text = 'variants = ["day", "night"]\n'
        for number, (name, one, other) in enumerate((('coat', day, night), ('skin', (250, 220, 190), (90, 80, 140))), 1):
            text += '[[style]]\nid = %d\nname = "%s"\nday = "#%02x%02x%02x"\nnight = "#%02x%02x%02x"\n' % (number, name, *one, *other)
        (self.cut / 'model/m.toml').write_text(text)

    def variant(self, name):
        (self.cut / 'cut.toml').write_text(f'[[cel]]\nname = "A"\nmodel = "model/m.toml"\nvariant = "{name}"\n')

    def explained(self):
        """The kinds of steps that ran."""
        return {line.split()[0] for line in self.build('--explain').stderr.splitlines() if ': ' in line}

    def test_another_palette_only_colours(self):
        first = self.explained()
        self.assertLessEqual({'trace', 'match', 'draw', 'reference', 'paint', 'colour', 'frame'}, first)
        self.assertIn(bytes(COAT), colours(self.cut / 'out/A/paint/A0003.png'))
        self.variant('night')
        ran = self.explained()
        self.assertIn('colour', ran)
        self.assertFalse(ran & {'trace', 'match', 'draw', 'reference', 'paint'}, ran)
        for name in ('A0001', 'A0003', 'A0005'):  # the reference, too
            seen = colours(self.cut / f'out/A/paint/{name}.png')
            self.assertIn(bytes(NIGHT), seen)
            self.assertNotIn(bytes(COAT), seen)
        night = prints(self.cut)
        shutil.rmtree(self.cut / 'out')
        self.build()
        self.assertEqual(prints(self.cut), night)

    def test_a_new_colour_in_the_palette_matches_nothing(self):
        self.build()
        self.model(night=(1, 2, 3))
        ran = self.explained()
        self.assertFalse(ran & {'trace', 'match', 'draw', 'paint'}, ran)
        self.variant('night')
        self.build()
        self.assertIn(bytes((1, 2, 3)), colours(self.cut / 'out/A/paint/A0003.png'))

    def fix(self, text):
        with open(self.cut / 'fixes/A.toml', 'a') as file:
            file.write('[[fix]]\n' + text)

    def test_a_fix_tells_what_else_it_changed(self):
        self.build()
        before = {d: pixels(self.cut / f'out/A/paint/{d}.png') for d in ('A0001', 'A0004', 'A0005')}
        self.fix('id = "f1"\nkind = "paint_style"\ndrawing = "A0005"\nat = [170, 130]\nstyle = "skin"\n')
        done = self.build('--json')
        changes = json.loads(done.stdout)['paint_changes']
        mine = [c for c in changes if c.get('fix') == 'f1']
        self.assertEqual([(c['drawing'], c['before'], c['after']) for c in mine], [('A0005', 'coat', 'skin')])
        others = {c['drawing'] for c in changes if 'fix' not in c}
        self.assertTrue(others)
        self.assertNotIn('A0001', others)  # a reference
        for drawing, old in before.items():
            self.assertEqual(pixels(self.cut / f'out/A/paint/{drawing}.png') != old, drawing in others | {'A0005'})
        self.assertEqual(json.loads(self.build('--json').stdout)['paint_changes'], [])
        (self.cut / 'fixes/A.toml').unlink()
        self.assertIn('changed their style', self.build().stdout)

    def test_an_approved_drawing_never_changes(self):
        self.build()
        kept = self.cut / 'fixes/approved/A/A0004-paint.png'
        kept.parent.mkdir(parents=True)
        shutil.copy(self.cut / 'out/A/paint/A0004.png', kept)
        approved = pixels(kept)
        self.fix('id = "f1"\nkind = "approve"\ndrawing = "A0004"\npainted = "fixes/approved/A/A0004-paint.png"\n')
        self.build()
        self.fix('id = "f2"\nkind = "paint_style"\ndrawing = "A0005"\nat = [170, 130]\nstyle = "skin"\n')
        changes = json.loads(self.build('--json').stdout)['paint_changes']
        self.assertNotIn('A0004', {c['drawing'] for c in changes})
        self.assertEqual(pixels(self.cut / 'out/A/paint/A0004.png'), approved)

    def test_a_fix_on_a_redrawn_region_is_found_or_told(self):
        self.fix('id = "f1"\nkind = "paint_style"\ndrawing = "A0005"\nat = [125, 130]\nstyle = "skin"\nlike = "region 8836"\n')
        self.assertNotIn('f1', self.build().stderr)
        skin = bytes((250, 220, 190))
        self.assertIn(skin, colours(self.cut / 'out/A/paint/A0005.png'))
        (self.cut / 'A/A0005.png').write_bytes(box(320, 240, 140, 80, 240, 180))  # the point lies outside now
        self.assertNotIn('f1', self.build().stderr)
        self.assertIn(skin, colours(self.cut / 'out/A/paint/A0005.png'))
        (self.cut / 'A/A0005.png').write_bytes(box(320, 240, 2, 2, 30, 30))  # another thing
        self.assertIn('f1', self.build().stderr)

    def test_paint_keeps_styles_for_another_palette(self):
        reference = f"{self.cut / 'A/A0001.png'}={self.cut / 'A/paint/A0001.png'}"
        words = ['paint', '--ref', reference, '--model', self.cut / 'model/m.toml', '--keep', self.root / 'styles', '--fill']
        line = self.cut / 'A/A0005.png'
        first = run(*words, '--out', self.root / 'day', line)
        self.assertEqual(first.returncode, 0, first.stderr)
        self.assertIn('matched', first.stderr)
        second = run(*words, '--variant', 'night', '--out', self.root / 'night', line)
        self.assertIn('nothing was matched', second.stderr)
        self.assertIn(bytes(COAT), colours(self.root / 'day/A0005.png'))
        self.assertIn(bytes(NIGHT), colours(self.root / 'night/A0005.png'))
        plain = run('paint', '--ref', reference, '--model', self.cut / 'model/m.toml', '--fill', '--out', self.root / 'plain', line)
        self.assertEqual(plain.returncode, 0)
        self.assertEqual(pixels(self.root / 'plain/A0005.png'), pixels(self.root / 'day/A0005.png'))
        (self.root / 'styles/A0005.styles').write_bytes(b'damaged')
        self.assertNotIn('nothing was matched', run(*words, '--out', self.root / 'day', line).stderr)
        line.write_bytes(box(320, 240, 100, 80, 200, 180))
        self.assertNotIn('nothing was matched', run(*words, '--out', self.root / 'day', line).stderr)
        self.bad('paint', '--ref', reference, '--keep', self.root / 'styles', '--out', self.root / 'day', line, says='--model', status=1)

    def test_the_picture_of_a_model_stands_for_a_painted_drawing(self):
        picture, model = self.cut / 'model/m.png', self.cut / 'model/m.toml'
        (self.cut / 'A/paint/A0001.png').rename(picture)
        line = self.cut / 'A/A0005.png'
        done = run('paint', '--model', model, '--model-picture', picture, '--fill', '--out', self.root / 'sheet', line)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(bytes(COAT), colours(self.root / 'sheet/A0005.png'))
        self.bad('paint', '--model-picture', picture, '--out', self.root / 'sheet', line, says='--model', status=1)
        (self.cut / 'cut.toml').write_text(
            '[[cel]]\nname = "A"\nmodel = "model/m.toml"\nmodel_picture = "model/m.png"\n')
        self.build()
        self.assertTrue((self.cut / 'out/A/paint/A0005.png').exists())
        picture.unlink()
        self.bad('build', self.cut, says='mend model_picture')

    def test_a_model_from_a_picture(self):
        taken = self.root / 'taken.toml'
        done = run('palette', self.cut / 'A/paint/A0001.png', taken)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('#1e3cc8', taken.read_text())
        for ending in ('tpl', 'gpl', 'aco', 'ase', 'ccf'):
            self.assertEqual(run('palette', self.cut / 'A/paint/A0001.png', self.root / f'taken.{ending}').returncode, 0)
        named = run('palette', self.cut / 'A/paint/A0001.png', taken, '--like', self.cut / 'model/m.toml')
        self.assertEqual(named.returncode, 0, named.stderr)
        self.assertIn('name = "coat"', taken.read_text().replace("'", '"'))
        self.bad('palette', self.cut / 'model/m.toml', taken, '--like', taken, says='picture', status=1)

    def test_roles_of_trace_lines_are_read(self):
        text = (self.cut / 'cut.toml').read_text()
        (self.cut / 'cut.toml').write_text(text + 'trace = { green = "shadow2" }\n')
        self.build()
        (self.cut / 'cut.toml').write_text(text + 'trace = { green = "left" }\n')
        self.bad('build', self.cut, says='cut.toml')


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
        """Of every kind of file that a build writes; tools/same-bytes does the same with a cut of full size."""
        self.paint()
        (self.cut / 'model').mkdir()
        (self.cut / 'model/m.toml').write_text('variants = ["day"]\n[[style]]\nid = 1\nname = "coat"\nday = "#%02x%02x%02x"\n' % COAT)
        (self.cut / 'voice').mkdir()
        (self.cut / 'voice/c001.wav').write_bytes(wav(1))
        (self.cut / 'BG.png').write_bytes(png(320, 240, [[180] * 320 for _ in range(240)]))
        (self.cut / 'cut.toml').write_text('[output]\nprores = true\nsmooth = true\n[[cel]]\nname = "BG"\nimage = "BG.png"\n'
                                           '[[cel]]\nname = "A"\nmodel = "model/m.toml"\n')
        seen = []
        for threads in (1, 2, 8):
            shutil.rmtree(self.cut / 'out', ignore_errors=True)
            self.build('--threads', threads)
            seen.append(prints(self.cut))
        for name in ('A/line/A0003.png', 'A/line/A0003.svg', 'A/paint/A0003.png', 'A/paint/A0003.tga', 'A/verdicts.json', 'frames/000005.png',
                     'provenance/A0003.json', 'report/index.html', 'c001.mp4', 'c001.mov'):
            self.assertIn(name, seen[0])
        self.assertEqual(seen[0], seen[1])
        self.assertEqual(seen[0], seen[2])

    def test_second_build_has_nothing_to_do(self):
        self.build()
        self.assertIn('nothing to do', self.build().stdout)

    def test_a_changed_key_redoes_only_its_dependents(self):
        """Paths run smoothly through a key, so the drawings on both sides of the neighbouring key depend on it, too."""
        (self.cut / 'sheet.xdts').write_text(sheet(['1', '2', '3', '4', '5', '6', '7']))
        (self.cut / 'A/A0005.png').unlink()
        for name, x in (('3', 80), ('5', 120), ('7', 160)):
            (self.cut / f'A/A000{name}.png').write_bytes(box(320, 240, x, 80, x + 100, 180))
        self.build()
        (self.cut / 'A/A0007.png').write_bytes(box(320, 240, 170, 95, 270, 195))
        why = self.build('--explain').stderr
        self.assertIn('trace A/A0007', why)
        self.assertIn('draw A/A0006', why)
        self.assertIn('draw A/A0004', why)
        for untouched in ('draw A/A0002', 'trace A/A0005', 'match A/A0003-A0005', 'match A/A0001-A0003'):
            self.assertNotIn(untouched, why)

    def test_a_drawing_by_hand_becomes_a_key(self):
        self.build()
        (self.cut / 'A/A0003.png').write_bytes(box(320, 240, 90, 30, 190, 130))
        self.build()
        drawings = {d['name']: d for d in json.loads((self.cut / 'out/A/verdicts.json').read_text())['drawings']}
        self.assertEqual(drawings['A0003']['state'], 'key')
        self.assertEqual(drawings['A0002']['keys'], ['A0001', 'A0003'])
        self.assertFalse((self.cut / 'out/A/line/A0003.png').exists())

    def ended(self, signal_, delay):
        """Starts a build from nothing, sends the signal after the delay, and gives the exit status."""
        shutil.rmtree(self.cut / 'out', ignore_errors=True)
        child = subprocess.Popen([PROGRAM, 'build', str(self.cut)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        child.send_signal(signal_)
        return child.wait()

    def paint(self):
        """Gives the cut a painted reference."""
        (self.cut / 'A/paint').mkdir(exist_ok=True)
        (self.cut / 'A/paint/A0001.png').write_bytes(painted_box(320, 240, 40, 40, 140, 140))

    def test_a_killed_build_loses_nothing(self):
        """NAKAWARI_KILLS=50 kills fifty times."""
        self.paint()
        start = time.monotonic()
        self.build()
        whole = time.monotonic() - start
        want = prints(self.cut)
        self.assertIn('A/paint/A0003.png', want)
        dice = random.Random(1)
        killed = 0
        for _ in range(int(os.environ.get('NAKAWARI_KILLS', '4'))):
            killed += self.ended(signal.SIGKILL, dice.uniform(0.0, 1.1) * whole) == -signal.SIGKILL
            self.build()
            self.assertEqual(prints(self.cut), want)
            self.assertEqual(leftovers(self.cut), [])
        print(f'killed in the middle: {killed}', file=sys.stderr)

    def test_ctrl_c_leaves_nothing_half_written(self):
        self.paint()
        start = time.monotonic()
        self.build()
        whole = time.monotonic() - start
        want = prints(self.cut)
        for share in (0.1, 0.4, 0.7):
            status = self.ended(signal.SIGINT, share * whole)
            self.assertIn(status, (0, 130))
            self.assertEqual(leftovers(self.cut), [])
            for name, data in prints(self.cut).items():
                self.assertEqual(data, want[name], name)
            self.build()
            self.assertEqual(prints(self.cut), want)

    def test_videos(self):
        (self.cut / 'cut.toml').write_text('[[cel]]\nname = "A"\n[output]\nprores = true\n')
        self.build()
        (mp4,) = streams(self.cut / 'out/c001.mp4')
        self.assertEqual((mp4['codec_name'], mp4['pix_fmt'], mp4['nb_frames']), ('h264', 'yuv420p', '10'))
        (mov,) = streams(self.cut / 'out/c001.mov')
        self.assertEqual((mov['codec_name'], mov['codec_tag_string'], mov['nb_frames']), ('prores', 'ap4h', '10'))

    def test_a_voice_is_laid_under_the_video(self):
        (self.cut / 'voice').mkdir()
        voice = self.cut / 'voice/c001.wav'
        voice.write_bytes(wav(2))
        self.build()
        kinds = {s['codec_type']: s for s in streams(self.cut / 'out/c001.mp4')}
        self.assertEqual(kinds['audio']['codec_name'], 'aac')
        self.assertEqual(kinds['video']['nb_frames'], '10')
        self.assertLess(float(kinds['audio']['duration']), 0.5)  # the pictures end after 10 / 24 s
        first = prints(self.cut)
        voice.write_bytes(wav(0.2))
        self.assertEqual(self.build('--explain').stderr.count('changed'), 1)
        self.assertNotEqual(prints(self.cut)['c001.mp4'], first['c001.mp4'])
        (self.cut / 'cut.toml').write_text('[cut]\nvoice = "voice/none.wav"\n[[cel]]\nname = "A"\n')
        self.bad('build', self.cut, says='voice/none.wav')

    def test_a_broken_voice_is_named(self):
        (self.cut / 'voice').mkdir()
        (self.cut / 'voice/c001.wav').write_bytes(b'no sound at all')
        self.bad('build', self.cut, says='c001.wav')
        self.assertFalse((self.cut / 'out/c001.mp4').exists())

    def test_the_report(self):
        self.paint()
        (self.cut / 'cut.toml').write_text('[[cel]]\nname = "A"\n[cost]\ndouga_yen = 1234\n')
        self.build()
        page = (self.cut / 'out/report/index.html').read_text()
        for text in ('"A0003"', '"t":0.5', '"yen":4502.0', 'data:image/png;base64,'):  # 3 x 1234 + 4 x 200 - 0
            self.assertIn(text, page)
        spent = json.loads((self.cut / 'out/report/cost.js').read_text().removeprefix('const SPENT=').rstrip(';\n'))
        self.assertEqual([s['kind'] for s in spent['steps']][:4], ['trace', 'match', 'draw', 'paint'])
        self.assertGreater(spent['mib'], 1)
        self.build()
        self.assertEqual((self.cut / 'out/report/index.html').read_text(), page)

    def test_painted_cels_hold_the_colours_of_the_palette_alone(self):
        self.paint()
        self.build()
        png_, tga = self.cut / 'out/A/paint/A0003.png', self.cut / 'out/A/paint/A0003.tga'
        self.assertEqual(tga.read_bytes()[2], 10)  # true colour, run-length encoded
        raw = subprocess.run(['ffmpeg', '-v', 'error', '-i', str(png_), '-f', 'rawvideo', '-pix_fmt', 'rgba', '-'], capture_output=True, check=True).stdout
        colours = {raw[i:i + 4] for i in range(0, len(raw), 4)}
        self.assertLessEqual({c[:3] for c in colours if c[3]}, {b'\0\0\0', bytes(COAT), UNSURE})

    def test_a_cycle(self):
        (self.cut / 'sheet.xdts').write_text(sheet('1234512345'))
        self.build()
        self.assertEqual(len(list((self.cut / 'out/frames').glob('*.png'))), 20)
        frames = [(self.cut / f'out/frames/{n:06}.png').read_bytes() for n in range(1, 21)]
        self.assertEqual(frames[:10], frames[10:])

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

    def test_an_approved_picture_that_is_gone_is_told(self):
        self.build()
        kept = self.cut / 'fixes/approved/A/A0003.png'
        kept.parent.mkdir(parents=True)
        kept.write_bytes((self.cut / 'out/A/line/A0003.png').read_bytes())
        (self.cut / 'fixes/A.toml').write_text(
            '[[fix]]\nid = "f1"\nkind = "approve"\ndrawing = "A0003"\nlines = "fixes/approved/A/A0003.png"\n')
        self.assertNotIn('f1', self.build().stderr)
        kept.unlink()
        told = self.build().stderr
        self.assertIn('f1', told)
        self.assertIn('fixes/approved/A/A0003.png', told)

    def test_new_builds_and_never_writes_over(self):
        cut = self.root / 'c002'
        self.assertEqual(run('new', cut).returncode, 0)
        self.build(cut=cut)
        self.bad('new', cut, says='already')

    def test_a_new_cut_of_any_name_is_called_by_its_folder(self):
        cut = self.root / "Hana's 最初 の"
        next_command = run('new', cut).stdout.split('Next: ')[1]
        environment = {**os.environ, 'PATH': os.path.dirname(PROGRAM) + ':' + os.environ['PATH']}
        done = subprocess.run(['sh', '-c', next_command], capture_output=True, text=True, timeout=300, env=environment)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn('note:', done.stderr)
        self.assertTrue((cut / f'out/{cut.name}.mp4').exists())

    def test_a_drawing_that_cannot_be_made_is_not_counted_as_made(self):
        (self.cut / 'sheet.xdts').write_text(sheet('123456'))
        self.assertIn('2 drawings by hand, 3 made between them, 1 missing', self.build().stdout)

    def test_what_is_read_is_never_written_over(self):
        """Under another spelling, and through a link, too."""
        keys = [self.root / f'{name}.png' for name in ('0001', '0005')]
        for key, name in zip(keys, ('A0001', 'A0005')):
            shutil.copy(self.cut / f'A/{name}.png', key)
        painted = self.root / 'p.png'
        painted.write_bytes(painted_box(320, 240, 40, 40, 140, 140))
        (self.root / 'link').symlink_to(self.root)
        before = {p: p.read_bytes() for p in (*keys, painted, self.cut / 'sheet.xdts')}
        says = 'would be written over'
        for out in (self.root, self.root / 'link', self.root / 'c001/..'):
            self.bad('inbetween', *keys, '--count', 1, '--out', out, says=says, status=1)
            self.bad('paint', '--ref', f'{keys[0]}={painted}', '--out', out, keys[1], says=says, status=1)
        self.bad('trace', keys[0], '--out', keys[0], says=says, status=1)
        self.bad('trace', keys[0], '--out', self.root / 'a.svg', '--render', keys[0], says=says, status=1)
        self.bad('sheet', 'convert', self.cut / 'sheet.xdts', self.cut / 'sheet.xdts', says=says, status=1)
        self.assertEqual({p: p.read_bytes() for p in before}, before)

    def test_a_table_written_over_a_sheet_leaves_its_dialogue(self):
        xdts, table = self.cut / 'sheet.xdts', self.root / 'sheet.csv'
        head, page = xdts.read_text().split('\n', 1)
        page = json.loads(page)
        line = {'frame': 2, 'data': [{'id': 0, 'values': ['Hana', 'ohayou']}]}
        page['timeTables'][0]['fields'].append({'fieldId': 3, 'tracks': [{'trackNo': 0, 'frames': [line]}]})
        xdts.write_text(head + '\n' + json.dumps(page))
        self.assertIn('dialogue', run('sheet', 'convert', xdts, table).stderr)
        table.write_text(table.read_text().replace('\n3,2', '\n3,9'))
        done = run('sheet', 'convert', table, xdts)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('dialogue', done.stderr)
        fields = {f['fieldId']: f['tracks'] for f in json.loads(xdts.read_text().split('\n', 1)[1])['timeTables'][0]['fields']}
        self.assertEqual(fields[3][0]['frames'], [line])
        self.assertEqual(fields[0][0]['frames'][1]['data'][0]['values'], ['9'])

    def test_two_keys(self):
        out = self.root / 'between'
        done = run('inbetween', self.cut / 'A/A0001.png', self.cut / 'A/A0005.png', '--at', '0.75,0.25', '--out', out,
                   '--svg', '--report', out / 'r.json')
        self.assertEqual(done.returncode, 0, done.stderr)
        report = json.loads((out / 'r.json').read_text())
        self.assertEqual([d['t'] for d in report['drawings']], [0.25, 0.75])
        self.assertIn('2 drawings', done.stdout)
        self.assertTrue((out / '0002.svg').exists())


class BadInputs(Cut):
    def test_pictures(self):
        key = self.cut / 'A/A0005.png'
        cases = {'missing': None, 'empty': b'', 'cut short': key.read_bytes()[:60], 'wrong kind': b'hello there, no picture',
                 'other size': box(160, 120, 10, 10, 60, 60), '30000 x 30000': png(30000, 30000, depth=1), 'a lie about its size': png(1, 1)[:16] + struct.pack('>II', 40000, 40000) + png(1, 1)[24:]}
        for name, data in cases.items():
            with self.subTest(name):
                if data is None:
                    key.unlink()
                else:
                    key.write_bytes(data)
                self.bad('inbetween', self.cut / 'A/A0001.png', key, '--count', 1, '--out', self.root / 'o', says='A0005.png')

    def test_keys_of_a_cut(self):
        key = self.cut / 'A/A0005.png'
        for name, data, says in (('empty', b'', 'A0005.png'), ('cut short', key.read_bytes()[:60], 'A0005.png'),
                                 ('wrong kind', b'GIF89a no picture', 'A0005.png'), ('other size', box(160, 120, 10, 10, 60, 60), '160x120'),
                                 ('30000 x 30000', png(30000, 30000, depth=1), 'too large')):
            with self.subTest(name):
                key.write_bytes(data)
                self.bad('build', self.cut, says=says)
                self.assertEqual(leftovers(self.cut), [])

    def test_one_pixel(self):
        dot = self.root / 'dot.png'
        dot.write_bytes(png(1, 1))
        black = self.root / 'black.png'
        black.write_bytes(png(1, 1, [[0]]))
        self.assertEqual(run('inbetween', dot, dot, '--count', 1, '--out', self.root / 'o').returncode, 0)
        for a, b in ((dot, black), (black, dot), (black, black)):
            self.bad('inbetween', a, b, '--count', 1, '--out', self.root / 'o', says='no line art')
        for name in ('A0001', 'A0005'):
            (self.cut / f'A/{name}.png').write_bytes(png(1, 1))
        self.build()
        self.assertTrue((self.cut / 'out/c001.mp4').exists())

    def test_cut_files(self):
        cases = [('[[cel]]\nname = 5\n', 'line 2'), ('[cut]\nfps = "fast"\n', 'line 2'), ('[cut]\nsheet = "../s.xdts"\n', 'line 2'),
                 ('[cut\n', 'line 1'), ('[[cel]]\nname = "A"\n[[cel]]\nname = "A"\n', 'two cels')]
        for text, says in cases:
            with self.subTest(text):
                (self.cut / 'cut.toml').write_text(text)
                self.bad('build', self.cut, says=says)

    def test_sheets(self):
        cases = {'no drawing': sheet([]), 'a million frames': sheet('12', frames=1_000_000), 'not a sheet': 'hello', 'empty': '',
                 'cut short': sheet('12345')[:200], 'other drawings': sheet('78')}
        for name, text in cases.items():
            with self.subTest(name):
                (self.cut / 'sheet.xdts').write_text(text)
                self.bad('build', self.cut, says='sheet.xdts')

    def test_doubles(self):
        (self.cut / 'A/a1.PNG').write_bytes((self.cut / 'A/A0001.png').read_bytes())
        self.bad('build', self.cut, says='both drawing 1')

    def test_a_model_without_the_colours_of_a_reference(self):
        (self.cut / 'A/paint').mkdir()
        (self.cut / 'A/paint/A0001.png').write_bytes(painted_box(320, 240, 40, 40, 140, 140))
        (self.cut / 'model').mkdir()
        model = self.cut / 'model/m.toml'
        (self.cut / 'cut.toml').write_text('[[cel]]\nname = "A"\nmodel = "model/m.toml"\n')
        self.bad('build', self.cut, says='m.toml')
        model.write_text('[[style]]\nid = 1\nname = "skin"\nday = 5\n')
        self.bad('build', self.cut, says='m.toml')
        model.write_text('variants = ["day"]\n[[style]]\nid = 1\nname = "skin"\nday = "#fadcbe"\n')
        self.build()  # the reference wins; what it shows is not lost
        reference = subprocess.run(['ffmpeg', '-v', 'error', '-i', str(self.cut / 'out/A/paint/A0001.png'), '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'],
                                   capture_output=True, check=True).stdout
        self.assertIn(bytes(COAT), {reference[i:i + 3] for i in range(0, len(reference), 3)})

    def test_a_full_disk(self):
        """A disk that is full in the middle of a build; the build goes on once there is room."""
        disk = Scratch(self.root / 'full', 'size=120k')
        if not disk.mounted:
            self.skipTest('no file system can be mounted here')
        self.addCleanup(disk.release)
        cut = self.root / 'full/c001'
        shutil.copytree(self.cut, cut)
        self.bad('build', cut, says='cannot be written')
        self.assertEqual(leftovers(cut), [])
        self.assertTrue(disk.again('size=20m'))
        self.build(cut=cut)
        self.build()
        self.assertEqual(prints(cut), prints(self.cut))

    def test_a_read_only_folder(self):
        disk = Scratch(self.root / 'sealed', 'size=20m')
        if not disk.mounted:
            self.skipTest('no file system can be mounted here')
        self.addCleanup(disk.release)
        cut = self.root / 'sealed/c001'
        shutil.copytree(self.cut, cut)
        if not disk.again('ro'):
            self.skipTest('no file system can be made read-only here')
        self.bad('build', cut, says='allow writing')
        self.bad('inbetween', cut / 'A/A0001.png', cut / 'A/A0005.png', '--count', 1, '--out', cut / 'o', says='allow writing')
        self.bad('new', self.root / 'sealed/c002', says='allow writing')

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
        for words, says in ((['nonsense'], 'no command "nonsense"'), ([], 'say what to do: build'), (['sheet'], 'say what to do: convert'),
                            (['--verison'], 'no option "--verison"'), (['build'], 'see nakawari build --help'),
                            (['build', self.cut, '--quality', 'best'], 'preview,final'), (['build', self.cut, '--thread', 2], '"--thread"')):
            self.bad(*words, says=says, status=1)
        self.assertEqual(run('--help').returncode, 0)


if __name__ == '__main__':
    unittest.main()
