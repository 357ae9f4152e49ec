"""Words as data: what a file of pieces says, that ours are complete, and that a folder makes a language."""

from __future__ import annotations

import ast
import pkgutil
import re
from collections.abc import Iterator
from functools import cached_property
from importlib import import_module
from pathlib import Path

import pytest

import slalint
from slalint import disk, resources
from slalint.config import Config, ConfigError
from slalint.disk import settings
from slalint.disk.rulebook import bundled
from slalint.engine import Input, lint
from slalint.model import SourceFile
from slalint.sources import markdown
from slalint.sources.markdown import metrics_words, values
from slalint.words import languages, lists
from slalint.words.phrases import Phrases, words
from slalint.words.pieces import Branches, Part, Pattern, Pieces, WordList, WordSet
from slalint.words.recognition import UNKNOWN, recognise

ROOT = Path(__file__).resolve().parent.parent
RULES = bundled()  # rules declare pieces too
for found in pkgutil.walk_packages(slalint.__path__, "slalint."):
    if "__main__" not in found.name:
        import_module(found.name)


@pytest.fixture
def further(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for languages of one's own; ours alone are known again afterwards."""
    monkeypatch.setattr(resources, "_further_words", [])
    resources.add_words(str(tmp_path))
    yield tmp_path
    resources._languages.clear()


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


# ---- pieces


def test_what_a_file_of_pieces_says(further: Path) -> None:
    class Sample(Pieces, file="sample"):
        promise = Pattern()
        length = Part()
        days = WordList()
        small = WordSet()
        absent = Pattern()
        nothing = Part()
        nobody = WordSet()
        sign = Pattern(absent="")
        hints = WordList(absent="")

        @cached_property
        def within(self) -> re.Pattern[str]:
            return re.compile(rf"within {self.length}")

    write(
        further / "qa",
        {
            "patterns/sample.txt": "# A remark.\nunit: hours?\n    |days?\nlength: \\d{1,2}\\s{unit}\n\n"
            "promise: (?i)\\bmust\\b\ndays: mo tu_we\n    th\nsmall: a of\n"
        },
    )
    resources._languages.clear()
    qa = Sample.of("qa")
    assert qa.promise.search("He MUST go") and not qa.promise.search("a mustang")
    assert qa.within.fullmatch("within 12 days") and not qa.within.fullmatch("within 123 days")
    assert (qa.days, qa.small) == (("mo", "tu we", "th"), {"a", "of"})
    assert not qa.absent.search("") and not re.search(qa.nothing, "") and qa.nobody == frozenset()
    assert qa.sign.search("anything") and all(hint in "anything" for hint in qa.hints) and qa.hints
    assert Sample.of("qa") is qa
    assert Sample.of("qb") is Sample.of("en") and not Sample.of("qb").promise.search("must")


def declared() -> dict[str, set[str]]:
    """The pieces that the program asks for, by file."""
    found: dict[str, set[str]] = {}
    for reader in Pieces.__subclasses__():
        kinds = (Branches, Pattern, Part, WordList, WordSet)
        names = {name for name, value in vars(reader).items() if isinstance(value, kinds)}
        if reader.__module__ != __name__ and names:
            found.setdefault(reader.file, set()).update(names)
    return found


def test_no_piece_is_missing_or_left_over() -> None:
    files = {path.stem: path for path in (ROOT / "slalint/words/en/patterns").glob("*.txt")}
    asked = declared()
    assert set(files) == set(asked)
    for name, path in files.items():
        text = path.read_text(encoding="utf-8")
        entries = re.findall(r"^(\w+):", text, re.M)
        named = set(re.findall(r"\{([a-z]\w*)\}", text))
        assert len(entries) == len(set(entries)), name
        assert asked[name] <= set(entries), f"{name}: {asked[name] - set(entries)} missing"
        assert set(entries) <= asked[name] | named, f"{name}: {set(entries) - asked[name] - named} not used"
        assert named <= set(entries), name
        rest = re.sub(r"^(?:\w+:.*(?:\n[ ]+.*)*|#.*|)$", "", text, flags=re.M)
        assert not rest.strip(), f"{name}: {rest.strip()[:80]!r} is read by nobody"


def test_every_piece_can_be_used() -> None:
    for reader in Pieces.__subclasses__():
        if reader.__module__ != __name__:
            pieces = reader.of("en")
            for name in dir(pieces):
                value = getattr(pieces, name)
                if hasattr(value, "fullmatch"):
                    value.search("")  # compiles it
                elif isinstance(vars(reader).get(name), (Branches, Part)):
                    re.compile(value)


# ---- languages


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the provider will send the report to the customer by the end of each month " * 3, "en"),
        ("uptime response target window latency " * 10, "en"),  # a table: no small words at all
        ("calls per hour: no. errors per day: met " * 12, "en"),  # of other languages, too, but no sign of them
        ("il fornitore invia al cliente la relazione di ogni mese per il servizio che non si ferma " * 3, UNKNOWN),
        ("o cliente recebe um plano do tempo com os dados de cada dia em uma lista " * 3, UNKNOWN),
        ("der anbieter sendet den bericht an die kunden und wird das ergebnis mit ihnen teilen " * 3, UNKNOWN),
        ("поставщик отправляет отчет клиенту в конце каждого месяца и хранит его " * 3, UNKNOWN),
        ("norra lutari sluz klienta vedi tempa kasa " * 15, UNKNOWN),  # no small words in so long a text
        ("der anbieter", "en"),  # too little to tell
        ("ka norra dev lutari ka sluz mi ki po ka klienta " * 4, "qz"),
        ("norra lutari sluz klienta vedi tempa kasa " * 5, "en"),
    ],
)
def test_recognised_by_small_words(further: Path, text: str, language: str) -> None:
    write(further / "qz", {"patterns/recognition.txt": "common: ka mi po sul ter dev nu ki\n"})
    resources._languages.clear()
    assert recognise(text.split()) == language


def test_ours_stay_as_they_are(further: Path) -> None:
    write(further / "en", {"patterns/recognition.txt": "common: nothing\n"})
    write(further / "no-language", {"patterns/recognition.txt": "common: the\n"})
    resources._languages.clear()
    assert languages() == ("en",)
    assert resources.languages()["en"] == str(ROOT / "slalint/words/en")


@pytest.mark.parametrize("language", ["", "..", "xx", "/e", "EN"])
def test_a_language_without_a_folder_has_no_lists(language: str) -> None:
    assert lists(language, "elements") == {}
    assert resources.words_text(language, "vague.tsv") == ""


def test_numbers_are_read_in_their_language(further: Path) -> None:
    write(further / "qn", {"patterns/words.txt": "numbers: un du\nampersand: mi\n"})
    resources._languages.clear()
    phrases = Phrases()
    phrases.add("days", ["@number mi dagi"])
    assert [hit.tag for hit in phrases.find(words("Du & dagi", "qn"))] == ["days"]
    assert not list(phrases.find(words("Two & dagi", "qn")))


# ---- a language by its folder alone

# Nobody speaks it: "ka" is the, "mi" and, "sul" in, "dev" must, "nu" not, "ter" is.
TAVOK = {
    "patterns/recognition.txt": "common: ka mi po sul ter dev nu ki\n",
    "patterns/documents.txt": "full_name: (?i)\\bdovaral\\s+po\\s+sluz\\b\nversion: (?i)\\bverzia\\s+(\\d[\\w.]*)\n",
    "patterns/definitions.txt": "means: \\s*zuni\\b\n",
    "patterns/inflection.txt": "rules: $>ki\nshort: ki\n",
    "patterns/placeholders.txt": "nouns: nomo|klienta\nnoun: (?i)\\b{nouns}\\b\nasking: (?i)skribi\\b\n",
    "patterns/sentences.txt": "never_last: ekz\n",
    "patterns/words.txt": "numbers: un du tri\n",
    "patterns/vague.txt": "duty: (?i)\\bdev\\b\nhas_length: (?i)\\d+\\s(?:dag|hor)i\\b\n",
    "vague.tsv": "imprecise\tter nu gorim\tNu ki gorim.\tdavi ka gorim\nsnelik\tsnelik\tsnelik\timprecise\t\n",
    "elements/_groups.yaml": "number: [un, du]\n",
    "elements/manager.yaml": "labels: [^ gestor $]\n",
    "elements/termination.yaml": "headings: [^ rompa $]\nsentences: [rompi ka dovaral .. @number dagi]\n",
    "elements/review.yaml": "sentences: [vidi ka dovaral]\n",
    "elements/version.yaml": "labels: [^ verzia $]\n",
    "agreement/parties.yaml": "labels: {provider: [^ furnista $], customer: [^ klienta $]}\n",
    "metrics/categories.yaml": "availability: {takes: [percent], words: [lutanka]}\n",
    "metrics/values.yaml": "percent: ['%', parto]\noperators: [minim]\n",
    "metrics/spelling.yaml": "minim: at least\nparto: percent\n",
    "metrics/windows.yaml": "periods: [mesa]\nkinds: [kalenda]\n",
    "metrics/context.yaml": "promises: [dev]\n",
}
DOVARAL = """\
# Dovaral po Sluz

- Furnista: Norra
- Klienta: Solberg
- Gestor: Ana Ruiz

Ka Norra dev lutari ka sluz snelik mi ki ka klienta nu vedi.
Ka sluz ter sul ka kasa po Norra, mi ki po ka [Nomo po klienta] ter.

“Padanka” zuni ka tempa, ekz. ka horo, sul ki ka sluz nu ter. Ka Padankaki po ka sluz ter sul ka listo.

Ka klienta dev rompi ka dovaral sul tri dagi.

Ka lutanka po ka sluz dev ter minim 99,5 parto sul kalenda mesa.
"""


def lint_md(text: str) -> list[tuple[str, int, str]]:
    report = lint([Input("a.md", text.encode())], RULES, Config(select=("all",)))
    assert not report.errors
    return [(finding.rule, finding.span.line, finding.message) for finding in report.findings]


@pytest.fixture
def tavok(further: Path) -> Path:
    write(further / "tv", TAVOK)
    resources._languages.clear()
    return further


def test_a_folder_makes_a_language(tavok: Path) -> None:
    assert markdown.claims("a.md", DOVARAL.encode()) == 2
    agreement = markdown.read(SourceFile("a.md", DOVARAL)).agreements[0]
    assert (agreement.language, agreement.understood) == ("tv", True)
    assert [(party.role, party.name.text) for party in agreement.parties] == [
        ("provider", "Norra"),
        ("customer", "Solberg"),
    ]
    assert agreement.manager is not None and agreement.manager.name.text == "Ana Ruiz"
    stated = {name: element.reason for name, element in agreement.elements.items() if element.state == "present"}
    assert stated == {"manager": "label “Gestor”", "termination": "“rompi ka dovaral sul tri dagi”"}
    (term,) = agreement.definitions
    assert (term.term.text, term.body and term.body.text) == (
        "Padanka",
        "ka tempa, ekz. ka horo, sul ki ka sluz nu ter.",
    )
    (metric,) = agreement.metrics
    assert (metric.category, metric.target and metric.target.text) == ("availability", "minim 99,5 parto")
    assert [(value.operator, str(value.value), value.unit) for value in metric.targets] == [("gte", "99.5", "percent")]
    assert metric.window is not None and metric.window.text == "kalenda mesa"
    assert [use.passage.text[use.start : use.end] for use in agreement.terms.uses] == ["Padankaki"]

    found = lint_md(DOVARAL)
    assert ("vague-obligation", 7, "“snelik” ter nu gorim.") in found
    assert ("missing-review", 1) in [(rule, line) for rule, line, _ in found]
    assert [line for rule, line, _ in found if rule == "placeholder"] == [8]
    assert not [rule for rule, _, _ in found if rule in ("unused-definition", "rule-crashed", "missing-manager")]
    # Of what the folder has no words for, nothing is said to be missing.
    assert not [rule for rule, _, _ in found if rule in ("missing-escalation", "missing-goals")]
    assert [message.startswith("Whether the text speaks of") for rule, _, message in found if rule == "not-verified"]


def test_without_the_folder_it_is_said_once_that_nothing_was_understood() -> None:
    text = f"# SLA\n\n{DOVARAL}\n{DOVARAL}"
    assert [rule for rule, _, _ in lint_md(text)] == ["not-verified"]


@pytest.mark.parametrize("name", ["good/mail.md", "flawed/mail.md", "good/leads.md", "flawed/tracking.md"])
def test_english_stays_as_it_is(further: Path, name: str) -> None:
    text = (ROOT / "examples" / name).read_text(encoding="utf-8")
    before = lint_md(text)
    write(further / "tv", TAVOK)
    resources._languages.clear()
    assert languages() == ("en", "tv")
    assert lint_md(text) == before


# ---- languages that a project names


def test_a_project_names_its_languages(further: Path) -> None:
    write(further / "mine" / "tv", TAVOK)
    config = SourceFile(str(further / "slalint.yaml"), "languages: [mine]\n")
    Path(config.path).write_text(config.text, encoding="utf-8")
    wishes, _ = settings.read(config.path)
    for _ in range(2):  # as a command does that compares two states of a project
        disk.languages.add(wishes.languages, wishes.path)
    assert languages() == ("en", "tv")
    assert markdown.claims("a.md", DOVARAL.encode()) == 2


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("", "", "there is no folder"),
        ("german/vague.tsv", "", "holds no new language"),
        ("en/vague.tsv", "", "holds no new language"),
        ("ta/patterns/vague.txt", "duty: (must\n", "its patterns cannot be used"),
        ("tb/elements/manager.yaml", "labels: [^ $]\n", "its elements, agreement, metrics cannot be used"),
        ("tg/elements/version.yaml", 'patterns: ["("]\n', "its elements, agreement, metrics cannot be used"),
        ("th/elements/version.yaml", "patterns: [a]\npatterns-sign: (\n", "its elements, agreement, metrics cannot be"),
        ("ti/agreement/dates.yaml", "date: (\n", "its elements, agreement, metrics cannot be used"),
        ("tc/agreement/parties.yaml", "names: (\n", "its elements, agreement, metrics cannot be used"),
        ("td/metrics/values.yaml", "percent: [\n", "its elements, agreement, metrics cannot be used"),
        ("te/vague.tsv", "weak\tis weak\tWhy.\tHint.\nso\tso\t(\tweak\t\n", "its vague, ambiguous cannot be used"),
        ("tf/ambiguous.tsv", "name\tstems\ndowntime\tdown\n", "its vague, ambiguous cannot be used"),
    ],
)
def test_a_folder_that_cannot_be_used_is_refused(further: Path, name: str, text: str, said: str) -> None:
    folder = further / "mine"
    if name:
        write(folder, {name: text})
    with pytest.raises(ConfigError, match=said):
        disk.languages.add([str(folder)], "slalint.yaml")


# ---- the code itself

# What patterns in the code may spell out: marks and keys of formats, and blanks that are the same everywhere.
FORMATS = set(
    "agreement title name table import from export const default function https mailto data base lorem ipsum yyyy todo "
    "fixme changeme editme ivxl expiry last next signatures history ersion".split()
)
READERS = sorted(
    path
    for folder in ("slalint/terms", "slalint/sources/markdown", "rules")
    for path in (ROOT / folder).rglob("*.py")
    if path.name not in ("ambiguous.py",)  # puts its messages together, in English
)


def spelled_out(path: Path) -> set[str]:
    """The words in the regular expressions of a module, but for the names of groups."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.func) in ("lazy", *METHODS):
            first = node.args[0]
            texts = first.values if isinstance(first, ast.JoinedStr) else [first]
            for text in texts:
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    plain = re.sub(r"\(\?P[<=]\w+[>)]|\\[A-Za-z]", " ", text.value)
                    found.update(re.findall(r"(?<!\w)[a-z]{4,}", plain))
    return found


METHODS = [f"re.{name}" for name in ("compile", "search", "match", "fullmatch", "sub", "findall", "finditer", "split")]


@pytest.mark.parametrize("path", READERS, ids=[path.stem for path in READERS])
def test_patterns_in_the_code_know_no_language(path: Path) -> None:
    spelled = spelled_out(path) - FORMATS
    assert not spelled, f"{spelled}: words of a language belong to words/en/patterns (slalint/words/README.md)"


SIGNS = r"(?m)^(?:cue|open|hints|level_word|coded|patterns-sign):.*(?:\n[ \t]+.*)*\n"


def test_without_signs_a_language_finds_the_same(further: Path) -> None:
    home, documents = ROOT / "slalint/words/en", sorted((ROOT / "examples").glob("*/*.md"))
    files = {str(path.relative_to(home)): path.read_text("utf-8") for path in home.rglob("*.*") if path.is_file()}
    bare = {name: re.sub(SIGNS, "", text) for name, text in files.items() if name != "agreement/signs.yaml"}
    of_days = "patterns/business-time-conversion.txt"
    bare[of_days] = re.sub("(?m)^(?:day|others|kinds):.*\n", "", bare[of_days])
    assert sum(bare.get(name) != text for name, text in files.items()) > 10
    write(further / "xe", bare)
    resources._languages.clear()
    told = [example for rule in RULES for example in rule.examples("bad") if example.format == "markdown"]
    for text in [*(path.read_text("utf-8") for path in documents), *(example.text for example in told)]:
        if not text.startswith("---"):
            ours, theirs = (f"---\nlanguage: {language}\n---\n{text}" for language in ("en", "xe"))
            assert lint_md(theirs) == lint_md(ours)


def test_signs_may_be_left_out_and_letters_may_be_any(further: Path) -> None:
    """Of a language whose folder holds no signs everything is looked at; an i without a dot is a letter like others."""
    write(
        further / "tx",
        {
            "patterns/recognition.txt": "common: ve bir bu\n",
            "patterns/ambiguous.txt": "scales: öncelik\nlevel: (?i)yüksek|düşük|[1-4]\n"
            "classed: (?i)(?P<level>\\b(?:yüksek|düşük) öncelik\\b)\ntimed: (?i)\\b\\d+ saat\\b\n",
            "patterns/vague.txt": "duty: (?i)\\bmutlaka\\b\nhas_length: (?i)\\d+ saat\\b\n",
            "patterns/times.txt": "colon: :\nhours: \\d\\d:\\d\\d ile \\d\\d:\\d\\d arası\n",
            "ambiguous.tsv": "word\tstems\tpattern\tweight\tdefined\tnear\tcured\tdecides\twhy\thint\n"
            "düzey\t\t(?!)\tscale\t(?!)\t\t(?!)\tsayılır\tNeden.\tÇare.\n",
            "vague.tsv": "kısa\tNedir?\tYazın.\tdegree\nyakın\tyakın,kısa\tkısa süre\\w*\tkısa\t\n",
            "metrics/values.yaml": "percent: ['%']\ndurations: [saat, kısa an]\nnumerals: [altı]\n",
        },
    )
    resources._languages.clear()
    text = (
        "---\nlanguage: tx\n---\n# Anlaşma\n\nYüksek öncelik 4 saat sürer.\n\nDüşük öncelik 8 saat sürer.\n\n"
        "Bu mutlaka kısa sürede olur.\n\nHizmet 08:00 ile 17:00 arası vardır.\n"
    )
    (agreement,) = markdown.read(SourceFile("a.md", text), force=True).agreements
    report = lint([Input("a.md", text.encode(), agreement=True)], RULES, Config(select=("all",), profile="strict"))
    assert not report.errors
    found = {(one.rule, one.span.line) for one in report.findings}
    assert {("ambiguous-term", 6), ("vague-obligation", 10)} <= found
    assert [one.node.text for one in agreement.hours] == ["08:00 ile 17:00 arası"]
    assert [one.kind for one in values.find("altı kısa an", metrics_words.of("tx"))] == ["duration"]
