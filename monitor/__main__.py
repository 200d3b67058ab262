"""`python -m monitor`, the same as `entity-monitor`."""

from monitor.cli.app import app


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
