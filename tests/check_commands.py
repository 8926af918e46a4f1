"""nakawari check and nakawari profile through the command line. Usage: check_commands.py PROGRAM"""
import csv
import io
import json
import shutil
import unittest

from cuts import Cut, box, painted_box, png, run, sheet


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

if __name__ == '__main__':
    unittest.main()
