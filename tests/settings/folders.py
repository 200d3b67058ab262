"""A config folder that a test can write into, and hear what loading says of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from monitor.errors import ConfigError, ConfigProblem
from monitor.settings import Settings, load

WATCHLIST = "watches:\n  - id: acme\n    name: Acme Trading\n"
SOURCES = "sources: {}\n"


@dataclass
class Folder:
    """A config folder that is right until a test writes something else into it."""

    path: Path

    def says(self, **files: str) -> "Folder":
        """Write files, as `watchlist="…"`."""
        for name, text in files.items():
            (self.path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return self

    def loaded(self, environ: Mapping[str, str] | None = None) -> Settings:
        """The settings; the environment is empty unless given."""
        return load(self.path, environ or {})

    def problems(self, environ: Mapping[str, str] | None = None) -> list[ConfigProblem]:
        """What loading refuses, file names alone."""
        with pytest.raises(ConfigError) as caught:
            self.loaded(environ)
        return [
            ConfigProblem(Path(problem.file).name, problem.line, problem.key, problem.message)
            for problem in caught.value.problems
        ]

    def told(self, environ: Mapping[str, str] | None = None) -> list[str]:
        """The same, as an operator reads it."""
        return [str(problem) for problem in self.problems(environ)]
