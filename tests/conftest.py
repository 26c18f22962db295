import os
from pathlib import Path

import pytest
from hypothesis import settings

from story import Story

# In CI the same examples every time, so that a submission is judged by itself; elsewhere new ones.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """An empty project."""
    return Story(tmp_path)
