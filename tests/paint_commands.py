"""Paint, palettes and corrections of paint through the command line. Usage: paint_commands.py PROGRAM"""
import json
import shutil
import unittest

from cuts import COAT, Cut, box, colours, painted_box, pixels, prints, run


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

if __name__ == '__main__':
    unittest.main()
