# The program alone, as an ordinary user: docker build -t plan . && docker run --rm -v "$PWD:/work" plan validate .
FROM python:3.13-slim AS build
COPY requirements/run.txt /source/requirements/run.txt
RUN python -m venv /opt/plan \
    && /opt/plan/bin/pip install --no-cache-dir --no-deps --require-hashes -r /source/requirements/run.txt
COPY . /source
RUN SOURCE_DATE_EPOCH=0 /opt/plan/bin/pip install --no-cache-dir --no-deps --no-build-isolation /source

FROM python:3.13-slim
LABEL org.opencontainers.image.title="plan" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin plan
COPY --from=build /opt/plan /opt/plan
ENV PATH=/opt/plan/bin:$PATH PYTHONDONTWRITEBYTECODE=1
USER 10001
WORKDIR /work
ENTRYPOINT ["plan"]
CMD ["--help"]
