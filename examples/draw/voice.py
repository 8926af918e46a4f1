# SPDX-License-Identifier: Apache-2.0
"""A voice made for the examples: a small formant synthesiser. Nobody was recorded and nothing was trained.

A buzz of glottal pulses (or breath) goes through three resonances that glide from vowel to vowel. Consonants are short:
a hum for m and n, a puff of noise for s, k, t, h, a closure before stops. Because every sound is placed here, the places
where one mouth gives way to the next are known exactly; `mouths` writes them down as an animator would.

python3 voice.py OUT.wav "こんにちは" [--pitch 240] [--seed 1]
"""

import argparse
import struct
import sys

import numpy as np

RATE = 22050
# First three resonances (Hz) of a young woman's voice.
VOWELS = {"a": (920, 1480, 2900), "i": (360, 2650, 3400), "u": (400, 1380, 2700), "e": (560, 2250, 3100), "o": (540, 930, 2850), "n": (300, 1250, 2500)}
WIDTHS = (90, 110, 170)

ROWS = {"": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの", "h": "はひふへほ", "m": "まみむめも",
        "y": "や ゆ よ", "r": "らりるれろ", "w": "わ   を", "g": "がぎぐげご", "z": "ざじずぜぞ", "d": "だぢづでど", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ"}
KANA = {kana: (consonant, "aiueo"[k]) for consonant, row in ROWS.items() for k, kana in enumerate(row) if kana != " "}
KANA["ん"] = ("", "n")


def morae(text):
    """(consonant, vowel) of each mora; ("", "") for a pause, and its length in morae."""
    out = []
    for c in text:
        if c in "、。 …！？":
            out.append(("", "", 3.0 if c in "。…！？" else 1.8))
        elif c in "ゃゅょ" and out:
            out[-1] = (out[-1][0] or "y", {"ゃ": "a", "ゅ": "u", "ょ": "o"}[c], out[-1][2])
        elif c == "っ":
            out.append(("q", "", 0.9))
        elif c == "ー" and out:
            out.append(("", out[-1][1], 1.0))
        else:
            consonant, vowel = KANA[c]
            out.append((consonant, vowel, 1.0))
    return out


def segments(text, mora, rng):
    """[(start, end, sound, kind)] in seconds; kind: vowel, hum, hiss, closure, pause."""
    out, t = [], 0.0

    def add(length, sound, kind):
        nonlocal t
        out.append((t, t + length, sound, kind))
        t += length

    for consonant, vowel, weight in morae(text):
        length = mora * weight * rng.uniform(0.9, 1.12)
        if not vowel:
            add(length, "", "closure" if consonant == "q" else "pause")
            continue
        if consonant in ("k", "t", "p"):
            add(0.045, consonant, "closure")
            add(0.025, consonant, "hiss")
        elif consonant in ("s", "h"):
            add(0.07 if consonant == "s" else 0.05, consonant, "hiss")
        elif consonant in ("m", "n", "b", "d", "g", "z"):
            add(0.06, "m" if consonant in "mb" else "n", "hum")
        elif consonant in ("y", "r", "w"):
            add(0.04, {"y": "i", "r": "e", "w": "u"}[consonant], "glide")
        add(max(0.07, length - (t - out[-1][0] if consonant else 0)), vowel, "vowel")
    return out


def synthesise(parts, pitch, rng):
    """The samples, -1 to 1."""
    total = parts[-1][1] + 0.05
    n = int(total * RATE)
    time = np.arange(n) / RATE
    targets, levels, breath = np.zeros((n, 3)), np.zeros(n), np.zeros(n)
    last = VOWELS["a"]
    for start, end, sound, kind in parts:
        i, j = int(start * RATE), min(n, int(end * RATE))
        if kind in ("vowel", "glide"):
            last = VOWELS[sound]
            levels[i:j] = 1.0 if kind == "vowel" else 0.7
            if sound == "n":
                levels[i:j] = 0.5
        elif kind == "hum":
            last = VOWELS["n"]
            levels[i:j] = 0.32
        elif kind == "hiss":
            breath[i:j] = 0.5 if sound == "s" else 0.22
        targets[i:j] = last
    box = lambda x, seconds: np.convolve(np.pad(x, int(seconds * RATE) // 2, mode="edge"), np.ones(int(seconds * RATE)) / int(seconds * RATE), mode="same")[
        int(seconds * RATE) // 2:][:len(x)]
    levels, breath = box(levels, 0.022), box(breath, 0.012)
    targets = np.stack([box(targets[:, k], 0.03) for k in range(3)], 1)
    # Pitch falls a little along each phrase and shakes a little.
    fall = np.ones(n)
    start = 0.0
    for a, b, _, kind in parts:
        if kind == "pause":
            i, j = int(start * RATE), int(a * RATE)
            fall[i:j] = np.linspace(1.12, 0.9, max(1, j - i))
            start = b
    fall[int(start * RATE):] = np.linspace(1.12, 0.88, n - int(start * RATE))
    f0 = pitch * box(fall, 0.08) * (1 + 0.012 * np.sin(2 * np.pi * 5.1 * time) + 0.004 * box(rng.normal(0, 1, n), 0.02) * 8)
    phase = np.cumsum(f0 / RATE)
    # A soft pulse once a period; its slope gives the voice its fall of 12 dB an octave.
    u = phase % 1.0
    pulse = np.where(u < 0.6, np.sin(np.pi * u / 0.6) ** 2 * np.where(u < 0.4, 1, 0.8), 0)
    source = np.diff(pulse, prepend=0) * 6 * levels + rng.normal(0, 0.012, n) * levels
    noise = np.diff(rng.normal(0, 0.25, n), prepend=0) * breath
    out = source.copy()
    for k in range(3):
        out = resonate(out, targets[:, k], WIDTHS[k])
    out += noise * 0.35
    out *= 0.7 / np.abs(out).max()
    return out


def resonate(x, centre, width):
    """A two-pole resonance whose centre moves; gain 1 at 0 Hz."""
    r = np.exp(-np.pi * width / RATE)
    b = 2 * r * np.cos(2 * np.pi * centre / RATE)
    c = -r * r
    a = 1 - b - c
    y = np.zeros(len(x))
    y1 = y2 = 0.0
    for k in range(len(x)):
        y0 = a[k] * x[k] + b[k] * y1 + c * y2
        y[k] = y0
        y2, y1 = y1, y0
    return y


def mouths(parts):
    """[(start, end, mouth)] as an animator hears it: the vowels and n; closed in pauses, closures and on m and b."""
    out = []
    for k, (start, end, sound, kind) in enumerate(parts):
        if kind == "vowel":
            mouth = sound
        elif kind in ("pause",) or (kind == "hum" and sound == "m") or (kind == "closure" and (sound == "p" or end - start > 0.08)):
            mouth = "-"
        else:  # the mouth is already on its way to the vowel
            mouth = next((s for _, _, s, kd in parts[k + 1:] if kd == "vowel"), "-")
        if out and out[-1][2] == mouth:
            out[-1] = (out[-1][0], end, mouth)
        else:
            out.append((start, end, mouth))
    return out


def speak(phrases, mora=0.13, pitch=245, seed=1, total=None):
    """phrases: [(start in seconds, text)]. Returns (samples, [(start, end, mouth)])."""
    rng = np.random.Generator(np.random.PCG64(seed))
    sound, timing = np.zeros(int((total or 0) * RATE)), []
    for start, text in phrases:
        parts = segments(text, mora, rng)
        y = synthesise(parts, pitch, rng)
        i = int(start * RATE)
        if len(sound) < i + len(y):
            sound = np.pad(sound, (0, i + len(y) - len(sound)))
        sound[i:i + len(y)] += y
        timing += [(start + a, start + b, m) for a, b, m in mouths(parts)]
    return sound, timing


def write_wav(path, samples, rate=RATE):
    data = (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
    with open(path, "wb") as f:
        f.write(b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, rate, rate * 2, 2, 16) +
                b"data" + struct.pack("<I", len(data)) + data)


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("out")
    ap.add_argument("text")
    ap.add_argument("--pitch", type=float, default=245)
    ap.add_argument("--seed", type=int, default=1)
    a = ap.parse_args()
    samples, timing = speak([(0.2, a.text)], pitch=a.pitch, seed=a.seed)
    write_wav(a.out, samples)
    for start, end, mouth in timing:
        print(f"{start:.3f}\t{end:.3f}\t{mouth}", file=sys.stdout)
