import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { readFileSync } from "node:fs";
import { expect, it, onTestFinished } from "vitest";
import { WebSocketServer } from "ws";
import { makeFolder } from "../../../test/support/temporary-folder.ts";
import { openAuthority } from "../../src/https/authority.ts";
import { startEmulatorStage } from "../support/emulator-stage.ts";

/** An app that takes WebSockets behind TLS, signed by an authority of its own. */
async function secureApp() {
  const folder = makeFolder();
  const authority = await openAuthority(folder.path);
  const server = createServer(await authority.issue(["localhost"]));
  const sockets = new WebSocketServer({ server });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const ws of sockets.clients) ws.terminate();
    server.close();
    folder.remove();
  });
  const url = `wss://localhost:${(server.address() as AddressInfo).port}/talk`;
  return { url, sockets, authority: readFileSync(authority.file, "utf8") };
}

it("an app's secure WebSocket is opened if the emulator trusts the authority that signed it, and not otherwise", async () => {
  const { url, sockets, authority } = await secureApp();
  const codes = async (options: { webhookCa?: string }): Promise<number[]> => {
    const { app, rings, warnings } = await startEmulatorStage(options);
    app.on("/voice", `<Connect><Stream url="${url}"/></Connect><Pause/>`);
    await rings();
    return warnings().map(({ code }) => code);
  };
  expect([await codes({}), sockets.clients.size]).toEqual([[31910], 0]);
  expect([await codes({ webhookCa: authority }), sockets.clients.size]).toEqual([[], 1]);
});
