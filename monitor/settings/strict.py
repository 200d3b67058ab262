"""How every settings model behaves: unknown keys are errors, values never change afterwards."""

from pydantic import ConfigDict

STRICT = ConfigDict(
    extra="forbid",
    frozen=True,
    # Values may be secrets; only messages of our own are ever shown.
    hide_input_in_errors=True,
    # The line under a field is its description in the JSON Schema too.
    use_attribute_docstrings=True,
    validate_default=False,
    # What is part of another model is built with that one, and nothing before it is used.
    defer_build=True,
)
