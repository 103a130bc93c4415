import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import { request } from "node:http";
import { Agent, request as secureRequest } from "node:https";
import { connect as connectTls } from "node:tls";
import { text } from "node:stream/consumers";
import type { Duplex } from "node:stream";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { Emulator } from "../../src/emulator.ts";
import { startEmulator } from "../../src/start-emulator.ts";
import { makeFolder } from "../../../test/support/temporary-folder.ts";

const NUMBER = "+15550100000";

let folder: ReturnType<typeof makeFolder>;
let emulator: Emulator;
let authority: string;

beforeAll(async () => {
  folder = makeFolder();
  emulator = await startEmulator({
    media: "none",
    numbers: [{ phoneNumber: NUMBER }],
    https: { folder: join(folder.path, "tls") },
  });
  authority = readFileSync(emulator.https!.authority, "utf8");
});
afterAll(async () => {
  await emulator?.close();
  folder?.remove();
});

/** `CONNECT` to the emulator as a proxy: the status, and the socket behind it. */
function tunnelTo(target: string): Promise<{ status: number | undefined; socket: Duplex }> {
  const { hostname, port } = new URL(emulator.url);
  return new Promise((resolve, reject) => {
    const asking = request({ hostname, port, method: "CONNECT", path: target });
    asking.on("connect", (response, socket) => resolve({ status: response.statusCode, socket }));
    asking.on("error", reject);
    asking.end();
  });
}

/** GET through the proxy, with a certificate that our authority has signed for this name. */
async function get(hostname: string, path: string): Promise<{ status: number | undefined; body: string }> {
  const { socket } = await tunnelTo(`${hostname}:443`);
  const { accountSid, authToken } = emulator.credentials;
  const agent = new Agent();
  Object.assign(agent, {
    createConnection: () => connectTls({ socket, servername: hostname, ca: [authority] }),
  });
  return new Promise((resolve, reject) => {
    const asking = secureRequest({ hostname, path, agent, auth: `${accountSid}:${authToken}` });
    asking.on("response", (response) => {
      text(response).then((body) => resolve({ status: response.statusCode, body }), reject);
    });
    asking.on("error", reject);
    asking.end();
  });
}

const numbersPath = (): string =>
  `/2010-04-01/Accounts/${emulator.credentials.accountSid}/IncomingPhoneNumbers.json`;

describe("an app that knows only Twilio's own address", () => {
  it("reaches the emulator through the proxy, under a certificate for that name", async () => {
    for (const host of ["api.twilio.com", "api.ashburn.us1.twilio.com"]) {
      const { status, body } = await get(host, numbersPath());
      expect([host, status, body.includes(NUMBER)]).toEqual([host, 200, true]);
    }
  });

  it("is led nowhere else", async () => {
    for (const target of [
      "example.com:443",
      "api.twilio.com:80",
      "twilio.com.example.com:443",
      "api.twilio.com",
    ]) {
      const { status, socket } = await tunnelTo(target);
      socket.destroy();
      expect([target, status]).toEqual([target, 403]);
    }
  });

  it("opens the browser SDK's signalling by TLS", async () => {
    const { port } = new URL(emulator.https!.url);
    const socket = new WebSocket(`wss://localhost:${port}/signal`, {
      ca: [authority],
      headers: { host: "voice-js.roaming.twilio.com" },
    });
    await once(socket, "open");
    socket.terminate();
  });

  it("written with Twilio's own package needs two variables and no other code", async () => {
    const { accountSid, authToken } = emulator.credentials;
    const code = `import twilio from "twilio";
      const numbers = await twilio("${accountSid}", "${authToken}").incomingPhoneNumbers.list();
      console.log(numbers.map(({ phoneNumber }) => phoneNumber).join());`;
    const env = { ...process.env, HTTP_PROXY: emulator.url, NODE_EXTRA_CA_CERTS: emulator.https!.authority };
    const app: ChildProcess = spawn(process.execPath, ["--input-type=module", "-e", code], { env });
    const [stdout, stderr] = await Promise.all([text(app.stdout!), text(app.stderr!)]);
    expect([stdout.trim(), stderr]).toEqual([NUMBER, ""]);
  });
});

describe("the certificate authority", () => {
  it("has a key that only its user can read", () => {
    const modes = ["authority.pem", "authority-key.pem"].map(
      (name) => statSync(join(folder.path, "tls", name)).mode & 0o777,
    );
    expect(modes).toEqual([0o600, 0o600]);
  });

  it("is kept: what an app trusts once, it trusts after the next start", async () => {
    const again = await startEmulator({ media: "none", https: { folder: join(folder.path, "tls") } });
    expect(readFileSync(again.https!.authority, "utf8")).toBe(authority);
    await again.close();
  });

  it("is not trusted by an app that was not told of it", async () => {
    const { socket } = await tunnelTo("api.twilio.com:443");
    const secure = connectTls({ socket, servername: "api.twilio.com" });
    const [error] = (await once(secure, "error")) as [NodeJS.ErrnoException];
    expect(error.code).toMatch(/UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED/);
  });
});

it("without --https there is no TLS, and no proxy", async () => {
  const plain = await startEmulator({ media: "none" });
  const { hostname, port } = new URL(plain.url);
  const asking = request({ hostname, port, method: "CONNECT", path: "api.twilio.com:443" });
  asking.end();
  await expect(once(asking, "connect")).rejects.toThrow(/hang up|ECONNRESET/);
  expect(plain.https).toBeNull();
  await plain.close();
});
