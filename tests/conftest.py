from pathlib import Path

import pytest

from story import Story


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """An empty project."""
    return Story(tmp_path)
