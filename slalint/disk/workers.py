"""Work spread over processes: forked, so that what is loaded is shared and a process starts in two milliseconds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_NUMBER = 4  # bytes of a number in the queue
_LENGTH = 8  # bytes of the length of a result
_BLOCK = 1 << 16  # bytes, what a pipe holds at once
_MOST = 2_000  # numbers that any system's pipe holds at once


class WorkerLost(Exception):
    """A process ended before its work was done."""


def available() -> int:
    """How many processes can work at once here; 1 where a process cannot be forked."""
    if not hasattr(os, "fork"):
        return 1
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS
        return os.cpu_count() or 1


def spread(items: Sequence[T], work: Callable[[T], R], jobs: int) -> Iterator[R]:
    """``work`` done on every item by ``jobs`` processes; the results in the order of the items.

    Whoever is idle takes the next few items, so a long one holds up nobody. Raises ``WorkerLost``.
    """
    if jobs < 2 or len(items) < 2 or not hasattr(os, "fork"):
        yield from map(work, items)
        return
    shares = _shares(len(items), jobs)
    count = len(shares)
    queue, fill = os.pipe()
    os.write(fill, b"".join(number.to_bytes(_NUMBER, "little") for number in range(count)))
    os.close(fill)
    children: dict[int, int] = {}  # by the end of its pipe: the process
    try:
        for _ in range(min(jobs, count)):
            out, answer = os.pipe()
            child = os.fork()
            if not child:
                _serve(items, work, shares, queue, answer)
            os.close(answer)
            children[out] = child
        yield from _gathered(children, count)
    finally:
        os.close(queue)
        for out, child in children.items():
            _end(child)
            os.close(out)


def _shares(count: int, jobs: int) -> list[tuple[int, int]]:
    """How many items are taken at once, as first and last: ever fewer, so that all processes end at the same time."""
    most, least = max(16, count * 2 // _MOST), count // _MOST + 1
    shares = []
    first = 0
    while first < count:
        last = min(first + max(min((count - first) // (jobs * 8), most), least), count)
        shares.append((first, last))
        first = last
    return shares


def _serve(
    items: Sequence[T], work: Callable[[T], R], shares: Sequence[tuple[int, int]], queue: int, answer: int
) -> None:  # pragma: no cover
    """What a forked process does; it never returns. (Coverage does not see it: the process ends without clean-up.)"""
    import pickle

    status = 1
    try:
        while number := os.read(queue, _NUMBER):
            share = int.from_bytes(number, "little")
            first, last = shares[share]
            done: tuple[int, Any, str]
            try:
                done = share, [work(item) for item in items[first:last]], ""
            except Exception as problem:
                done = share, [], f"{type(problem).__name__}: {problem}"
            sent = pickle.dumps(done, pickle.HIGHEST_PROTOCOL)
            _write(answer, len(sent).to_bytes(_LENGTH, "little") + sent)
        status = 0
    except KeyboardInterrupt:
        status = 130  # the parent hears it, too, and says so
    finally:
        os._exit(status)


def _write(pipe: int, data: bytes) -> None:  # pragma: no cover - in the forked process
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(pipe, rest) :]


def _gathered(children: dict[int, int], count: int) -> Iterator[Any]:
    """The results of all processes in the order of the numbers."""
    import pickle
    from selectors import EVENT_READ, DefaultSelector

    ready: dict[int, list[Any]] = {}
    due = 0
    with DefaultSelector() as selector:
        for out in children:
            selector.register(out, EVENT_READ, bytearray())
        while due < count:
            if not selector.get_map():
                raise WorkerLost("a process of --jobs ended before its work was done; --jobs 1 does without")
            for key, _ in selector.select():
                out, waiting = key.fd, key.data
                block = os.read(out, _BLOCK)
                waiting += block
                while len(waiting) >= _LENGTH:
                    end = _LENGTH + int.from_bytes(waiting[:_LENGTH], "little")
                    if len(waiting) < end:
                        break
                    number, results, failed = pickle.loads(waiting[_LENGTH:end])
                    if failed:
                        raise WorkerLost(failed)
                    ready[number] = results
                    del waiting[:end]
                if not block:
                    selector.unregister(out)
            while due in ready:
                yield from ready.pop(due)
                due += 1


def _end(child: int) -> None:
    """A process that is done, or is no longer wanted."""
    import signal

    try:
        if os.waitpid(child, os.WNOHANG)[0] == 0:
            os.kill(child, signal.SIGTERM)
            os.waitpid(child, 0)
    except (ChildProcessError, ProcessLookupError):
        pass
