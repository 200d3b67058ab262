"""`python -m monitor`, the same as `entity-monitor`."""

from monitor.cli.startup import loading


def main() -> None:
    """Run the command line."""
    with loading():
        from monitor.cli.app import app
    app()


if __name__ == "__main__":
    main()
