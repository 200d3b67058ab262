"""A pytest plugin: one module is loaded from another file, named by the environment.

Only a meta path finder sees every import of the module, whichever way the tests come by it.
"""

import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from types import ModuleType

MODULE, FILE = "INSTEAD_OF", "INSTEAD"


class _Instead(MetaPathFinder):
    def __init__(self, module: str, file: str) -> None:
        if module in sys.modules:
            raise ImportError(f"{module} is loaded already")
        self._module, self._file = module, file

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self._module:
            return None
        return spec_from_file_location(fullname, self._file)


if MODULE in os.environ:
    sys.meta_path.insert(0, _Instead(os.environ[MODULE], os.environ[FILE]))
