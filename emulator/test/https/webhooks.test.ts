import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { readFileSync } from "node:fs";
import { onTestFinished, expect, it } from "vitest";
import { openAuthority } from "../../src/https/authority.ts";
import { startEmulator } from "../../src/start-emulator.ts";
import { makeFolder } from "../../../test/support/temporary-folder.ts";

const NUMBER = "+15550100000";

/** An app behind TLS, signed by an authority of its own; `asked` counts its requests. */
async function secureApp() {
  const folder = makeFolder();
  const authority = await openAuthority(folder.path);
  const app = { asked: 0, voiceUrl: "", authority: readFileSync(authority.file, "utf8") };
  const server = createServer(await authority.issue(["localhost"]), (_request, response) => {
    app.asked += 1;
    response.writeHead(200, { "content-type": "text/xml" }).end("<Response><Say>Hello</Say></Response>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  app.voiceUrl = `https://localhost:${(server.address() as AddressInfo).port}/voice`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    folder.remove();
  });
  return app;
}

async function callTo(voiceUrl: string, webhookCa?: string): Promise<string[]> {
  const emulator = await startEmulator({
    media: "none",
    numbers: [{ phoneNumber: NUMBER, voiceUrl }],
    ...(webhookCa && { webhookCa }),
  });
  const warnings: string[] = [];
  emulator.engine.onEvent((event) => event.kind === "warning" && warnings.push(String(event.code)));
  await emulator.people.add("+15550111111").call(NUMBER);
  await emulator.settled();
  await emulator.close();
  return warnings;
}

it("an app behind TLS is asked, if the emulator trusts the authority that signed it, and not otherwise", async () => {
  const app = await secureApp();
  expect(await callTo(app.voiceUrl)).toEqual(["11220"]);
  expect(app.asked).toBe(0);
  expect(await callTo(app.voiceUrl, app.authority)).toEqual([]);
  expect(app.asked).toBe(1);
});
