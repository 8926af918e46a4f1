"""Holds the page's words (web/src/words.ts) against what the program can say: every reason, check, kind of
correction and stage has words. Standard library only."""
import pathlib
import re
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
WORDS = (SOURCE / 'web/src/words.ts').read_text(encoding='utf-8')


def sources(*folders):
    for folder in folders:
        for path in sorted((SOURCE / 'src' / folder).glob('*.cpp')):
            if not path.stem.endswith('_test'):
                yield path.read_text(encoding='utf-8')


def said(pattern, *folders):
    return {word for text in sources(*folders) for word in re.findall(pattern, text)}


def table(name):
    """The keys of one of the page's tables."""
    body = WORDS.split(f'const {name}', 1)[1].split('\n}', 1)[0]
    return {quoted or bare for quoted, bare in re.findall(r"^  (?:'([^']+)'|(\w+)): ", body, re.MULTILINE)}


class Words(unittest.TestCase):
    def test_every_reason_and_check_has_words(self):
        reasons = said(r'reasons\.push_back\(\{"([\w-]+)"', 'inbetween', 'paint', 'face', 'check', 'cut')
        reasons |= said(r'Verdict::draw, 0, \{\{"([\w-]+)"', 'cut', 'desk')
        checks = said(r'Check\{"([\w-]+)"', 'check')
        self.assertGreater(len(reasons), 6)
        self.assertGreater(len(checks), 15)
        self.assertLessEqual(reasons | checks, table('kReasons'))

    def test_every_kind_of_correction_has_its_name_and_its_hint(self):
        text = (SOURCE / 'src/cut/fixes_file.cpp').read_text(encoding='utf-8')
        kinds = set(re.findall(r'\{FixKind::\w+, "(\w+)"\}', text))
        self.assertGreater(len(kinds), 10)
        self.assertLessEqual(kinds | {f'h_{kind}' for kind in kinds - {'approve'}}, table('kWords'))

    def test_every_stage_has_its_name(self):
        stages = said(r'stages\.run\("(\w+)"', 'cut') | said(r'progress\.advance\("(\w+)"', 'cut')
        self.assertGreater(len(stages), 4)
        self.assertLessEqual({f's_{stage}' for stage in stages}, table('kWords'))

    def test_what_the_desk_refuses_is_what_it_says(self):
        refusals = said(r'fail\(ErrorCode::\w+, "([^"]+)"', 'desk')
        self.assertLessEqual(table('kRefusals'), refusals)


if __name__ == '__main__':
    unittest.main()
