# The `newsfold` command, without tools for development: docker build -t newsfold .
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN python -m venv /opt/newsfold \
    && /opt/newsfold/bin/pip install --disable-pip-version-check --no-cache-dir --constraint requirements.lock .

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /var/lib/newsfold newsfold \
    && install -d -o newsfold -g newsfold /var/lib/newsfold
COPY --from=build /opt/newsfold /opt/newsfold
ENV PATH=/opt/newsfold/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    NEWSFOLD_HOME=/var/lib/newsfold
USER 10001:10001
WORKDIR /var/lib/newsfold
VOLUME /var/lib/newsfold
HEALTHCHECK --interval=30s --timeout=20s --start-period=60s --retries=3 CMD ["newsfold", "doctor", "--check"]
ENTRYPOINT ["newsfold"]
CMD ["--help"]
