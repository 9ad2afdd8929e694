"""Work that is spread over processes gives what one process gives."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from listlint.parallel import spread

SPREAD = """
import os
from listlint.parallel import spread
def work(number):
    {body}
shelf = spread(work, {count}, {jobs})
print([shelf.get(number) for number in range({count})])
"""


def run(body: str, count: int = 40, jobs: int = 3) -> subprocess.CompletedProcess[str]:
    """`spread` in a process of its own: a test process has threads."""
    script = SPREAD.format(body=body, count=count, jobs=jobs)
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("count", [0, 1, 2, 40, 20_000])
@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_are_all_there_and_in_order(count: int, jobs: int) -> None:
    done = run("return str(number).encode()", count, jobs)
    assert done.stdout.strip() == str([str(number).encode() for number in range(count)]), done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only there can a pipe be made small")
def test_a_pipe_of_one_page_is_enough() -> None:
    small = (
        "import fcntl; pipe = os.pipe\n"
        "def of_one_page():\n"
        "    ends = pipe()\n"
        "    fcntl.fcntl(ends[1], fcntl.F_SETPIPE_SZ, 4096)\n"
        "    return ends\n"
        "os.pipe = of_one_page\n"
    )
    script = SPREAD.format(body="return b'.'", count=20_000, jobs=2).replace("shelf =", small + "shelf =")
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.count(".") == 20_000, done.stderr


def test_one_process_needs_no_copy() -> None:
    here = os.getpid()
    shelf = spread(lambda _: str(os.getpid()).encode(), 5, 1)
    assert [shelf.get(number) for number in range(5)] == [str(here).encode()] * 5


def test_large_results_come_through() -> None:
    done = run("return b'x' * 300_000", 12, 2).stdout
    assert done.count("x") == 12 * 300_000


def test_what_goes_wrong_is_raised() -> None:
    done = run("return b'.' * (1 // (number - 30))")
    assert "ZeroDivisionError" in done.stderr


def test_a_copy_that_dies_leaves_no_gap() -> None:
    script = "pid = globals()['first']\n    if os.getpid() != pid: os._exit(9)\n    return b'.'"
    whole = SPREAD.format(body=script, count=40, jobs=3).replace("def work", "first = os.getpid()\ndef work")
    done = subprocess.run(
        [sys.executable, "-c", whole], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.count(".") == 40, done.stderr


def test_an_interrupt_leaves_no_process_behind() -> None:
    body = "import time; os.write(1, b'%d\\n' % os.getpid()); time.sleep(30); return b''"
    script = SPREAD.format(body=body, count=4, jobs=2)
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as started:
        assert started.stdout is not None
        pids = [int(started.stdout.readline()) for _ in range(2)]
        started.send_signal(2)
        started.wait(timeout=20)
        for pid in pids:
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)
        started.stdout.close()
