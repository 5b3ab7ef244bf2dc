# One image for the server, the workers and the vector index. Nothing is downloaded when it runs: the weights are inside.
FROM python:3.11-slim
RUN useradd --create-home --uid 10001 claimdesk && mkdir /data && chown claimdesk /data
WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY service ./service
RUN pip install --no-cache-dir --no-deps --no-build-isolation .
USER claimdesk
ENV CLAIMDESK_DATA_DIR=/data
VOLUME /data
EXPOSE 8765
ENTRYPOINT ["claimdesk"]
CMD ["serve"]
