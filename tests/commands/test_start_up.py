"""What starting the program costs."""

import subprocess
import sys

LIGHT = {"cardwright", "cardwright.cli", "cardwright.options", "click"}
HEAVY = ("bs4", "genanki", "yaml", "markdown_it", "pygments", "re2", "sqlite3", "anki")


def test_help_imports_click_alone() -> None:
    """`cardwright --help` loads none of the libraries that documents, rules or decks need."""
    code = (
        "import sys\n"
        "from cardwright.cli import cli\n"
        "try:\n    cli.main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print('\\n'.join(sorted(sys.modules)), file=sys.stderr)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = ran.stderr.split()

    assert "Turn documents into Anki decks" in ran.stdout
    assert [name for name in HEAVY if name in loaded] == []
    assert {name for name in loaded if name.startswith("cardwright")} <= LIGHT
