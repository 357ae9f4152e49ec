"""Bytes into text: UTF-8, or a refusal that says what the file is instead and what to do about it."""

from __future__ import annotations

import re

from slalint.model import Observation, SourceFile, Span

# Ten times the largest agreement we could imagine; beyond it the time and memory of a run are no longer predictable.
MAX_BYTES = 10_000_000

_BOMS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_FIRST = {mark[:1] for mark, _ in _BOMS}
_SAVE = "Save the file as UTF-8: editors call it “Save with encoding”."


def decode(path: str, data: bytes) -> tuple[SourceFile, Observation | None]:
    """The file as text, and what speaks against reading it (then the text is only good for showing the place)."""
    if len(data) > MAX_BYTES:
        file = SourceFile(path, "")
        size = f"{len(data) / 1e6:.0f} MB"
        return file, _refuse(
            file,
            0,
            f"This file has {size}; files of up to {MAX_BYTES // 1_000_000} MB are read.",
            "An agreement of this size cannot be read by people either, so the file was left alone.",
            "Split it into one file per agreement, or exclude it with --exclude.",
        )
    wide = _wide(data)
    if wide:
        file = SourceFile(path, "")
        return file, _refuse(
            file, 0, f"This file is saved as {wide}, not as UTF-8.", "Nothing in it could be read.", _SAVE
        )
    bom = data.startswith(b"\xef\xbb\xbf")
    body = data[3:] if bom else data
    try:
        file = SourceFile(path, body.decode("utf-8"), bom)
    except UnicodeDecodeError as problem:
        file = SourceFile(path, body.decode("utf-8", "replace"), bom)
        at = len(body[: problem.start].decode("utf-8"))
        byte = body[problem.start]
        return file, _refuse(
            file,
            at,
            f"This line holds a byte (0x{byte:02X}) that is not UTF-8 text{_guess(byte)}.",
            "What it should say cannot be told, so the file was not read.",
            _SAVE,
        )
    nul = file.text.find("\0")
    if nul >= 0:
        return file, _refuse(
            file,
            nul,
            "This line holds a NUL character, which no text file has.",
            "The file may be damaged or not be text at all, so it was not read.",
            "Restore the file or delete the character.",
        )
    return file, None


def _refuse(file: SourceFile, at: int, message: str, why: str, hint: str) -> Observation:
    line, column = file.position(at)
    return Observation(
        Span(at, min(at + 1, len(file.text)), line, column), message, why=why, hint=hint, rule="syntax", key="encoding"
    )


def _wide(data: bytes) -> str:
    """The name of the two- or four-byte encoding of a file, empty for anything else."""
    if data[:1] not in _FIRST and 0 not in data[:8]:
        return ""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    # Without a mark: Latin text in a wide encoding is every other (or three of four) bytes NUL from the start.
    if re.match(rb"(?:\x00{3}[^\x00]|[^\x00]\x00{3}){2}", data):
        return "UTF-32"
    if re.match(rb"(?:\x00[^\x00]){4}|(?:[^\x00]\x00){4}", data):
        return "UTF-16"
    return ""


def _guess(byte: int) -> str:
    """What the byte would be in the encoding that Western Windows programs write."""
    meant = bytes([byte]).decode("cp1252", "replace")
    return f"; in Windows-1252 it would be “{meant}”" if meant.isprintable() and meant != "\ufffd" else ""
