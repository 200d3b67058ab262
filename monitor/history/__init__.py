"""The past: dated versions of the codified list, and what the Register printed since 2017."""
