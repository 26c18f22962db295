"""What the server answers, and to whom."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from preview.harbour import harbour
from preview.serving import served
from story import Story


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the harbour is served."""
    story = harbour(Story(tmp_path_factory.mktemp("harbour")))
    with served(story.root) as one:
        yield urlsplit(one).netloc


def ask(address: str, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer."""
    connection = http.client.HTTPConnection(address, timeout=20)
    named = {"Host": address} | headers
    connection.putrequest(method, path, skip_host=True)
    for name, value in named.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    told = (answer.status, dict(answer.getheaders()), answer.read())
    connection.close()
    return told


def test_the_page_and_its_data_are_served(address: str) -> None:
    """Fresh, with their types, and for no other page to hold."""
    status, headers, page = ask(address, "/")

    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert b"What is <b>" not in page
    assert len(json.loads(ask(address, "/data")[2])["cards"]) == 10


def test_pictures_are_served_by_their_names_in_packages(address: str) -> None:
    """A name from the table, and nothing that only looks like a path."""
    media = json.loads(ask(address, "/data")[2])["media"]

    status, headers, data = ask(address, "/" + next(iter(media.values())))

    assert (status, headers["Content-Type"]) == (200, "image/png")
    assert data.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "path",
    [
        "/cardwright.toml",
        "/media/",
        "/media/../cardwright.toml",
        "/media/..%2fcardwright.toml",
        "/media/pictures/buoy.png",
        "//etc/passwd",
        "/../cardwright.toml",
        "/data/",
        "/?x",
        "http://127.0.0.1/",
    ],
)
def test_nothing_else_is_served(address: str, path: str) -> None:
    """Files are not found by path."""
    assert ask(address, path)[0] == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "localhost:1", "", "127.0.0.1.evil.example:80", "0.0.0.0"]
)
@pytest.mark.parametrize("path", ["/", "/data", "/events"])
def test_a_name_that_is_not_ours_is_refused(address: str, host: str, path: str) -> None:
    """A site that lets its name lead to this machine gets nothing."""
    status, _, body = ask(address, path, Host=host)

    assert (status, body) == (403, b"Forbidden\n")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"])
def test_a_page_of_another_origin_is_refused(address: str, origin: str) -> None:
    """What another page asks for is not given to it."""
    assert ask(address, "/data", Origin=origin)[0] == 403


def test_our_own_names_are_answered(address: str) -> None:
    """By number and as localhost, with the origin that belongs to it."""
    port = address.rsplit(":", 1)[1]

    assert ask(address, "/", Host=f"localhost:{port}", Origin=f"http://localhost:{port}")[0] == 200
    assert ask(address, "/", Origin=f"http://{address}")[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "HEAD"])
def test_nothing_can_be_sent(address: str, method: str) -> None:
    """The server only tells."""
    assert ask(address, "/data", method)[0] == 501
