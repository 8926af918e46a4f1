"""Bad inputs and what the program says to each, as a table. Usage: bad_inputs.py PROGRAM

Every input is tried on a fresh small cut. The table names the input, the exit status and the line that was said. The run
fails where something ends in another way than it must, or where a refusal does not say in one line what is wrong, where,
and how to mend it. (`kill -9` at random moments: tools/kill-test CUT 50.)"""
import os
import pathlib
import struct
import sys
import tempfile

from cuts import COAT, Scratch, box, leftovers, painted_box, png, run, sheet

DONE, WRONG_USE, BAD = 0, 1, 2
HUGE = png(1, 1)[:16] + struct.pack('>II', 40000, 40000) + png(1, 1)[24:]
KEY = box(320, 240, 120, 80, 220, 180)
MODEL = 'variants = ["day"]\n[[style]]\nid = 1\nname = "skin"\nday = "#fadcbe"\n'


def fresh(root):
    """Two keys on a sheet that asks for three drawings between them."""
    cut = root / 'c001'
    (cut / 'A').mkdir(parents=True)
    files = {'cut.toml': '[[cel]]\nname = "A"\n', 'sheet.xdts': sheet('12345'), 'A/A0001.png': box(320, 240, 40, 40, 140, 140), 'A/A0005.png': KEY}
    for name, data in files.items():
        put(cut / name, data)
    return cut


def put(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


class Table:
    def __init__(self):
        self.faults = []
        print('| input | status | what is said |\n|---|---|---|')

    def row(self, what, done, want, must='', where=''):
        said = [line for line in done.stderr.splitlines() if line.startswith(('nakawari:', 'note:'))]
        lines = [line for line in said if line.startswith('nakawari:')]
        shown = (lines or said or ['(done)'])[0].replace(where, '').replace('|', '\\|')
        print(f'| {what} | {done.returncode} | {shown} |', flush=True)
        if done.returncode != want:
            self.faults.append(f'{what}: status {done.returncode}, wanted {want}: {done.stderr[-300:]}')
        elif want != DONE and (len(lines) != 1 or not lines[0].endswith(')')):
            self.faults.append(f'{what}: not one line that ends with its mend: {said}')
        if must not in ' '.join(said):
            self.faults.append(f'{what}: does not say "{must}": {said}')


def cases():
    """What, the files to put into the cut (None: remove), the words (default: build the cut), the status, what must be said."""
    inbetween = ['inbetween', 'A/A0001.png', 'A/A0005.png', '--count', '1', '--out', 'o']
    pictures = {'missing': None, 'empty': b'', 'cut short': KEY[:60], 'of another kind': b'GIF89a no picture', '30000 x 30000': png(30000, 30000, depth=1),
                'with a header that lies about its size': HUGE, 'of another size than the first': box(160, 120, 10, 10, 60, 60)}
    for name, data in pictures.items():
        yield f'a picture {name}, `inbetween`', {'A/A0005.png': data}, inbetween, BAD, 'A0005.png'
        if data is not None:
            yield f'a key {name}, `build`', {'A/A0005.png': data}, None, BAD, 'A0005.png'
    yield 'a picture missing, `trace`', {}, ['trace', 'A/none.png', '--out', 'x.svg'], BAD, 'none.png'
    yield 'a painted picture of another size, `paint`', {'p.png': png(8, 8)}, ['paint', '--ref', 'A/A0001.png=p.png', '--out', 'o', 'A/A0005.png'], BAD, 'p.png'
    yield 'a painted picture cut short, `build`', {'A/paint/A0001.png': KEY[:60]}, None, BAD, 'paint/A0001.png'
    yield 'keys of 1 x 1 pixel, white', {'A/A0001.png': png(1, 1), 'A/A0005.png': png(1, 1)}, None, DONE, ''
    yield 'keys of 1 x 1 pixel, black', {'A/A0001.png': png(1, 1, [[0]]), 'A/A0005.png': png(1, 1, [[0]])}, None, BAD, 'no line art'
    yield 'both keys missing', {'A/A0001.png': None, 'A/A0005.png': None}, None, BAD, 'c001'
    yield 'two files for one drawing', {'A/a1.PNG': KEY}, None, BAD, 'both drawing 1'
    yield 'a background missing', {'cut.toml': '[[cel]]\nname = "BG"\nimage = "BG/bg.png"\n[[cel]]\nname = "A"\n'}, None, BAD, 'bg.png'

    sheets = {'missing': None, 'empty': '', 'cut short': sheet('12345')[:200], 'that is none': 'hello', 'of random bytes': os.urandom(64), 'naming no drawing': sheet([]),
              'naming only drawings that are not there': sheet('78'), 'of a million frames': sheet('12', frames=1_000_000)}
    for name, data in sheets.items():
        extra = {'cut.toml': '[cut]\nsheet = "sheet.xdts"\n[[cel]]\nname = "A"\n'} if data is None else {}
        yield f'a sheet {name}', {'sheet.xdts': data, **extra}, None, BAD, 'sheet.xdts'
    yield 'a sheet with a cycle', {'sheet.xdts': sheet('1234512345')}, None, DONE, ''
    yield 'a sheet that is none, `sheet convert`', {'s.csv': b'\x00\xff,,'}, ['sheet', 'convert', 's.csv', 'x.xdts'], BAD, 's.csv'

    cel = '[[cel]]\nname = "A"\n'
    for name, text in (('of a wrong type', '[[cel]]\nname = 5\n'), ('with a word for a number', '[cut]\nfps = "fast"\n'), ('unclosed', '[cut\n'),
                       ('with a path that leaves the folder', '[cut]\nsheet = "../s.xdts"\n'), ('with two cels of one name', cel + cel), ('that is no text', b'\xff\xfe\x00')):
        yield f'a cut.toml {name}', {'cut.toml': text}, None, BAD, 'cut.toml, line'
    yield 'a cut.toml with a key that nobody knows', {'cut.toml': '[cut]\ncolour = 1\n' + cel}, None, DONE, 'colour'
    yield 'no cut.toml', {'cut.toml': None}, None, BAD, 'cut.toml'
    yield 'charts of a wrong type', {'A/charts.toml': '[[chart]]\nfrom = "1"\nto = "5"\nspacing = 3\n'}, None, BAD, 'charts.toml, line'
    yield 'fixes of a wrong type', {'fixes/A.toml': '[[fix]]\nid = 1\n'}, None, BAD, 'fixes/A.toml, line'
    with_model = {'cut.toml': cel + 'model = "model/m.toml"\n', 'A/paint/A0001.png': painted_box(320, 240, 40, 40, 140, 140)}
    yield 'a colour model missing', with_model, None, BAD, 'm.toml'
    yield "a colour model of a wrong type", {**with_model, "model/m.toml": MODEL.replace("\"#fadcbe\"", "5")}, None, BAD, "m.toml, line"
    yield 'a colour model without a colour that a reference shows', {**with_model, 'model/m.toml': MODEL}, None, DONE, '#%02x%02x%02x' % COAT
    yield 'a variant that the model lacks', {**with_model, 'model/m.toml': MODEL, 'cut.toml': with_model['cut.toml'] + 'variant = "dusk"\n'}, None, BAD, 'dusk'
    yield 'an expression sheet of a wrong type, `face`', {'f.toml': '[face]\nname = 5\n'}, ['face', 'f.toml', '--set', 'joy=1', '--out', 'o'], BAD, 'f.toml, line'
    yield 'a voice that is no sound', {'voice/c001.wav': b'no sound at all'}, None, BAD, 'c001.wav'
    yield 'a file where the folder out/ must be', {'out': 'a file in the way'}, None, BAD, 'out'
    yield 'no such folder', {}, ['build', 'none'], BAD, 'none'
    yield 'a file instead of a folder', {}, ['build', 'sheet.xdts'], BAD, 'sheet.xdts'


def try_cases(table):
    for what, files, words, want, must in cases():
        with tempfile.TemporaryDirectory() as root:
            cut = fresh(pathlib.Path(root))
            for name, data in files.items():
                if data is None:
                    (cut / name).unlink()
                else:
                    put(cut / name, data)
            done = run(*(words or ['build', cut]), cwd=cut)
            table.row(what, done, want, must, root + '/')
            if leftovers(cut):
                table.faults.append(f'{what}: half-written {leftovers(cut)}')


def try_surroundings(table):
    with tempfile.TemporaryDirectory() as root:
        cut = fresh(pathlib.Path(root))
        table.row('no ffmpeg', run('build', cut, env={'PATH': '/nowhere'}), BAD, 'ffmpeg', root + '/')
    for what, first, then, must in (('a full disk', 'size=120k', 'size=120k', 'room'), ('a read-only folder', 'size=20m', 'ro', 'allow writing')):
        with tempfile.TemporaryDirectory() as root:
            disk = Scratch(pathlib.Path(root) / 'disk', first)
            if not disk.mounted:
                print(f'| {what} | – | not tried: no file system can be mounted here |')
                continue
            try:
                cut = fresh(disk.folder)
                disk.again(then)
                table.row(what, run('build', cut), BAD, must, root + '/disk/')
            finally:
                disk.release()


if __name__ == '__main__':
    rows = Table()
    try_cases(rows)
    try_surroundings(rows)
    for fault in rows.faults:
        print(fault, file=sys.stderr)
    sys.exit(1 if rows.faults else 0)
