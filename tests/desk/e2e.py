"""End-to-end tests of the desk in headless Chromium. Usage: e2e.py PROGRAM [unittest words]

Everything waits for conditions, nothing for time. With SHOTS=DIR in the environment the tests leave pictures of
what they saw there."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import tomllib
import unittest

sys.path.insert(0, os.path.dirname(__file__))
import small_cut
from browser import PATIENCE, Browser, Desk, until

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else ''
SOURCE = pathlib.Path(__file__).resolve().parents[2]
SHOTS = os.environ.get('SHOTS')
A0003 = "desk.model.scene.cels[0].drawings.find((d) => d.stem === 'A0003')"


def copy_of(example, root):
    cut = pathlib.Path(root) / example.name
    shutil.copytree(example, cut, ignore=shutil.ignore_patterns('out', 'truth', 'fixes'))
    return cut


def shot(browser, name):
    if SHOTS:
        pathlib.Path(SHOTS).mkdir(parents=True, exist_ok=True)
        browser.shot(f'{SHOTS}/{name}.png')


class Correcting:
    """A hand at a desk: `desk`, `browser`, the `cut` on the disk, and the drawing `stem` of `cel` on the table."""
    cel, stem = 'A', 'A0003'

    def at(self, pane, x, y):
        return self.browser.eval(f'desk.at({pane}, {x}, {y})')

    def tool(self, key):
        self.browser.key(key)

    def fixes(self):
        """What lies on the disk."""
        path = self.cut / f'fixes/{self.cel}.toml'
        return tomllib.loads(path.read_text()).get('fix', []) if path.exists() else []

    def wait_fixes(self, count):
        until(lambda: len(self.fixes()) == count, f'{count} fixes on the disk')
        self.browser.wait(f"desk.model.scene.cels.find((c) => c.name === '{self.cel}').fixes.length === {count}")
        return self.fixes()

    def pair_ready(self):
        self.browser.wait('desk.model.mode === "pair" && desk.model.pair !== null')

    def previewed(self, kind):
        """The preview is there, and nothing is kept yet."""
        self.browser.wait("desk.model.preview !== null && desk.model.preview.picture !== ''", f'the preview of {kind}')
        self.assertEqual(self.fixes(), [], kind)
        self.assertIn(self.stem, self.browser.eval('desk.model.preview.drawings'), kind)

    def kept_and_undone(self, kind, how):
        """It is on the disk; it is taken back, said again and taken back by keys."""
        b = self.browser
        fix, = self.wait_fixes(1)
        self.assertEqual(fix['kind'], kind)
        shot(b, f'{how}_{kind}')
        b.key('z')
        self.wait_fixes(0)
        b.key('Z', shift=True)
        self.assertEqual(self.wait_fixes(1)[0]['id'], fix['id'])
        b.key('z')
        self.wait_fixes(0)
        return fix

    def begin(self, kind, tool, pair):
        self.tool('v')
        self.tool(tool)
        self.browser.wait(f"desk.model.tool === '{kind}'")
        if pair:
            self.pair_ready()

    def by_pointer(self, kind, tool, setting, points, path):
        """Makes the gesture; what it would change is seen before it is applied."""
        b = self.browser
        self.begin(kind, tool, points[0][0] < 2)
        if setting:
            b.press(setting)
        places = [self.at(*p) for p in points]
        b.move(places[0])
        if path:
            b.mouse('mousePressed', places[0])
            for at in places[1:]:
                b.mouse('mouseMoved', at)
        else:
            for at in places[:-1]:
                b.click(at)
            b.move(places[-1])
        self.previewed(kind)
        shot(b, f'preview_{kind}_{self.cut.name}')
        if path:
            b.mouse('mouseReleased', places[-1], buttons=0)
        else:
            b.click(places[-1])
        return self.kept_and_undone(kind, f'pointer_{self.cut.name}')


class OnSmallCut(Correcting, unittest.TestCase):
    """One desk and one browser for all tests of the class: starting them is what takes time."""

    @classmethod
    def setUpClass(cls):
        cls.root = tempfile.mkdtemp(prefix='nakawari-desk-')
        cls.cut = small_cut.make(pathlib.Path(cls.root) / 'c042')
        cls.desk = Desk(PROGRAM, cls.cut)
        cls.browser = Browser()
        cls.browser.open(cls.desk.link)
        cls.desk.settled()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.desk.stop()
        shutil.rmtree(cls.root, ignore_errors=True)

    def setUp(self):
        b = self.browser
        b.errors.clear()
        for _ in range(3):
            b.key('Escape')
        b.eval("document.querySelector('[data-mode=lines]').click()")
        self.stand_on('A0003')

    def tearDown(self):
        self.assertEqual(self.browser.errors, [], 'the page threw')
        shot(self.browser, self.id().split('.')[-1])
        for fix in self.fixes():
            self.desk.ask('/undo', {'cel': 'A', 'id': fix['id']})
        self.wait_fixes(0)
        self.desk.settled()

    # --- words ---

    def stand_on(self, stem):
        drawing = self.desk.scene()['cels'][0]['drawings']
        frame = next(d['first'] for d in drawing if d['stem'] == stem)

        def clicked():  # the sheet is laid out with the next picture: until then the cell lies elsewhere
            self.browser.click(self.browser.eval(f"desk.cellAt('A', {frame})"))
            return self.browser.eval(f'desk.model.frame === {frame}')
        until(clicked, f'frame {frame}')

    def cross_to(self, x, y):
        """Brings the keyboard's pen to a place by its arrows alone."""
        b = self.browser
        b.key('ArrowRight')
        for axis, forward, back, want in ((0, 'ArrowRight', 'ArrowLeft', x), (1, 'ArrowDown', 'ArrowUp', y)):
            while True:
                now = b.eval(f'desk.hand.cross.at[{axis}]')
                if abs(now - want) < 1:
                    break
                b.key(forward if now < want else back, shift=abs(now - want) < 8)

    # --- see ---

    def test_plays_with_the_frames_of_the_sheet(self):
        b = self.browser
        b.key('3')
        b.key(' ')
        b.wait('desk.counts.shown >= 10')
        self.assertTrue(b.eval('desk.model.playing'))
        b.key(' ')
        b.wait('!desk.model.playing')
        b.press('[data-act=play]')
        b.wait('desk.model.playing')
        b.press('[data-act=play]')
        b.wait('!desk.model.playing')

    def test_plays_on_ones_twos_and_threes_with_its_voice_once_or_for_ever(self):
        b = self.browser
        b.key('3')
        for step in (2, 3, 1):
            b.key('k')
            b.wait(f'desk.model.step === {step}')
            b.eval('(() => { window.seen = []; const look = () => { if (desk.model.playing) window.seen.push(desk.model.frame); requestAnimationFrame(look); }; '
                   'desk.go(0); desk.counts.shown = 0; look(); })()')
            b.key(' ')
            b.wait(f'desk.counts.shown >= {24 // step}', f'a whole round on {step}s')
            if step == 2:
                b.wait('!desk.audio.paused && desk.audio.currentTime > 0', 'the voice')
            b.key(' ')
            b.wait('!desk.model.playing')
            self.assertTrue(b.eval('desk.audio.paused'))
            self.assertEqual(b.eval(f'window.seen.filter((f) => f % {step} !== 0)'), [])
        b.key('r')
        b.eval('desk.go(0)')
        b.key(' ')
        b.wait('desk.counts.shown >= 3')
        b.wait('!desk.model.playing', 'the end, once')
        b.key('r')
        b.key('u')
        b.key(' ')
        b.wait('desk.counts.shown >= 3')
        self.assertTrue(b.eval('desk.audio.paused'), 'no voice when it is off')
        b.key(' ')
        b.key('u')

    def test_a_hand_moves_turns_and_nears_the_paper_and_still_points_at_what_it_sees(self):
        b = self.browser
        until(lambda: self.paint_of('A0003'), 'paint')
        here = self.at(2, 310, 185)
        b.wheel(here, -240)
        b.wait('desk.view.zoom > 1.5')
        near = self.at(2, 310, 185)
        self.assertLess(max(abs(near[i] - here[i]) for i in (0, 1)), 3, 'the place under the pen stays')
        b.drag([near, [near[0] + 20, near[1] - 9], [near[0] + 60, near[1] - 30]])
        until(lambda: abs(self.at(2, 310, 185)[0] - near[0] - 60) < 2, 'the paper to move')
        b.wheel(near, 100, shift=True)
        b.wait('desk.view.turn > 0')
        b.key('m')
        self.tool('b')
        b.press('[data-style=band]')
        place = self.middle('skin')
        b.click(self.at(2, *place))
        fix, = self.wait_fixes(1)
        self.assertLess(max(abs(fix['at'][i] - place[i]) for i in (0, 1)), 1.5)
        shot(b, 'turned')
        b.key('m')
        b.key('0')

    def test_a_fresh_browser_is_shown_the_first_steps_by_the_cut_itself(self):
        with Browser() as fresh:
            fresh.call('Page.navigate', url=self.desk.link)
            fresh.wait("window.desk && document.querySelector('dialog').open")
            fresh.wait("[...document.querySelectorAll('dialog figure canvas')].filter((c) => c.getContext('2d').getImageData(0, 0, c.width, c.height)"
                       ".data.some((v) => v < 100)).length === 3", 'three drawings of the cut')
            self.assertGreaterEqual(fresh.eval("document.querySelectorAll('dialog .steps li').length"), 5)
            shot(fresh, 'first_run')
            fresh.key('Escape')
            fresh.wait("!document.querySelector('dialog').open")
            fresh.call('Page.reload')
            fresh.wait('window.desk && desk.model.scene && desk.pictured()')
            self.assertFalse(fresh.eval("document.querySelector('dialog').open"), 'once is enough')

    def test_everything_is_on_the_screen_small_and_large_light_and_dark_in_both_languages(self):
        for width, height, dark in ((1280, 720, False), (3840, 2160, True)):
            with Browser(width, height, dark=dark) as b:
                b.open(self.desk.link)
                ink = b.eval("getComputedStyle(document.body).color.match(/\\d+/g).map(Number)")
                self.assertEqual(min(ink) > 150, dark, 'light ink on a dark desk')
                size = b.eval('parseFloat(getComputedStyle(document.documentElement).fontSize)')
                self.assertGreaterEqual(size / width, 13 / 2600)
                for lie in range(2):
                    for language in ('en', 'ja'):
                        b.wait(f"document.documentElement.lang === '{language}'")
                        outside = b.eval("""[...document.querySelectorAll('button, #hint, #chart canvas, #sheet canvas, #table canvas')].filter((e) => {
                            const r = e.getBoundingClientRect();
                            return r.width > 0 && (r.left < 0 || r.top < 0 || r.right > innerWidth + 0.5 || r.bottom > innerHeight + 0.5 || e.scrollWidth > e.clientWidth + 1);
                        }).map((e) => e.outerHTML.slice(0, 80))""")
                        self.assertEqual(outside, [], f'{width}x{height} {language}')
                        self.assertGreater(b.eval("document.querySelector('#table canvas').clientHeight"), height * 0.5)
                        shot(b, f'screen_{width}_{language}_{lie}')
                        b.key('L', shift=True)
                    b.key('h')
                    b.wait(f'desk.model.timeline === {"true" if lie == 0 else "false"}')
                self.assertEqual(b.errors, [])

    def test_every_view_draws_something(self):
        b = self.browser
        pictures = {}
        for key, mode in zip('123456', ('lines', 'paint', 'composite', 'check', 'difference', 'pair')):
            b.key(key)
            b.wait(f"document.querySelector('[data-mode={mode}][aria-pressed=true]')")
            if key == '6':
                self.pair_ready()
            shows = lambda: b.eval(TABLE)
            if mode == 'composite':  # no background lies behind this cut
                until(lambda: shows() == pictures['paint'], 'the painted cel alone')
            elif mode == 'check':  # the painted cel again where nothing is asked
                until(lambda: shows() and shows() != pictures['lines'], 'paint in the check view')
            else:
                until(lambda: shows() and shows() not in pictures.values(), f'a picture of its own in {mode}')
            pictures[mode] = shows()
            shot(b, f'view{key}')
        b.key('1')
        plain = b.eval(TABLE)
        b.key('x')
        b.wait('desk.model.onion === 1')
        until(lambda: b.eval(TABLE) != plain, 'the light table to shine through')
        shot(b, 'onion')
        for _ in range(3):
            b.key('x')
        for key, back in (('m', 'm'), ('q', 'e'), (']', '0')):
            before = b.eval(TABLE)
            b.key(key)
            until(lambda: b.eval(TABLE) != before, f'{key} to turn the paper')
            b.key(back)

    def test_flips_to_the_keys_while_held(self):
        b = self.browser
        b.key('1')
        before = b.eval(TABLE)
        seen = []
        for key in 'fj':
            b.key(key, hold=True)
            until(lambda: b.eval(TABLE) not in [before, *seen], 'the key')
            seen.append(b.eval(TABLE))
            b.key_up(key)
            until(lambda: b.eval(TABLE) == before, 'the drawing again')

    def test_goes_to_the_worst(self):
        worst = sorted((d for d in self.desk.scene()['cels'][0]['drawings'] if d['verdict'] != 'pass'),
                       key=lambda d: ({'draw': 0, 'look': 1}[d['verdict']], d['confidence']))
        self.stand_on('A0001')
        self.browser.key('w')
        if worst:
            self.browser.wait(f"document.querySelector('#foot .what').textContent.startsWith('{worst[0]['stem']}')")

    def test_speaks_japanese_shows_its_keys_and_lies_the_other_way(self):
        b = self.browser
        b.key('L', shift=True)
        b.wait("document.querySelector('[data-mode=lines]').textContent === '線画'")
        b.key('?')
        b.wait("document.querySelector('dialog').open && document.querySelectorAll('dialog kbd').length > 30")
        shot(b, 'keys_ja')
        b.key('F1')
        b.wait("document.querySelectorAll('dialog figure').length === 3")
        shot(b, 'first_steps_ja')
        b.key('Escape')
        b.wait("!document.querySelector('dialog').open")
        b.key('L', shift=True)
        b.wait("document.querySelector('[data-mode=lines]').textContent === 'Lines'")
        b.key('D', shift=True)
        b.wait("document.documentElement.dataset.theme === 'dark'")
        shot(b, 'dark')
        b.key('D', shift=True)
        b.key('h')
        b.wait('desk.model.timeline')
        shot(b, 'timeline')
        self.stand_on('A0004')
        b.key('h')

    # --- correct ---

    def hat_top(self, key):
        return small_cut.figure(*small_cut.KEYS[key])[0][0][30]  # the circle's highest point

    def mouth(self, key):
        return small_cut.figure(*small_cut.KEYS[key])[0][3][1]

    def inside(self, name):
        return small_cut.figure(*small_cut.KEYS[1])[1][name]

    def test_pairs_two_lines_by_two_clicks_and_takes_it_back(self):
        b = self.browser
        self.tool('p')
        self.pair_ready()
        b.click(self.at(0, *self.mouth(1)))
        b.click(self.at(1, *self.mouth(5)))
        fix, = self.wait_fixes(1)
        self.assertEqual((fix['kind'], fix['drawings']), ('stroke_pair', ['A0001', 'A0005']))
        self.assertTrue(fix['like_a'][0].startswith('black '))
        shot(b, 'pair_kept')
        b.key('z')
        self.wait_fixes(0)
        b.key('Z', shift=True)
        again, = self.wait_fixes(1)
        self.assertEqual(again['id'], fix['id'])

    def test_pairs_many_lines_by_lassos(self):
        b = self.browser
        self.tool('p')
        self.pair_ready()
        for pane, key in ((0, 1), (1, 5)):
            cx, cy, _ = small_cut.KEYS[key]
            b.drag([self.at(pane, cx + dx, cy + dy) for dx, dy in ((-45, -12), (45, -12), (45, 22), (-45, 22), (-45, -12))])
        fix, = self.wait_fixes(1)
        self.assertGreaterEqual(len(fix['a']), 2)

    def test_says_that_a_line_has_no_partner(self):
        self.tool('n')
        self.pair_ready()
        self.browser.click(self.at(1, *self.mouth(5)))
        fix, = self.wait_fixes(1)
        self.assertEqual((fix['kind'], fix['in']), ('no_partner', 'A0005'))

    def test_drags_a_tick_of_the_chart(self):
        b = self.browser
        before = self.line_of('A0003')
        x, y = b.eval("desk.tickAt('A0003')")
        b.drag([[x, y], [x, y + 8], [x, y + 30]])
        fix, = self.wait_fixes(1)
        self.assertEqual((fix['kind'], fix['drawing']), ('spacing', 'A0003'))
        self.assertGreater(fix['t'], 0.5)
        until(lambda: self.line_of('A0003') != before, 'the drawing to move')
        b.key('z')
        self.wait_fixes(0)
        until(lambda: self.line_of('A0003') == before, 'the drawing to move back')

    def test_paints_with_the_bucket(self):
        b = self.browser
        self.tool('b')
        b.wait("document.querySelector('[data-style=band]')")
        b.press('[data-style=band]')
        cx, cy = 310, 185
        before = self.paint_of('A0003')
        b.click(self.at(2, cx, cy + 18))
        fix, = self.wait_fixes(1)
        self.assertEqual((fix['kind'], fix['style']), ('paint_style', 'band'))
        until(lambda: self.paint_of('A0003') != before, 'the paint')
        shot(b, 'bucket')

    # --- every kind of correction: its gesture, with a preview before it is applied ---

    def middle(self, name):
        """A point inside a region of A0003, which lies half way."""
        (ax, ay), (bx, by) = (small_cut.figure(*small_cut.KEYS[k])[1][name] for k in (1, 5))
        return (ax + bx) / 2, (ay + by) / 2

    def shade_line(self):
        """A point of the trace line of A0003."""
        (ax, ay), (bx, by) = (small_cut.figure(*small_cut.KEYS[k])[0][-1][1] for k in (1, 5))
        return (ax + bx) / 2, (ay + by) / 2

    def gestures(self):
        """By kind: its tool, what it is set to, the points it presses as (pane, x, y), and whether they are one path."""
        cx, cy, _ = small_cut.KEYS[1]
        box = [(0, cx + x, cy + y) for x, y in ((-90, -90), (90, -90), (90, -40), (-90, -40))]
        top, end = self.hat_top(1), self.hat_top(5)
        wall = [(2, x, y) for x, y in (self.middle('skin'), self.middle('shade'))]
        inside = {name: (0, *self.inside(name)) for name in ('hat', 'skin')}
        return {
            'stroke_pair': ('p', None, [(0, *self.mouth(1)), (1, *self.mouth(5))], False),
            'no_partner': ('n', None, [(0, *self.mouth(1))], False),
            'guide': ('g', None, [(0, *top), (1, *end)], False),
            'arc': ('a', None, [(2, *top), (2, (top[0] + end[0]) / 2, 40), (2, *end)], True),
            'group': ('l', '[data-part="eye L upper-lid"]', box, True),
            'depth': ('d', '[data-until=A0003]', [inside['hat'], inside['skin']], False),
            'paint_style': ('b', '[data-style=band]', [(2, *self.middle('skin'))], False),
            'close_gap': ('c', None, wall, True),
            'open_gap': ('o', None, wall, True),
            'trace_role': ('t', '[data-role=highlight]', [(2, *self.shade_line())], False),
        }

    def took(self, kind, fix):
        if kind == 'arc':
            self.assertGreaterEqual(len(fix['path']), 3)
        if kind == 'group':
            self.assertEqual(fix['name'], 'eye L upper-lid')
        if kind == 'depth':
            self.assertTrue(0.5 < fix['t'] < 0.75, fix['t'])
        if kind == 'paint_style':
            self.assertEqual(fix['style'], 'band')
        if kind == 'trace_role':
            self.assertEqual(fix['role'], 'highlight')
            self.assertTrue(fix['like'][0].startswith('blue '), fix['like'])

    def test_every_kind_by_pointer(self):
        b = self.browser
        until(lambda: self.paint_of('A0003'), 'paint')
        for kind, gesture in self.gestures().items():
            self.took(kind, self.by_pointer(kind, *gesture))

    def test_every_kind_by_keyboard(self):
        b = self.browser
        until(lambda: self.paint_of('A0003'), 'paint')
        digits = {'group': '2', 'depth': '3', 'trace_role': '2'}
        for kind, (tool, setting, points, path) in self.gestures().items():
            pair = points[0][0] < 2
            self.begin(kind, tool, pair)
            if kind == 'paint_style':  # stepped to, as one beyond the ninth would be
                for _ in range(9):
                    if b.eval('desk.model.style') == 'band':
                        break
                    b.key('>', shift=True)
            elif setting:
                b.key(digits[kind])
                b.wait(f"document.querySelector('{setting}[aria-pressed=true]')")
            for i, (pane, x, y) in enumerate(points):
                if pair and b.eval('desk.hand.cross?.pane ?? 0') != pane:
                    b.key('Tab')
                self.cross_to(x, y)
                last = i + 1 == len(points)
                if last:
                    self.previewed(kind)
                b.key('Enter')
            if path and len(points) > 2:  # a second press where the path ends
                b.key('Enter')
            self.took(kind, self.kept_and_undone(kind, 'keys'))

    def test_spacing_of_a_drawing_and_of_a_part_by_pointer_and_by_keyboard(self):
        b = self.browser
        for part in (False, True):
            for pointer in (True, False):
                self.begin('spacing', 's', True)
                if part and pointer:
                    b.click(self.at(0, *self.mouth(1)))
                elif part:
                    self.cross_to(*self.mouth(1))
                    b.key('Enter')
                if part:
                    b.wait('desk.hand.part !== null')
                if pointer:
                    x, y = b.eval("desk.tickAt('A0003')")
                    b.move([x, y])
                    b.mouse('mousePressed', [x, y])
                    b.mouse('mouseMoved', [x, y + 8])
                    b.mouse('mouseMoved', [x, y + 30])
                    self.previewed('spacing')
                    b.mouse('mouseReleased', [x, y + 30], buttons=0)
                else:
                    b.key('=', shift=True)
                    self.previewed('spacing')
                    b.key('Enter')
                fix = self.kept_and_undone('spacing', 'part' if part else 'whole')
                self.assertGreater(fix['t'], 0.5)
                self.assertEqual('at' in fix, part)

    def test_the_end_of_a_depth_is_dragged_on_the_chart_and_moved_by_keys(self):
        b = self.browser
        self.begin('depth', 'd', True)
        x, y = b.eval("desk.tickAt('A0003')")
        b.drag([[x, y], [x, y + 10]])
        b.wait('desk.model.until > 0.5 && desk.model.until < 0.7')
        before = b.eval('desk.model.until')
        b.key('=', shift=True)
        b.wait(f'Math.abs(desk.model.until - {before} - 0.05) < 0.011')
        shot(b, 'depth_end')
        b.key('1')
        b.wait('desk.model.until === 1')

    def ring_a_place(self):
        """Says that a line has no partner; the drawing's verdict then names the place."""
        keys = {'drawings': ['A0001', 'A0005'], 'in': 'A0001', 'at': [list(self.mouth(1))]}
        self.assertEqual(self.desk.ask('/fix', {'cel': 'A', 'fix': {'kind': 'no_partner', **keys}})[0], 200)
        self.desk.settled()
        self.browser.wait(f"({A0003}.reasons ?? []).some((r) => r.size > 0)")

    def test_a_finding_is_meant_so_by_pointer_and_by_keyboard(self):
        b = self.browser
        self.ring_a_place()
        self.tool('i')
        b.key('Tab')
        place = b.eval('desk.hand.cross.at')
        b.wait("desk.model.draft?.kind === 'intended' && desk.model.preview !== null")
        shot(b, 'preview_intended')
        b.key('Enter')
        kept = self.wait_fixes(2)[1]
        self.assertEqual((kept['kind'], kept['drawing']), ('intended', 'A0003'))
        b.key('z')
        self.wait_fixes(1)
        self.browser.wait(f"{A0003}.reasons?.length > 0")
        b.move(self.at(2, *place))
        b.wait("desk.model.draft?.kind === 'intended'")
        b.click(self.at(2, *place))
        self.assertEqual(self.wait_fixes(2)[1]['what'], kept['what'])

    def test_a_verdict_rings_its_places_and_turns_to_them(self):
        b = self.browser
        self.ring_a_place()
        b.key('1')
        ringed = b.eval(TABLE)
        b.key('7')
        until(lambda: b.eval(TABLE) != ringed, 'the marks to go')
        plain = b.eval(TABLE)
        b.wait("document.querySelector('#look li.here + li.reason')")
        place = b.eval("(() => { const r = document.querySelector('#look li.reason').getBoundingClientRect(); return [r.x + 60, r.y + 6]; })()")
        b.move(place)
        until(lambda: b.eval(TABLE) != plain, 'the ring that is pointed at')
        b.click(place)
        b.wait('desk.view.zoom > 1')
        shot(b, 'reason')
        b.key('0')
        b.key('7')

    def test_a_verdict_says_that_it_is_being_made_again(self):
        b = self.browser
        self.desk.settled()
        self.assertFalse(b.eval(f'!!{A0003}.judging'))
        b.eval("""(() => { window.doubted = false; const look = () => { window.doubted ||= !!desk.model.scene.cels[0].drawings.some((d) =>
            d.stem === 'A0003' && d.judging) && document.querySelector('#foot .what').textContent.includes('judged again'); requestAnimationFrame(look); }; look(); })()""")
        keys = {'drawings': ['A0001', 'A0005'], 'in': 'A0001', 'at': [list(self.mouth(1))]}
        b.eval(f"desk.say({json.dumps({'kind': 'no_partner', **keys})})")
        self.wait_fixes(1)
        b.wait('window.doubted')
        self.desk.settled()
        b.wait(f'!{A0003}.judging')

    # --- approve ---

    def test_approves_and_locks_what_is_seen(self):
        b = self.browser
        until(lambda: self.paint_of('A0003'), 'paint')
        b.press('[data-tool=approve]')
        fix, = self.wait_fixes(1)
        kept = self.cut / fix['lines']
        self.assertEqual(kept.read_bytes(), (self.cut / 'out/A/line/A0003.png').read_bytes())
        self.assertTrue((self.cut / fix['painted']).exists())
        made_of = [(self.cut / fix['lines']).with_suffix(e) for e in ('.svg', '.json')]
        out = [self.cut / 'out/A/line/A0003.svg', self.cut / 'out/provenance/A0003.json']
        self.assertEqual([p.read_bytes() for p in made_of], [p.read_bytes() for p in out])
        was = [p.read_bytes() for p in out]
        b.wait("desk.model.scene.cels[0].drawings.find((d) => d.stem === 'A0003').approved")
        # What the keys and the chart do now no longer moves it.
        before, neighbour = self.line_of('A0003'), self.line_of('A0002')
        for stem in ('A0002', 'A0003'):
            self.assertEqual(self.desk.ask('/fix', {'cel': 'A', 'fix': {'kind': 'spacing', 'drawing': stem, 't': 0.4}})[0], 200)
        until(lambda: self.line_of('A0002') != neighbour, 'the neighbour to move')
        self.desk.settled()
        self.assertEqual(self.line_of('A0003'), before)
        self.assertEqual([p.read_bytes() for p in out], was, 'strokes and provenance of what was approved')
        for f in [f for f in self.fixes() if f['kind'] != 'approve']:
            self.desk.ask('/undo', {'cel': 'A', 'id': f['id']})
        self.wait_fixes(1)
        b.key('y')
        self.wait_fixes(0)
        self.assertFalse(any(p.exists() for p in [kept, *made_of]))

    # --- live ---

    def line_of(self, stem):
        return next(d.get('line') for d in self.desk.scene()['cels'][0]['drawings'] if d['stem'] == stem)

    def paint_of(self, stem):
        return next(d.get('paint') for d in self.desk.scene()['cels'][0]['drawings'] if d['stem'] == stem)

    def test_a_key_saved_by_another_program_is_seen_and_its_neighbours_follow(self):
        path = self.cut / 'A/A0005.png'
        original, before = path.read_bytes(), self.line_of('A0003')
        turned = small_cut.Page()
        for line in small_cut.figure(450, 170, 0.1)[0]:
            turned.line(line)
        self.browser.eval("window.jobs = new Set(); new MutationObserver(() => { const j = document.querySelector('#head .job'); if (j) jobs.add(j.textContent); })"
                          ".observe(document.querySelector('#head'), { childList: true })")
        try:
            path.write_bytes(turned.png())
            until(lambda: self.line_of('A0003') not in (None, before), 'the in-between to follow')
            now = self.line_of('A0003')
            self.browser.wait(f"desk.model.scene.cels[0].drawings.find((d) => d.stem === 'A0003').line === '{now}'")
        finally:
            path.write_bytes(original)
        until(lambda: self.line_of('A0003') == before, 'the in-between to come back')
        self.desk.settled()
        self.assertGreater(self.browser.eval('jobs.size'), 1, 'how far the machine is')

    def test_a_drawing_saved_into_the_folder_is_a_key_at_once(self):
        path = self.cut / 'A/A0003.png'
        three = small_cut.Page()
        for line in small_cut.figure(320, 150, 0.2)[0]:
            three.line(line)
        path.write_bytes(three.png())
        state = lambda: next(d['state'] for d in self.desk.scene()['cels'][0]['drawings'] if d['stem'] == 'A0003')
        try:
            until(lambda: state() == 'key', 'the drawing to be a key')
        finally:
            path.unlink()
        until(lambda: state() == 'inbetween', 'the key to go')
        self.desk.settled()

    def test_a_sheet_from_clip_studio_opens_the_cut_that_it_belongs_to(self):
        temporary = pathlib.Path(self.root) / 'Temp/ExchangeDigitalTimeSheet'
        temporary.mkdir(parents=True, exist_ok=True)
        head, text = small_cut.sheet().split('\n', 1)
        page = json.loads(text)
        page['header'] = {'cut': '42', 'scene': '1'}
        (temporary / 'animation.xdts').write_text(head + '\n' + json.dumps(page), encoding='utf-8')
        before = {p: p.read_bytes() for p in self.cut.rglob('*') if p.is_file() and 'out' not in p.parts}
        with Desk(PROGRAM, temporary / 'animation.xdts') as hooked, Browser() as b:
            b.open(hooked.link)
            self.assertEqual(b.eval('desk.model.scene.id'), 'c042')
        self.assertEqual({p: p.read_bytes() for p in before}, before)

    def test_two_desks_at_once_have_a_port_each(self):
        other = small_cut.make(pathlib.Path(self.root) / 'c043')
        (other / 'cut.toml').write_text((other / 'cut.toml').read_text().replace('c042', 'c043'))
        with Desk(PROGRAM, other) as second:
            self.assertNotEqual(second.port, self.desk.port)
            for _ in range(8):
                self.assertEqual((self.desk.scene()['id'], second.scene()['id']), ('c042', 'c043'))
            taken = subprocess.run([PROGRAM, 'desk', str(other), '--no-open', '--port', str(self.desk.port)], capture_output=True, text=True,
                                   timeout=PATIENCE)
            self.assertEqual(taken.returncode, 2)
            self.assertIn('is taken', taken.stderr)

    def test_two_browsers_see_each_other(self):
        with Browser() as other:
            other.open(self.desk.link)
            self.tool('n')
            self.pair_ready()
            self.browser.click(self.at(0, *self.mouth(1)))
            self.wait_fixes(1)
            other.wait('desk.model.scene.cels[0].fixes.length === 1')
            other.wait("document.querySelector('#said li button')")
            other.eval("document.querySelector('#said li button').click()")
            self.wait_fixes(0)

    def test_a_killed_desk_has_lost_nothing_and_the_page_finds_the_next(self):
        b = self.browser
        self.tool('g')
        self.pair_ready()
        b.click(self.at(0, *self.hat_top(1)))
        b.click(self.at(1, *self.hat_top(5)))
        fix, = self.wait_fixes(1)
        port = self.desk.port
        self.desk.kill()
        b.wait('!desk.model.connected')
        type(self).desk = Desk(PROGRAM, self.cut, port=port)
        b.wait('desk.model.connected')
        self.assertEqual(self.wait_fixes(1)[0]['id'], fix['id'])
        self.assertEqual(self.desk.scene()['cels'][0]['fixes'][0]['id'], fix['id'])


TABLE = """(() => { const c = document.querySelector('#table canvas'), d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
let h = 0; for (let i = 0; i < d.length; i += 4) h = (h * 31 + d[i] + 7 * d[i + 1] + 13 * d[i + 2]) | 0; return String(h); })()"""


class OnExamples(Correcting, unittest.TestCase):
    """The examples of the repository, on copies."""

    def test_each_opens_unbuilt_and_plays(self):
        with tempfile.TemporaryDirectory(prefix='nakawari-desk-') as root, Browser(1920, 1080) as b:
            for example in sorted(p.parent for p in (SOURCE / 'examples').glob('*/cut.toml')):
                cut = copy_of(example, root)
                before = {p: p.read_bytes() for p in cut.rglob('*') if p.is_file()}
                with Desk(PROGRAM, cut, '--threads', '1') as desk:
                    b.open(desk.link)
                    b.wait("desk.model.scene.cels.some((c) => c.drawings.some((d) => d.line))")
                    b.key('1')
                    self.assertTrue(b.eval(TABLE))
                    shot(b, f'example_{example.name}')
                    b.key('3')
                    b.key(' ')
                    b.wait('desk.counts.shown >= 6', f'{example.name} to play')
                    b.key(' ')
                    b.wait('!desk.model.playing')
                    self.assertEqual(b.errors, [], example.name)
                self.assertEqual({p: p.read_bytes() for p in before}, before, 'a file of the artist changed')

    def test_the_worst_drawing_is_corrected_approved_and_survives_a_kill(self):
        """Of wave; EXAMPLES=run,smile in the environment names others (talk has no drawing between two keys)."""
        names = os.environ.get('EXAMPLES', 'wave').split(',')
        with tempfile.TemporaryDirectory(prefix='nakawari-desk-') as root:
            for name in names:
                with self.subTest(name), Browser(1920, 1080) as self.browser:
                    self.correct(copy_of(SOURCE / 'examples' / name, root))

    def correct(self, cut):
        b, self.cut = self.browser, cut
        self.desk = Desk(PROGRAM, cut)
        try:
            b.open(self.desk.link)
            scene = self.desk.settled()
            b.wait('desk.model.scene.settled')
            made = [(c, d) for c in scene['cels'] for d in c['drawings'] if d.get('verdict', 'pass') != 'pass']
            worst = min(made, key=lambda p: ({'draw': 0, 'look': 1}[p[1]['verdict']], p[1]['confidence']))
            b.key('w')
            b.wait(f"document.querySelector('#foot .what').textContent.startsWith('{worst[1]['stem']}')")
            # Of a drawing that lies between two keys, the worst.
            between = [p for p in made if 'from' in p[1]]
            cel, drawing = min(between, key=lambda p: ({'draw': 0, 'look': 1}[p[1]['verdict']], p[1]['confidence']))
            self.cel, self.stem = cel['name'], drawing['stem']
            b.press(f"#look [data-stem='{self.stem}']") if worst[1] is not drawing else None
            b.wait(f"document.querySelector('#foot .what').textContent.startsWith('{self.stem}')")
            shot(b, f'worst_{cut.name}')
            gestures = self.gestures_on(cel, drawing)
            for kind, gesture in gestures.items():
                self.by_pointer(kind, *gesture)
            b.key('v')
            b.key('y')
            self.assertEqual(self.wait_fixes(1)[0]['kind'], 'approve')
            b.key('y')
            self.wait_fixes(0)
            b.key('n')
            self.pair_ready()
            b.click(self.at(*gestures['no_partner'][2][0]))
            fix, = self.wait_fixes(1)
            port = self.desk.port
            self.desk.kill()
            b.wait('!desk.model.connected')
            self.desk = Desk(PROGRAM, cut, port=port)
            b.wait('desk.model.connected')
            self.assertEqual(self.wait_fixes(1)[0]['id'], fix['id'])
            self.assertEqual(b.errors, [])
        finally:
            self.desk.stop()

    def gestures_on(self, cel, drawing):
        """Gestures on the longest line that both keys have, and on one beside it."""
        keys = [cel['drawings'][drawing[k]]['stem'] for k in ('from', 'to')]
        pair = self.desk.ask(f"/strokes?cel={self.cel}&from={keys[0]}&to={keys[1]}")[1]
        paired = sorted((s for s in pair['a'] if len(set(s['m'])) == 1 and s['m'][0] >= 0), key=lambda s: -len(s['m']))
        middle = lambda s: s['p'][len(s['m']) // 2 * 2:][:2]
        one, other = paired[:2]
        a, c, beside = middle(one), middle(pair['b'][one['m'][0]]), middle(other)
        box = [(0, a[0] + x, a[1] + y) for x, y in ((-60, -60), (60, -60), (60, 60), (-60, 60))]
        half = (2, (a[0] + c[0]) / 2, (a[1] + c[1]) / 2 - 40)
        return {
            'stroke_pair': ('p', None, [(0, *a), (1, *c)], False),
            'no_partner': ('n', None, [(0, *a)], False),
            'guide': ('g', None, [(0, *a), (1, *c)], False),
            'arc': ('a', None, [(2, *a), half, (2, *c)], True),
            'group': ('l', None, box, True),
            'depth': ('d', None, [(0, *a), (0, *beside)], False),
            'paint_style': ('b', None, [(2, (a[0] + c[0]) / 2 + 6, (a[1] + c[1]) / 2 + 6)], False),
        }


if __name__ == '__main__':
    unittest.main()
