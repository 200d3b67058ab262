"""The floor of serving: one route of the same framework, with the same bytes, and nothing more.

`python -m benchmarks.bare FILE PORT` serves the file at `/` with the settings of the service.
"""

import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Response


def create_app(content: bytes, media: str) -> FastAPI:
    """One route."""
    app = FastAPI(docs_url=None, redoc_url=None)

    @app.get("/")
    async def bare() -> Response:
        return Response(content, media_type=media)

    return app


if __name__ == "__main__":
    file, port = Path(sys.argv[1]), int(sys.argv[2])
    uvicorn.run(
        create_app(file.read_bytes(), "application/json"),
        host="127.0.0.1",
        port=port,
        log_config=None,
        server_header=False,
    )
