# Two stages: what builds stays behind. Wheels only, each held to its hash, so no compiler is needed
# and any platform with wheels (amd64, arm64) will do.
FROM python:3.13-slim AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /build

RUN python -m venv --without-pip /opt/entity-monitor
COPY requirements.lock requirements-build.lock ./
RUN python -m pip --python /opt/entity-monitor/bin/python install \
      --only-binary :all: --require-hashes -r requirements.lock \
 && python -m pip install --only-binary :all: --require-hashes -r requirements-build.lock

COPY pyproject.toml README.md LICENSE ./
COPY monitor monitor
RUN python -m pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
 && python -m pip --python /opt/entity-monitor/bin/python install --no-deps --no-index dist/*.whl \
 && python -m compileall -q /opt/entity-monitor/lib


FROM python:3.13-slim

LABEL org.opencontainers.image.title="Entity List monitor" \
      org.opencontainers.image.licenses="Apache-2.0"

RUN groupadd --system --gid 10001 monitor \
 && useradd --system --uid 10001 --gid 10001 --home-dir /data --no-create-home \
      --shell /usr/sbin/nologin monitor \
 && install --directory --owner=10001 --group=10001 --mode=0750 /data

COPY --from=build /opt/entity-monitor /opt/entity-monitor
# Mount your own folder over it.
COPY config /etc/entity-monitor

# The root file system may be read-only: all that is written goes to /data.
ENV PATH=/opt/entity-monitor/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/data \
    TMPDIR=/data \
    MONITOR_CONFIG_DIR=/etc/entity-monitor \
    MONITOR_DATA_DIR=/data \
    MONITOR_HOST=0.0.0.0 \
    MONITOR_LOG_FORMAT=json

USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM

# No shell and no curl needed; whether it looks well is /health's and the operator's business.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import http.client, os; host = (os.environ.get('MONITOR_HOST') or '127.0.0.1').strip('[]'); c = http.client.HTTPConnection({'0.0.0.0': '127.0.0.1', '::': '::1'}.get(host, host), int(os.environ.get('MONITOR_PORT') or 8000), timeout=4); c.request('GET', '/livez'); raise SystemExit(c.getresponse().status != 200)"]

ENTRYPOINT ["entity-monitor"]
CMD ["serve"]
