import { readFileSync } from "node:fs";
import { type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "vite";
import { systemClock } from "../../../src/clock.ts";
import { sdkShim } from "../../../src/signalling/sdk-shim.ts";
import { type SignallingServer, createSignallingServer } from "../../../src/signalling/signalling-server.ts";
import { type Exchange, createExchange } from "../../signalling/exchange.ts";
import { issuers } from "../../signalling/signalling-stage.ts";
import { writeTone } from "../../../../test/browser/support/tone-file.ts";
import { workerFolder } from "../../../../test/support/temporary-folder.ts";

const PAGE = new URL("./sdk-page/", import.meta.url).pathname;
const TYPES: Record<string, string> = { html: "text/html", js: "text/javascript", wav: "audio/wav" };

/** A page with the SDK, and the emulator's signalling on another origin, as an agent's page has it. */
export interface SdkWorld {
  readonly exchange: Exchange;
  readonly server: SignallingServer;
  readonly pageUrl: string;
  close(): Promise<void>;
}

async function bundle(outDir: string): Promise<string> {
  await build({
    root: PAGE,
    configFile: false,
    logLevel: "error",
    build: { outDir, emptyOutDir: true, modulePreload: { polyfill: false } },
  });
  writeTone(440, join(outDir, "blip.wav"));
  return outDir;
}

/** The bundle's folder, built once for all files of this worker. */
let bundled: Promise<string> | undefined;

function send(res: ServerResponse, path: string, body: string | Buffer): void {
  const type = TYPES[path.split(".").at(-1) ?? ""] ?? "text/plain";
  res.writeHead(200, { "content-type": type }).end(body);
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** The page's own server: the bundle, with the shim's script before the SDK. */
function servePage(folder: string, shimUrl: string): ReturnType<typeof createServer> {
  return createServer((req, res) => {
    const path = req.url === "/" ? "/index.html" : (req.url ?? "/");
    const file = readFileSync(join(folder, path));
    const shim = `<script src="${shimUrl}"></script>`;
    return send(res, path, path.endsWith(".html") ? file.toString().replace("<link", `${shim}<link`) : file);
  });
}

async function closeAll(servers: readonly ReturnType<typeof createServer>[]): Promise<void> {
  for (const each of servers) {
    each.closeAllConnections();
    await new Promise((resolve) => each.close(resolve));
  }
}

/** Serves the page with the SDK on an origin of its own. @param shimUrl of the emulator */
export async function serveSdkPage(shimUrl: string): Promise<Pick<SdkWorld, "pageUrl" | "close">> {
  bundled ??= bundle(workerFolder());
  const page = servePage(await bundled, shimUrl);
  const pageUrl = `http://localhost:${await listen(page)}/`;
  return {
    pageUrl,
    close: () => closeAll([page]),
  };
}

export async function startSdkWorld(media: "webrtc" | "none" = "webrtc"): Promise<SdkWorld> {
  const exchange = createExchange();
  const server = createSignallingServer({ engine: exchange.engine, clock: systemClock, issuers, media });
  const emulator = createServer((_req, res) => send(res, "/shim.js", sdkShim));
  emulator.on("upgrade", (req, socket, head) => server.handleUpgrade(req, socket, head));
  const { pageUrl, close } = await serveSdkPage(
    `http://127.0.0.1:${await listen(emulator)}/voice-sdk-shim.js`,
  );
  return {
    exchange,
    server,
    pageUrl,
    async close() {
      await server.close();
      await closeAll([emulator]);
      await close();
    },
  };
}
