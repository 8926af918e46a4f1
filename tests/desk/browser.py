"""A headless Chromium spoken to by its own protocol, and a desk to open in it. Standard library and
python3-websocket only."""
import base64
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

import websocket

# Generous: on a loaded machine a page takes its time. Nothing waits for time, only for conditions.
PATIENCE = float(os.environ.get("PATIENCE", 120))

FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
         '--disable-background-networking', '--disable-component-update', '--disable-sync',
         '--disable-extensions', '--disable-dev-shm-usage', '--mute-audio', '--hide-scrollbars',
         '--remote-debugging-port=0', '--remote-allow-origins=*', '--autoplay-policy=no-user-gesture-required']

KEYS = {'Enter': 13, 'Escape': 27, 'Tab': 9, 'ArrowLeft': 37, 'ArrowUp': 38, 'ArrowRight': 39, 'ArrowDown': 40,
        ' ': 32, 'F1': 112}
SHIFT = 8


class Browser:
    """One browser with one page."""

    def __init__(self, width=1280, height=720, scale=1, dark=False):
        self.folder = tempfile.mkdtemp(prefix='nakawari-browser-')
        self.process = subprocess.Popen(
            ['chromium', *FLAGS, f'--user-data-dir={self.folder}', f'--window-size={width},{height}',
             f'--force-device-scale-factor={scale}', 'about:blank'],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port_file = pathlib.Path(self.folder) / 'DevToolsActivePort'
        until(lambda: port_file.exists() and len(port_file.read_text().split()) == 2, 'the browser to start')
        self.port = int(port_file.read_text().split()[0])
        pages = json.load(urllib.request.urlopen(f'http://127.0.0.1:{self.port}/json/list', timeout=PATIENCE))
        address = next(p for p in pages if p['type'] == 'page')['webSocketDebuggerUrl']
        self.socket = websocket.create_connection(address, timeout=PATIENCE)
        self.number = 0
        self.call('Page.enable')
        self.call('Runtime.enable')
        self.call('Emulation.setDeviceMetricsOverride', width=width, height=height, deviceScaleFactor=scale, mobile=False)
        scheme = 'dark' if dark else 'light'
        self.call('Emulation.setEmulatedMedia', features=[{'name': 'prefers-color-scheme', 'value': scheme}])
        self.errors = []

    def call(self, method, **params):
        self.number += 1
        self.socket.send(json.dumps({'id': self.number, 'method': method, 'params': params}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get('method') == 'Runtime.exceptionThrown':
                details = answer['params']['exceptionDetails']
                self.errors.append(details.get('exception', {}).get('description', details['text']))
            if answer.get('id') == self.number:
                if 'error' in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer['result']

    def open(self, link):
        self.call('Page.navigate', url=link)
        self.wait('window.desk && desk.model.scene && desk.model.scene.cels.length > 0')
        # The paper of the first visit is laid aside.
        self.wait("localStorage.getItem('seen')")
        self.lay_aside()

    def lay_aside(self):
        """Closes the paper that lies over the desk."""
        def aside():
            self.key('Escape')
            return not self.eval("document.querySelector('dialog').open")
        until(aside, 'the paper to be laid aside')

    def eval(self, code):
        result = self.call('Runtime.evaluate', expression=code, returnByValue=True, awaitPromise=True)
        if 'exceptionDetails' in result:
            raise RuntimeError(result['exceptionDetails'].get('exception', {}).get('description', code))
        return result['result'].get('value')

    def wait(self, code, what=None, patience=PATIENCE):
        return until(lambda: self.eval(f'!!({code})'), what or code, patience)

    def key(self, key, shift=False, hold=False):
        """Presses a key; with `hold` only down."""
        code = KEYS.get(key, ord(key.upper()[0]))
        text = key if len(key) == 1 else '\r' if key == 'Enter' else ''
        more = {'modifiers': SHIFT if shift else 0, 'key': key, 'windowsVirtualKeyCode': code}
        self.call('Input.dispatchKeyEvent', type='keyDown', text=text, **more)
        if not hold:
            self.call('Input.dispatchKeyEvent', type='keyUp', **more)

    def key_up(self, key):
        self.call('Input.dispatchKeyEvent', type='keyUp', key=key, windowsVirtualKeyCode=KEYS.get(key, ord(key.upper()[0])))

    def mouse(self, kind, at, button='left', buttons=1, shift=False):
        self.call('Input.dispatchMouseEvent', type=kind, x=at[0], y=at[1], button=button if kind != 'mouseMoved' or buttons else 'none',
                  buttons=buttons, clickCount=1, modifiers=SHIFT if shift else 0, pointerType='pen')

    def move(self, at):
        self.mouse('mouseMoved', at, buttons=0)

    def click(self, at, shift=False):
        self.move(at)
        self.mouse('mousePressed', at, shift=shift)
        self.mouse('mouseReleased', at, buttons=0, shift=shift)

    def drag(self, points):
        self.move(points[0])
        self.mouse('mousePressed', points[0])
        for at in points[1:]:
            self.mouse('mouseMoved', at)
        self.mouse('mouseReleased', points[-1], buttons=0)

    def wheel(self, at, by, shift=False):
        self.call('Input.dispatchMouseEvent', type='mouseWheel', x=at[0], y=at[1], deltaX=0, deltaY=by, modifiers=SHIFT if shift else 0)

    def press(self, selector):
        """Clicks a button of the page, once it is there."""
        self.wait(f'document.querySelector({json.dumps(selector)})')
        at = self.eval(f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{ block: 'nearest' }}); const b = e.getBoundingClientRect(); "
                       'return [b.x + b.width / 2, b.y + b.height / 2]; })()')
        self.click(at)

    def shot(self, path):
        data = self.call('Page.captureScreenshot', format='png')['data']
        pathlib.Path(path).write_bytes(base64.b64decode(data))

    def close(self):
        try:
            self.call('Browser.close')
        except (OSError, websocket.WebSocketException):
            pass
        self.socket.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Desk:
    """The program's desk on a cut."""

    def __init__(self, program, cut, *more, port=0):
        # Not the list of cuts of whoever runs the tests.
        environment = {**os.environ, 'XDG_STATE_HOME': os.path.join(tempfile.gettempdir(), 'nakawari-test-state')}
        words = [program, 'desk', str(cut), '--no-open', '--author', 'Test', *more]
        if port:
            words += ['--port', str(port)]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
        self.link = self.process.stdout.readline().strip()
        if not self.link.startswith('http://127.0.0.1:'):
            raise RuntimeError(f'the desk did not start: {self.link} {self.process.stderr.read()}')
        self.port = int(self.link.split(':')[2].split('/')[0])
        self.token = self.link.split('t=')[1]

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def ask(self, path, body=None, **headers):
        """One request as our own page makes it: status and JSON or bytes."""
        host = f'127.0.0.1:{self.port}'
        request = urllib.request.Request(f'http://{host}{path}', method='GET' if body is None else 'POST',
                                         data=None if body is None else json.dumps(body).encode())
        request.add_header('Cookie', f'nakawari_{self.port}={self.token}')
        if body is not None:
            request.add_header('Origin', f'http://{host}')
            request.add_header('Content-Type', 'application/json')
        for name, value in headers.items():
            request.add_header(name, value)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                raw = answer.read()
                return answer.status, json.loads(raw) if 'json' in answer.headers['Content-Type'] else raw
        except urllib.error.HTTPError as error:
            raw = error.read()
            return error.code, json.loads(raw) if raw.startswith(b'{') else raw

    def scene(self):
        return self.ask('/scene')[1]

    def settled(self):
        """The scene once nothing is being built."""
        until(lambda: self.scene()['settled'], 'the build to end', 3 * PATIENCE)
        return self.scene()


def until(true, what, patience=PATIENCE):
    end = time.monotonic() + patience
    while True:
        value = true()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f'waited in vain for: {what}')
        time.sleep(0.03)
