"""The measures of the desk. Usage: measure.py PROGRAM answer|cost|play|first|weight|kills|malformed|browsers [options]

Prints one line of figures and exits with 1 where something was lost or went wrong; times are reported, not judged.
"""
import argparse
import http.client
import json
import os
import pathlib
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import tomllib

sys.path.insert(0, os.path.dirname(__file__))
import small_cut
from browser import Browser, Desk, until

SOURCE = pathlib.Path(__file__).resolve().parents[2]


def example(root, name, program, built=True):
    cut = pathlib.Path(root) / name
    shutil.copytree(SOURCE / 'examples' / name, cut, ignore=shutil.ignore_patterns('out', 'truth', 'fixes'))
    if built:
        with Desk(program, cut) as desk:
            desk.settled()
    return cut


def share(values, part):
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


def fixes_of(cut, cel='A'):
    path = cut / f'fixes/{cel}.toml'
    return tomllib.loads(path.read_text()).get('fix', []) if path.exists() else []


# In which view an answer is waited for: that of its tool.
PAINT_KINDS = ('paint_style', 'close_gap', 'open_gap', 'trace_role')


def corrections(kind, count, drawing, keys, pair, size, styles, seed):
    """`count` different corrections of one kind for the drawing between two keys, as the page would say them."""
    r = random.Random(seed)
    width, height = size
    long_a, long_b = ([s for s in pair[k] if len(s['m']) > 6] for k in 'ab')

    def on(stroke, share=0.5):
        at = min(int(len(stroke['m']) * share), len(stroke['m']) - 1) * 2
        return stroke['p'][at:at + 2]

    def near(stroke, others):
        """Of the others the nearest that is not its partner."""
        x, y = on(stroke)
        free = [s for s in others if pair['b'].index(s) not in stroke['m']]
        return min(free, key=lambda s: (on(s)[0] - x) ** 2 + (on(s)[1] - y) ** 2)

    of_pair, of_one = {'kind': kind, 'drawings': keys}, {'kind': kind, 'drawing': drawing['stem']}
    for _ in range(count):
        stroke = r.choice(long_a)
        x, y = on(stroke, r.uniform(0.2, 0.8))
        if kind == 'spacing':
            yield {**of_one, 't': round(r.uniform(0.2, 0.8), 3)}
        elif kind == 'part_spacing':
            yield {**of_one, 'kind': 'spacing', 't': round(r.uniform(0.2, 0.8), 3), 'at': [[x, y]]}
        elif kind == 'no_partner':
            yield {**of_pair, 'in': keys[0], 'at': [[x, y]]}
        elif kind == 'stroke_pair':
            yield {**of_pair, 'a': [on(stroke)], 'b': [on(near(stroke, long_b))]}
        elif kind == 'guide':
            partner = pair['b'][stroke['m'][len(stroke['m']) // 2]] if stroke['m'][len(stroke['m']) // 2] >= 0 else near(stroke, long_b)
            yield {**of_pair, 'a': [on(stroke)], 'b': [on(partner, 0.2)]}
        elif kind == 'arc':
            bx, by = on(near(stroke, long_b))
            yield {**of_pair, 'path': [[x, y], [(x + bx) / 2 + r.uniform(-60, 60), (y + by) / 2 - 60], [bx, by]]}
        elif kind == 'group':
            reach = r.uniform(100, 300)
            yield {**of_pair, 'in': keys[0], 'lasso': [[x + dx * reach, y + dy * reach] for dx, dy in ((-1, -1), (1, -1), (1, 1), (-1, 1))]}
        elif kind == 'depth':
            yield {**of_pair, 'in': keys[0], 'front': [x, y], 'behind': on(r.choice(long_a))}
        elif kind == 'paint_style':
            yield {**of_one, 'at': [[x + r.uniform(-12, 12), y + r.uniform(-12, 12)]], 'style': r.choice(styles)}
        elif kind in ('close_gap', 'open_gap'):
            dx, dy = r.uniform(-60, 60), r.uniform(-60, 60)
            yield {**of_one, 'path': [[x - dx, y - dy], [x + dx, y + dy]]}
        elif kind == 'trace_role':
            traces = [s for s in pair['a'] if s['ink'] != 'black'] or long_a
            yield {**of_one, 'at': [on(r.choice(traces))], 'role': r.choice(['shadow', 'highlight', 'normal'])}


def answer(a, root):
    """From the moment a correction is said to its pixels on the table, at 1920x1080: each kind by itself, and then
    all answers together. Nothing is previewed before, so nothing is ready."""
    cut = example(root, a.example, a.program)
    kinds = a.kinds.split(',')
    with Desk(a.program, cut) as desk, Browser(1920, 1080) as b:
        b.open(desk.link)
        scene = desk.settled()
        cel = next(c for c in scene['cels'] if any(d['state'] == 'inbetween' for d in c['drawings']))
        drawing = next(d for d in cel['drawings'] if d['state'] == 'inbetween')
        keys = [cel['drawings'][drawing[k]]['stem'] for k in ('from', 'to')]
        pair = desk.ask(f"/strokes?cel={cel['name']}&from={keys[0]}&to={keys[1]}")[1]
        styles = [s['name'] for s in cel['swatches'] if s['part'] != 'line'] or ['background']
        b.eval(f"(desk.model.cel = '{cel['name']}', desk.go({drawing['first']}))")
        said, undone = {}, {}
        for kind in kinds:
            b.eval(f"desk.model.mode = '{'paint' if kind in PAINT_KINDS else 'lines'}'")
            mute = 0
            for fix in corrections(kind, a.count, drawing, keys, pair, scene['size'], styles, a.seed):
                if a.calm:
                    desk.settled()
                # Where the build has not come round yet the answer is still the desk's first one.
                for act, times in ((f'desk.say({json.dumps(fix)})', said), ('desk.takeBack()', undone)):
                    count = b.eval('desk.answered.length')
                    b.eval(act)
                    # A first answer is on its way by now: where it is the picture that stood, nothing changes here.
                    drawn = lambda: next(d for d in desk.scene()['cels'] if d['name'] == cel['name'])['drawings'][cel['drawings'].index(drawing)]
                    picture = 'paint' if kind in PAINT_KINDS else 'line'
                    before, now = drawing.get(picture), drawn()
                    if times is said and now.get('settling') and now.get(picture) == before:
                        mute += 1
                        b.eval('desk.takeBack()')
                        break
                    until(lambda: b.eval(f'desk.answered.length > {count}') or desk.scene()['settled'], 'an answer or the build')
                    if b.eval(f'desk.answered.length > {count}'):
                        times.setdefault(kind, []).append(b.eval('desk.answered[desk.answered.length - 1]'))
                    else:
                        mute += 1
            for name, times in (('said', said), ('taken back', undone)):
                list_ = times.get(kind)
                if list_:
                    print(f'{kind}, {name}: {len(list_)} answers, median {statistics.median(list_):.0f} ms, '
                          f'p95 {share(list_, .95):.0f} ms, worst {max(list_):.0f} ms', flush=True)
            if mute:
                print(f'{kind}: {mute} changed nothing')
        both = sum([*said.values(), *undone.values()], [])
        print(f'fix to new pixels: median {statistics.median(both):.0f} ms, p95 {share(both, .95):.0f} ms '
              f'({len(both)} answers, {len(kinds)} kinds, {a.example}, load {os.getloadavg()[0]:.1f})')
    return 0


def processor_ms(desk):
    """Processor time of the desk so far, all threads; in steps of 10 ms."""
    fields = pathlib.Path(f'/proc/{desk.process.pid}/stat').read_text().rsplit(')', 1)[1].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def cost(a, root):
    """Processor time of the desk for an answer, nothing prepared and nothing else going on: what `answer` would be
    on a machine of one's own, but for the browser's share. Does not grow with the load."""
    cut = example(root, a.example, a.program)
    all_ = []
    with Desk(a.program, cut) as desk:
        scene = desk.settled()
        cel = next(c for c in scene['cels'] if any('from' in d for d in c['drawings']))
        drawing = next(d for d in cel['drawings'] if 'from' in d)
        keys = [cel['drawings'][drawing[k]]['stem'] for k in ('from', 'to')]
        pair = desk.ask(f"/strokes?cel={cel['name']}&from={keys[0]}&to={keys[1]}")[1]
        styles = [s['name'] for s in cel['swatches'] if s['part'] != 'line'] or ['background']
        shown = {'cel': cel['name'], 'drawing': drawing['stem']}
        for kind in a.kinds.split(','):
            said, undone = [], []
            for i, fix in enumerate(corrections(kind, a.count, drawing, keys, pair, scene['size'], styles, a.seed)):
                desk.settled()
                name = f'{kind}{i}'
                for path, body, times in (('/fix', {'fix': {**fix, 'id': name}}, said), ('/undo', {'id': name}, undone)):
                    before = processor_ms(desk)
                    status, answer_ = desk.ask(path, {'cel': cel['name'], 'shown': shown, **body})
                    if status != 200:
                        break
                    times.append(processor_ms(desk) - before)
            if said:
                print(f'{kind}: said {statistics.median(said):.0f} ms, worst {max(said):.0f}; taken back '
                      f'{statistics.median(undone):.0f} ms, worst {max(undone):.0f} ({len(said)} of {a.count})', flush=True)
            all_ += said + undone
    print(f'processor time of an answer: median {statistics.median(all_):.0f} ms, p95 {share(all_, .95):.0f} ms ({len(all_)} answers, {a.example})')
    return 0


def play(a, root):
    """Frames missed while a cut of 120 frames plays."""
    cut = example(root, a.example, a.program, built=False)
    sheet = cut / 'sheet.xdts'
    head, text = sheet.read_text(encoding='utf-8').split('\n', 1)
    page = json.loads(text)
    table = page['timeTables'][0]
    old = table['duration']
    for field in table['fields']:
        if field['fieldId'] != 0:
            continue
        for track in field['tracks']:
            once = [f for f in track['frames'] if f['frame'] < old]
            track['frames'] = [{**f, 'frame': f['frame'] + start} for start in range(0, 120, old) for f in once if f['frame'] + start < 120]
    table['duration'] = 120
    sheet.write_text(head + '\n' + json.dumps(page, ensure_ascii=False), encoding='utf-8')
    with Desk(a.program, cut) as desk, Browser(1920, 1080) as b:
        b.open(desk.link)
        desk.settled()
        b.key('3')
        b.eval('desk.go(0)')
        b.key(' ')
        b.wait('desk.counts.shown + desk.counts.missed >= 360', patience=240)
        shown, missed = b.eval('[desk.counts.shown, desk.counts.missed]')
        b.key(' ')
    print(f'playback: {shown} frames shown, {missed} missed: {100 * missed / (shown + missed):.2f} % (load {os.getloadavg()[0]:.1f})')
    return 0


def first(a, root):
    """From starting the program on a built cut to the first picture on the table."""
    cut = example(root, a.example, a.program)
    times = []
    with Browser(1920, 1080) as b:
        for _ in range(a.count):
            start = time.monotonic()
            with Desk(a.program, cut) as desk:
                b.call('Page.navigate', url=desk.link)
                b.wait('window.desk && desk.pictured()')
                times.append(time.monotonic() - start)
    print(f'first picture: median {1000 * statistics.median(times):.0f} ms, worst {1000 * max(times):.0f} ms ({len(times)} starts, '
          f'load {os.getloadavg()[0]:.1f})')
    return 0


def weight(a, root):
    cut = small_cut.make(pathlib.Path(root) / 'c042')
    with Desk(a.program, cut) as desk:
        sizes = {path: len(desk.ask(path)[1]) for path in ('/', '/desk.css', '/desk.js')}
    print(f"page weight: {sum(sizes.values()) / 1000:.1f} kB ({', '.join(f'{k} {v}' for k, v in sizes.items())})")
    return 0


def style_fix(i):
    return {'kind': 'paint_style', 'id': f'k{i}', 'drawing': f'A000{2 + i % 3}', 'at': [[300 + i % 20, 200]], 'style': 'band'}


def kills(a, root):
    """kill -9 at random moments while corrections are posted; each is said again until it is acknowledged."""
    cut = small_cut.make(pathlib.Path(root) / 'c042')
    random.seed(a.seed)
    port, state = 15000 + os.getpid() % 10000, {'said': 0, 'bad': 0}  # not one that another desk may take meanwhile
    desk = Desk(a.program, cut, port=port)
    stop = threading.Event()

    def talk():
        while not stop.is_set():
            body = {'cel': 'A', 'fix': style_fix(state['said'])}
            try:
                status, _ = desk.ask('/fix', body)
            except (OSError, http.client.HTTPException, ValueError):
                time.sleep(0.01)
                continue
            if status == 200:
                state['said'] += 1
            else:
                state['bad'] += 1
                stop.set()

    talker = threading.Thread(target=talk)
    talker.start()
    unreadable = 0
    for _ in range(a.count):
        before = state['said']
        until(lambda: state['said'] > before or stop.is_set(), 'a fix to be kept')
        time.sleep(random.uniform(0, 0.12))
        desk.kill()
        try:
            fixes_of(cut)
        except tomllib.TOMLDecodeError:
            unreadable += 1
        desk = Desk(a.program, cut, port=port)
    stop.set()
    talker.join()
    desk.stop()
    ids = [f['id'] for f in fixes_of(cut)]
    lost = [i for i in range(state['said']) if f'k{i}' not in ids]
    doubled = len(ids) - len(set(ids))
    print(f"{a.count} kills, {state['said']} corrections acknowledged: {len(lost)} lost, {doubled} doubled, "
          f"{unreadable} times unreadable, {state['bad']} refused")
    return 1 if lost or doubled or unreadable or state['bad'] else 0


def nasty(random_, port, token):
    """One malformed or hostile request, as bytes."""
    r = random_
    junk = lambda n: bytes(r.randrange(256) for _ in range(r.randrange(n)))
    paths = ['/', '/scene', '/fix', '/undo', '/approve', '/preview', '/video', '/pixels/' + '0' * 32, '/strokes?cel=A&from=A0001&to=A0005',
             '/../cut.toml', '/pixels/../../cut.toml', '/%2e%2e/%2e%2e/etc/passwd', '/pixels/%2e%2e%2fcut.toml', '//etc/passwd',
             '/A/A0001.png', '/fixes/A.toml', '/' + 'a' * r.choice((10, 9000)), '/?t=' + 'f' * 64, '/\x00', '/strokes?cel=../..&from=%00&to=',
             'http://evil.example/', '*', '/desk.js/../../cut.toml']
    methods = ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE', 'CONNECT', 'FOO', '', 'get', 'G' * 300]
    hosts = [f'127.0.0.1:{port}', f'localhost:{port}', 'evil.example', f'evil.example:{port}', '127.0.0.1', '', f'127.0.0.1:{port}@evil']
    origins = [None, f'http://127.0.0.1:{port}', 'http://evil.example', 'null', f'https://127.0.0.1:{port}', f'http://127.0.0.1:{port}.evil']
    bodies = [b'', b'{', b'[]', b'{"cel": 1}', b'{"cel": "A", "fix": {"kind": "guide"}}', b'{"cel": "../A", "fix": {"kind": "approve", "drawing": "A0001"}}',
              b'{"cel": "A", "fix": {"kind": "paint_style", "drawing": "A0002", "at": [[1e308, 1]], "style": "x"}}',
              b'{"cel": "A", "id": "../../x"}', b'{"a":' * 3000, b'[' * 5000, junk(400), b'{"cel":"A","fix":{"kind":"' + junk(40) + b'"}}', b'x' * 300000]
    authentic = r.random() < 0.5
    method, path, body = r.choice(methods), r.choice(paths), r.choice(bodies)
    head = [f'{method} {path} {r.choice(["HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/9", ""])}']
    head.append(f'Host: {hosts[0] if authentic else r.choice(hosts)}')
    origin = origins[1] if authentic and method == 'POST' else r.choice(origins)
    if origin:
        head.append(f'Origin: {origin}')
    if authentic or r.random() < 0.3:
        head.append(f'Cookie: nakawari_{port}={token if authentic else "0" * 64}')
    head.append(r.choice(['Content-Type: application/json', 'Content-Type: text/plain', 'Content-Type: multipart/form-data; boundary=x', 'X: ' + 'y' * r.choice((1, 9000))]))
    head.append(r.choice([f'Content-Length: {len(body)}', f'Content-Length: {len(body)}', 'Content-Length: -1', 'Content-Length: 99999999999999999999',
                          'Transfer-Encoding: chunked', f'Content-Length: {len(body) + 5}', 'Range: bytes=0-5,9-,-3', 'Expect: 100-continue']))
    whole = '\r\n'.join(head).encode('utf-8', 'replace') + b'\r\n\r\n' + body
    if r.random() < 0.1:
        whole = whole[:r.randrange(1, len(whole))]
    if r.random() < 0.1:
        whole = junk(300)
    return whole


def malformed(a, root):
    """Requests that no page of ours makes. None may crash the desk, leave the cut, or write."""
    cut = small_cut.make(pathlib.Path(root) / 'c042')
    secret = pathlib.Path(root) / 'secret.txt'
    secret.write_text('SECRET-OUTSIDE')
    with Desk(a.program, cut) as desk:
        desk.settled()
        snapshot = lambda: {p: p.read_bytes() for p in pathlib.Path(root).rglob('*') if p.is_file()}
        before = snapshot()
        ids = desk.scene()['cels'][0]['fixes']
        leaks, sent, lock = [], [0], threading.Lock()

        def work(seed, count):
            r = random.Random(seed)
            for _ in range(count):
                data = nasty(r, desk.port, desk.token)
                answer_ = b''
                try:
                    with socket.create_connection(('127.0.0.1', desk.port), timeout=5) as s:
                        s.sendall(data)
                        s.shutdown(socket.SHUT_WR)
                        while len(answer_) < 200000:
                            piece = s.recv(65536)
                            if not piece:
                                break
                            answer_ += piece
                            if b'event-stream' in answer_:
                                break
                except OSError:
                    pass
                with lock:
                    sent[0] += 1
                    if b'SECRET-OUTSIDE' in answer_ or b'root:' in answer_ or b'[cut]' in answer_:
                        leaks.append(data)

        threads = [threading.Thread(target=work, args=(a.seed + i, a.count // 8)) for i in range(8)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        alive = desk.process.poll() is None and desk.ask('/scene')[0] == 200
        changed = [str(p) for p, v in snapshot().items() if before.get(p) != v and '.cache' not in str(p)]
        kept = desk.scene()['cels'][0]['fixes'] == ids
    print(f'{sent[0]} malformed requests: the desk {"lives" if alive else "DIED"}, {len(leaks)} left the cut, '
          f'{len(changed)} files changed, fixes {"the same" if kept else "CHANGED"}')
    return 0 if alive and not leaks and not changed and kept else 1


def browsers(a, root):
    """Two browsers say corrections at the same time; both end with the same state, and all is kept."""
    cut = small_cut.make(pathlib.Path(root) / 'c042')
    with Desk(a.program, cut) as desk, Browser() as one, Browser() as two:
        desk.settled()
        for b in (one, two):
            b.open(desk.link)
        half = a.count // 2
        code = """(async () => { for (let i = 0; i < %d; ++i)
            await desk.say({id: '%s' + i, kind: 'paint_style', drawing: 'A000' + (2 + i %% 3), at: [[300 + i %% 20, 200]], style: 'band'}); })()"""
        threads = [threading.Thread(target=b.eval, args=(code % (half, name),)) for b, name in ((one, 'one'), (two, 'two'))]
        for b in (one, two):
            b.socket.settimeout(600)
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        ids = [f['id'] for f in fixes_of(cut)]
        for b in (one, two):
            b.wait(f'desk.model.scene.cels[0].fixes.length === {2 * half}')
        desk.settled()
        version = desk.scene()['version']
        for b in (one, two):
            b.wait(f'desk.model.scene.version >= {version}')
        same = one.eval('JSON.stringify(desk.model.scene.cels)') == two.eval('JSON.stringify(desk.model.scene.cels)')
    print(f'two browsers, {2 * half} corrections: {len(set(ids))} kept, states {"the same" if same else "DIFFER"}')
    return 0 if len(ids) == len(set(ids)) == 2 * half and same else 1


MEASURES = {f.__name__: f for f in (answer, cost, play, first, weight, kills, malformed, browsers)}
KINDS = ('spacing', 'part_spacing', 'stroke_pair', 'no_partner', 'guide', 'arc', 'group', 'depth', *PAINT_KINDS)
COUNTS = {'answer': 16, 'cost': 6, 'first': 7, 'kills': 200, 'malformed': 20000, 'browsers': 500}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('program', type=os.path.abspath)
    parser.add_argument('measure', choices=MEASURES)
    parser.add_argument('--count', type=int)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--example', default='wave')
    parser.add_argument('--kinds', default=','.join(KINDS), help='of answer')
    parser.add_argument('--calm', action='store_true', help='of answer: each after the build has come round')
    a = parser.parse_args()
    a.count = a.count or COUNTS.get(a.measure, 1)
    with tempfile.TemporaryDirectory(prefix='nakawari-measure-', ignore_cleanup_errors=True) as root:
        return MEASURES[a.measure](a, root)


if __name__ == '__main__':
    sys.exit(main())
