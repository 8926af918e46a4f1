"""Golden and property tests of the program through its command line. Usage: command_line.py PROGRAM"""
import json
import os
import random
import re
import shutil
import signal
import struct
import subprocess
import sys
import time
import unittest

from cuts import COAT, PROGRAM, UNSURE, Cut, Scratch, box, leftovers, painted_box, png, prints, run, sheet, streams, wav


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

    def test_the_same_key_twice_is_to_be_looked_at(self):
        key, out = self.cut / 'A/A0001.png', self.root / 'between'
        done = run('inbetween', key, key, '--count', 1, '--out', out, '--report', out / 'r.json')
        self.assertEqual(done.returncode, 0, done.stderr)
        drawing = json.loads((out / 'r.json').read_text())['drawings'][0]
        self.assertEqual(drawing['verdict'], 'look')
        self.assertIn('the same drawing', drawing['reasons'][0]['text'])

    def test_two_keys_with_the_keys_around_them(self):
        def middle(*options):
            out = self.root / 'between'
            done = run('inbetween', self.root / 'a.png', self.root / 'b.png', '--count', 1, '--out', out, '--svg', *options)
            self.assertEqual(done.returncode, 0, done.stderr)
            return min(float(y) for y in re.findall(r'[ML][\d.]+,([\d.]+)', (out / '0001.svg').read_text()))

        # A box that flies up and falls, at even times: half way between the middle two it stands above both.
        for name, left, top in (('before', 60, 120), ('a', 100, 60), ('b', 140, 60), ('after', 180, 120)):
            (self.root / f'{name}.png').write_bytes(box(320, 240, left, top, left + 100, top + 80))
        around = ['--before', self.root / 'before.png', '--after', self.root / 'after.png']
        self.assertAlmostEqual(middle(), 60, delta=1.5)
        self.assertAlmostEqual(middle(*around), 52.5, delta=1.5)
        (self.root / 'after.png').write_bytes(box(160, 120, 10, 10, 60, 60))
        self.bad('inbetween', self.root / 'a.png', self.root / 'b.png', '--count', 1, '--out', self.root / 'o', *around, says='after.png')


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
        for words, says in ((['nonsense'], 'no command "nonsense"'), ([], 'say what to do: new'), (['sheet'], 'say what to do: convert'),
                            (['--verison'], 'no option "--verison"'), (['build'], 'see nakawari build --help'),
                            (['build', self.cut, '--quality', 'best'], 'preview,final'), (['build', self.cut, '--thread', 2], '"--thread"')):
            self.bad(*words, says=says, status=1)
        self.assertEqual(run('--help').returncode, 0)


if __name__ == '__main__':
    unittest.main()
