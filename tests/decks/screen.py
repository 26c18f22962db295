"""What a browser shows of HTML, with headless Chromium."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

__all__ = ["CHROMIUM", "shown_texts"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

# Collects what each section shows; `<` is escaped so that the dumped page can be cut at a tag.
_SCRIPT = """
const texts = [...document.querySelectorAll("section")].map(each => each.innerText);
document.body.innerHTML = "";
const out = document.body.appendChild(document.createElement("pre"));
out.textContent = JSON.stringify(texts);
"""


def shown_texts(pieces: Sequence[str], folder: Path) -> list[str]:
    """The text that a person sees of each piece of HTML, lines trimmed and empty ones left out."""
    assert CHROMIUM
    sections = "".join(f"<section>{each}</section>\n" for each in pieces)
    page = folder / "page.html"
    page.write_text(f"<!doctype html><meta charset='utf-8'>{sections}<script>{_SCRIPT}</script>", encoding="utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    done = subprocess.run([*command, "--dump-dom", page.as_uri()], capture_output=True, timeout=120, check=True)
    found = re.search(r"<pre>(.*)</pre>", done.stdout.decode("utf-8"), re.DOTALL)
    assert found
    texts: list[str] = json.loads(html.unescape(found[1]))
    return ["\n".join(line.strip() for line in text.split("\n") if line.strip()) for text in texts]
