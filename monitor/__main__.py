"""`python -m monitor`, the same as `entity-monitor`."""

from monitor.cli.startup import free_large_blocks_at_once, loading, without_httpx_command


def main() -> None:
    """Run the command line."""
    free_large_blocks_at_once()
    without_httpx_command()
    with loading():
        from monitor.cli.app import app
    app()


if __name__ == "__main__":
    main()
