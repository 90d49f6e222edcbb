# One image for the PBX and the service: both need Debian's Asterisk packages (the service encodes recordings
# with opusenc), and both run this project's own scripts.
FROM node:24 AS node

FROM debian:forky
RUN apt-get update \
 && apt-get install --yes --no-install-recommends \
      asterisk asterisk-core-sounds-en-gsm asterisk-moh-opsound-wav espeak-ng opus-tools sox \
 && rm -rf /var/lib/apt/lists/*
COPY --from=node /usr/local/bin /usr/local/bin
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules

WORKDIR /hotline
COPY package.json package-lock.json ./
RUN npm ci
COPY asterisk-config asterisk-config
COPY scripts scripts
COPY src src
COPY tsconfig.json ./

ENV HOTLINE_CACHE_DIR=/cache HOTLINE_DATA_DIR=/data NODE_COMPILE_CACHE=/data/compiled
RUN node scripts/prepare.ts \
 && mkdir --parents /data \
 && chown 65534:65534 /data
# nobody: neither the PBX nor the service needs to be anyone.
USER 65534:65534
VOLUME /data
CMD ["node", "src/main.ts"]
