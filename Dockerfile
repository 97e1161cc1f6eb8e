# The connector alone: no simulators, no development packages. It runs as an ordinary user, and writes to /data only.
FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-fund --ignore-scripts
COPY tsconfig.json ./
COPY scripts/build.mjs scripts/
COPY servicenow-app/src servicenow-app/src
COPY src src
RUN npm run build && rm -rf dist/simulator dist/live-chat-app && npm prune --omit=dev --ignore-scripts --no-fund

FROM node:22-slim
ENV NODE_ENV=production DATABASE_URL=file:/data/connector.db
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
USER node
VOLUME /data
EXPOSE 3978
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=3s --start-period=10s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.ADMIN_PORT || process.env.PORT || 3978}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the first process: it gets SIGTERM, and lets deliveries settle.
CMD ["node", "dist/main.js"]
