"""The page on loopback: itself, its data, the project's pictures and word of news, and nothing else."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cardwright.preview.page import media_type

__all__ = ["Board", "Served", "server"]

# Seconds after which a listener is sent a sign of life, so that a page that is gone is noticed.
_PATIENCE = 15.0
_MEDIA = "/media/"


@dataclass(frozen=True, slots=True)
class Served:
    """One state of the preview: the page, its data alone, and pictures by their packed names.

    `mark` is the one by which the page knows its data.
    """

    page: bytes
    data: bytes
    mark: str
    media: Mapping[str, bytes] = field(default_factory=dict, hash=False)


class Board:
    """What is served now; listeners wait for something else."""

    def __init__(self, first: Served) -> None:
        self._turn = threading.Condition()
        self._served = first
        self._closed = False

    def put(self, served: Served) -> None:
        """Serve something else from now on, and wake all who wait for it."""
        with self._turn:
            self._served = served
            self._turn.notify_all()

    def now(self) -> Served:
        """What is served."""
        with self._turn:
            return self._served

    def after(self, mark: str, seconds: float) -> str | None:
        """The mark of what is served, once it is another one or so many seconds are over; None at the end."""
        with self._turn:
            self._turn.wait_for(lambda: self._closed or self._served.mark != mark, seconds)
            return None if self._closed else self._served.mark

    def close(self) -> None:
        """Let all listeners go."""
        with self._turn:
            self._closed = True
            self._turn.notify_all()


def server(board: Board, port: int = 0) -> ThreadingHTTPServer:
    """A server of 127.0.0.1, not yet running; a `port` of 0 takes a free one."""

    class Handler(_Handler):
        pass

    Handler.board = board
    made = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    made.daemon_threads = True
    number = made.server_address[1]
    Handler.hosts = frozenset(f"{name}:{number}" for name in ("127.0.0.1", "localhost"))
    return made


class _Handler(BaseHTTPRequestHandler):
    """Answers one request. Files are found by name in a table, never by path."""

    board: Board
    hosts: frozenset[str]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # the name that http.server looks for
        """Answer, where the request comes from the page itself or from the person who opened it."""
        if not self._is_ours():
            self._refuse(HTTPStatus.FORBIDDEN)
            return
        served = self.board.now()
        if self.path == "/":
            self._send(served.page, "text/html; charset=utf-8")
        elif self.path == "/data":
            self._send(served.data, "application/json", served.mark)
        elif self.path == "/events":
            self._listen(served.mark)
        elif self.path.startswith(_MEDIA) and self.path[len(_MEDIA) :] in served.media:
            name = self.path[len(_MEDIA) :]
            self._send(served.media[name], media_type(name))
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def _is_ours(self) -> bool:
        """Whether the request names this server, as a page of another site behind a turned name does not."""
        hosts, origins = self.headers.get_all("Host", []), self.headers.get_all("Origin", [])
        ours = {f"http://{host}" for host in self.hosts}
        return len(hosts) == 1 and hosts[0] in self.hosts and all(each in ours for each in origins)

    def _send(self, data: bytes, kind: str, mark: str = "") -> None:
        self.send_response(HTTPStatus.OK)
        if mark:
            self.send_header("ETag", f'"{mark}"')
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _refuse(self, status: HTTPStatus) -> None:
        data = f"{status.phrase}\n".encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _listen(self, mark: str | None) -> None:
        """Send the mark of what is served, and again with each new one, for as long as the page listens."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        with contextlib.suppress(OSError):
            while mark is not None:
                self.wfile.write(f"data: {mark}\n\n".encode())
                self.wfile.flush()
                mark = self.board.after(mark, _PATIENCE)

    def end_headers(self) -> None:
        """Each answer is fresh, is what it says it is, and can be put into no other page."""
        for name, value in (
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Content-Security-Policy", "frame-ancestors 'none'"),
        ):
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing: a page asks often."""
