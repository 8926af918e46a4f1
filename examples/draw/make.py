# SPDX-License-Identifier: Apache-2.0
"""Draws the example cuts again, byte for byte: python3 make.py [smile] [wave] [run] [talk]"""

import importlib
import os
import sys

import ink
import scenery

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = os.path.dirname(HERE)


def number(name):
    return int(name[1:])


def gap_names(gap, positions):
    """Names of the in-betweens of a gap: (from, to, spacing[, first number])."""
    first = gap[3] if len(gap) > 3 else number(gap[0]) + 1
    return [f"{gap[0][0]}{first + k:04d}" for k in range(positions)]


def in_betweens(cel):
    """name -> (from, to, t), by the sheet's count and the chart's positions."""
    names = [n for n, _ in cel["sheet"]]
    out = {}
    for gap in cel["gaps"]:
        a, b, chart = gap[:3]
        first = gap[3] if len(gap) > 3 else number(a) + 1
        count = 0
        while f"{cel['name']}{first + count:04d}" in names and f"{cel['name']}{first + count:04d}" not in cel["keys"]:
            count += 1
        for name, t in zip(gap_names(gap, count), ink.spacing(chart, count)):
            out[name] = (a, b, t)
    wanted = {n for n in names if n not in cel["keys"]}
    assert wanted == set(out), f"sheet and charts disagree: {sorted(wanted ^ set(out))}"
    return out


def make(cut_name):
    cut = importlib.import_module("cut_" + cut_name)
    root = os.path.join(EXAMPLES, cut_name)
    total = 0
    for cel in cut.CELS:
        folder = os.path.join(root, cel["name"])
        keys = cel["keys"]
        todo = {n: (n, n, 0.0) for n in keys}
        todo.update(in_betweens(cel))
        for name, (a, b, t) in sorted(todo.items()):
            d = cel["draw"](name, keys[a], keys[b], t)
            truth = os.path.join(root, "truth", cel["name"])
            if name in keys:
                d.save_line(os.path.join(folder, name + ".png"))
            else:
                d.save_line(os.path.join(truth, "line", name + ".png"))
            d.save_paint(os.path.join(truth, "paint", name + ".png") if name not in cel["refs"] else os.path.join(folder, "paint", name + ".png"))
            total += 1
        if cel["gaps"]:
            ink.write_text(os.path.join(folder, "charts.toml"), ink.charts_toml([g[:3] for g in cel["gaps"]]))
        model = os.path.join(root, "model", cel["model"].name.lower().replace(" ", "_"))
        ink.write_text(model + ".toml", cel["model"].toml())
        ink._save(cel["model"].card(), model + ".png")
    for model in getattr(cut, "MODELS", []):
        path = os.path.join(root, "model", model.name.lower().replace(" ", "_"))
        ink.write_text(path + ".toml", model.toml())
        ink._save(model.card(), path + ".png")
    if hasattr(cut, "write"):
        cut.write(root)
    ink._save(cut.background(), os.path.join(root, "BG", "bg.png"))
    tracks = [(cel["name"], ink.exposures(*cel["sheet"])) for cel in cut.CELS]
    for cel in cut.CELS:
        assert sum(n for _, n in cel["sheet"]) == cut.FRAMES, (cel["name"], sum(n for _, n in cel["sheet"]))
    ink.write_xdts(os.path.join(root, "sheet.xdts"), cut_name, cut.FRAMES, tracks, cut=cut.ID.strip("c").lstrip("0"), scene="1",
                   dialogue=[("Mio", cut.dialogue())] if hasattr(cut, "dialogue") else [])
    text = [f'[cut]\nid = "{cut.ID}"\ntitle = "{cut.TITLE}"\nfps = {cut.FPS}\nsize = [{ink.WIDTH}, {ink.HEIGHT}]\nsheet = "sheet.xdts"\n',
            '# Cels from bottom to top.\n[[cel]]\nname = "BG"\nimage = "BG/bg.png"\n']
    for cel in cut.CELS:
        model = cel["model"].name.lower().replace(" ", "_")
        text.append(f'[[cel]]\nname = "{cel["name"]}"\ndrawings = "{cel["name"]}/{cel["name"]}####"\nmodel = "model/{model}.toml"\n')
    text.append(getattr(cut, "FACE_CELS", ""))
    ink.write_text(os.path.join(root, "cut.toml"), "\n".join(text).rstrip("\n"))
    print(f"{cut_name}: {total} drawings")


if __name__ == "__main__":
    sys.path.insert(0, HERE)
    for cut_name in sys.argv[1:] or ["smile", "wave", "run", "talk"]:
        make(cut_name)
