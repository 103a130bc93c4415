# Two images (docs/containers.md):
#   docker build --target emulator -t local-twilio:0.1.0 .
#   docker build --target server -t warm-transfer:0.1.0 .

FROM node:20-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
COPY emulator/package.json emulator/
RUN npm ci --no-audit --no-fund
COPY . .
RUN node scripts/build.mjs

FROM node:20-bookworm-slim AS emulator
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json ./
COPY emulator/package.json emulator/
RUN npm ci --omit=dev --workspace=emulator --no-audit --no-fund && npm cache clean --force
COPY --from=build /build/emulator/dist emulator/dist
USER node
EXPOSE 4010
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4010/inspector.json').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/emulator/dist/command/main.js", "--host", "0.0.0.0"]

FROM node:20-bookworm-slim AS server
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json ./
COPY emulator/package.json emulator/
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force && install -d -o node -g node /data
COPY --from=build /build/emulator/dist emulator/dist
COPY --from=build /build/dist dist
USER node
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/cli/index.js"]
CMD ["start", "--yes", "--json"]
