"""What else people check YAML files with: how to install it, and the command that does the same work as slalint.

    python bench/peers.py FOLDER        installs every peer there (PyPI and npm); what is there already stays

Each validates the same agreements against `schemas/agreement.schema.json`, with three rules of its own where it has
rules: every metric has a tracking source, termination and modification are regulated, a manager is named. yamllint only
looks at style; yamale and pykwalify know no JSON Schema and get the three rules in a schema of their own.

Not to be had from the registries, so not here: vacuum, conftest, Vale (their packages load a program from elsewhere);
`datacontract lint` reads no format but its own. Left out: ajv-cli 5, which takes no date for text
and calls every agreement invalid; v8r, which fails on paths that are not relative.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

SCHEMA = Path(__file__).resolve().parent.parent / "schemas" / "agreement.schema.json"
PYTHON = ("check-jsonschema", "yamllint", "yamale", "pykwalify")
NODE = (
    ("@stoplight/spectral-cli", "@jirutka/ajv-cli"),
    ("eslint", "eslint-plugin-yml", "eslint-plugin-json-schema-validator"),  # wants another ajv than the others
)

_SPECTRAL = """\
rules:
  agreement:
    given: $
    then: {{function: schema, functionOptions: {{dialect: draft2020-12, allErrors: true, schema: {schema}}}}}
  tracking: {{given: "$.metrics[*]", then: {{field: tracking, function: truthy}}}}
  termination: {{given: $.policies, then: {{field: termination, function: defined}}}}
  modification: {{given: $.policies, then: {{field: modification, function: defined}}}}
  manager: {{given: $.governance.serviceLevelManager, then: {{field: name, function: truthy}}}}
"""
_ESLINT = """\
import yml from "{modules}/eslint-plugin-yml/lib/index.mjs";
import jsv from "{modules}/eslint-plugin-json-schema-validator/lib/index.mjs";
const schema = {schema};
const rules = {{"jsv/no-invalid": ["error", {{schemas: [{{fileMatch: ["**/*.yaml"], schema}}],
  useSchemastoreCatalog: false}}]}};
export default [...yml.configs["flat/base"], {{files: ["**/*.yaml"], plugins: {{jsv}}, rules}}];
"""
_YAMALE = """\
governance: map(include('manager'), any(), required=True)
policies: include('policies')
metrics: list(include('metric'))
---
manager: any(map(), list(), str())
policies:
  termination: any()
  modification: any()
metric:
  tracking: any()
"""
_PYKWALIFY = """\
type: map
matching-rule: any
mapping:
  governance: {type: map, mapping: {serviceLevelManager: {type: any, required: true}, "regex;(.+)": {type: any}}}
  policies:
    type: map
    mapping:
      {termination: {type: any, required: true}, modification: {type: any, required: true}, "regex;(.+)": {type: any}}
  metrics:
    type: seq
    sequence: [{type: map, mapping: {tracking: {type: any, required: true}, "regex;(.+)": {type: any}}}]
  "regex;(.+)": {type: any}
"""
_YAMLLINT = "extends: relaxed\nrules: {line-length: disable}\n"


class Peer(NamedTuple):
    """``command`` takes the files and gives the command line; ``most`` is the number of files beyond which it is left
    out."""

    name: str
    command: Callable[[Sequence[str]], list[str]]
    most: int = 10**9


def installed(folder: Path) -> list[Peer]:
    """The peers below a folder, their configuration written beside them; each was installed with ``install``."""
    schema = json.dumps(json.loads(SCHEMA.read_text()))
    other = json.dumps({key: said for key, said in json.loads(schema).items() if key != "$schema"})
    modules = [folder / f"npm{number}" / "node_modules" for number in range(len(NODE))]
    written = {
        "spectral.yaml": _SPECTRAL.format(schema=schema),
        "eslint.config.mjs": _ESLINT.format(modules=modules[1], schema=other),
        "yamale.yaml": _YAMALE,
        "pykwalify.yaml": _PYKWALIFY,
        "yamllint.yaml": _YAMLLINT,
    }
    paths = {name: folder / name for name in written}
    for name, text in written.items():
        paths[name].write_text(text)

    def python(name: str) -> str:
        return str(folder / f"venv-{name}" / "bin" / name)

    spectral = modules[0] / "@stoplight" / "spectral-cli" / "dist" / "index.js"
    ajv = modules[0] / "@jirutka" / "ajv-cli" / "lib" / "main.js"
    eslint = modules[1] / "eslint" / "bin" / "eslint.js"
    strict = ["--spec=draft2020", "--strict=false", "--all-errors", "--errors=line"]
    alone = ["--no-strict", "--cpu-num", "1"]
    peers = [
        Peer("check-jsonschema", lambda files: [python("check-jsonschema"), "--schemafile", str(SCHEMA), *files]),
        Peer(
            "Spectral", lambda files: ["node", str(spectral), "lint", "-q", "-r", str(paths["spectral.yaml"]), *files]
        ),
        Peer("ajv-cli", lambda files: ["node", str(ajv), "validate", *strict, "-s", str(SCHEMA), *files]),
        Peer("eslint", lambda files: ["node", str(eslint), "-c", str(paths["eslint.config.mjs"]), *files]),
        Peer("yamllint", lambda files: [python("yamllint"), "-c", str(paths["yamllint.yaml"]), *files]),
        Peer("yamale", lambda files: [python("yamale"), *alone, "-s", str(paths["yamale.yaml"]), *files]),
        Peer("pykwalify", lambda files: [python("pykwalify"), "-d", files[0], "-s", str(paths["pykwalify.yaml"])], 1),
    ]
    there = [*(name for name in PYTHON if Path(python(name)).exists())]
    there += [name for name, path in (("Spectral", spectral), ("ajv-cli", ajv), ("eslint", eslint)) if path.exists()]
    return [peer for peer in peers if peer.name in there]


def install(folder: Path) -> None:
    for name in PYTHON:
        home = folder / f"venv-{name}"
        if not (home / "bin" / name).exists():
            subprocess.run([sys.executable, "-m", "venv", home], check=True)
            subprocess.run([home / "bin" / "pip", "install", "--quiet", name], check=True)
    for number, names in enumerate(NODE):
        home = folder / f"npm{number}"
        home.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--prefix", home, "--no-audit", "--no-fund", "--silent", *names], check=True)


if __name__ == "__main__":
    install(Path(sys.argv[1]).resolve())
    print(", ".join(peer.name for peer in installed(Path(sys.argv[1]).resolve())))
