import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Clock, manualClock } from "local-twilio";
import { type Tunnel, openTunnel } from "../../src/compose/tunnel.ts";
import { type NgrokService, ngrokService } from "./support/ngrok-service.ts";

const TOKEN = "2tEsTtOkEn_neverShown";

async function aServer(): Promise<number> {
  const server = createServer((request, response) => response.end(`hello from ${request.url}`));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function open(
  { options }: NgrokService,
  change: { port?: number; domain?: string; clock?: Clock } = {},
): Promise<Tunnel> {
  const { port = 4321, domain, clock } = change;
  const tunnel = await openTunnel({ kind: "ngrok", authtoken: TOKEN, domain, ...options }, port, {
    env: process.env,
    ...(clock ? { clock } : {}),
  });
  onTestFinished(() => tunnel.close());
  return tunnel;
}

/** What the tunnel tells, as it comes. */
function listenTo(tunnel: Tunnel): string[] {
  const reports: string[] = [];
  tunnel.onTrouble((error) => reports.push(error.message));
  tunnel.onChange((url) => reports.push(url));
  return reports;
}

describe("the real SDK of ngrok, with a service on this machine", () => {
  it("has the service's URL, which leads to the port", async () => {
    const service = await ngrokService();
    const tunnel = await open(service, { port: await aServer() });
    expect([tunnel.url, service.domains]).toEqual(["https://one.ngrok.app", [""]]);
    expect(await service.get("/here")).toContain("hello from /here");
    await service.get("/again");
  });

  it("requests the configured domain", async () => {
    const service = await ngrokService("https://calls.example.com");
    await open(service, { domain: "calls.example.com" });
    expect(service.domains).toEqual(["calls.example.com"]);
  });

  it("reports a refused authtoken without the authtoken, which ngrok repeats", async () => {
    const service = await ngrokService();
    service.answers.refuseSession = `The authtoken is invalid.\nYour authtoken: ${TOKEN}\n\nERR_NGROK_107\n`;
    const error: unknown = await open(service).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ category: "auth", message: expect.stringContaining("ERR_NGROK_107") });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(TOKEN);
  });

  it.each([
    ["The endpoint is already online.\n\nERR_NGROK_334\n", "conflict", "already uses"],
    ["This domain is reserved for another account.\n\nERR_NGROK_320\n", "config", "domain"],
  ])("reports why there is no endpoint: %j", async (refusal, category, words) => {
    const service = await ngrokService();
    service.answers.refuseEndpoint = refusal;
    await expect(open(service)).rejects.toMatchObject({ category, message: expect.stringContaining(words) });
  });

  it("restores a lost connection, and keeps the URL", async () => {
    const service = await ngrokService();
    const tunnel = await open(service, { port: await aServer() });
    const reports = listenTo(tunnel);
    service.drop();
    // Under load the SDK may try more than once.
    await expect.poll(() => service.domains.length).toBeGreaterThan(1);
    await expect.poll(() => service.get("/").catch(String)).toContain("hello");
    await expect.poll(() => reports).toEqual([expect.stringContaining("lost its connection to ngrok")]);
    expect(tunnel.url).toBe("https://one.ngrok.app");
  });

  it("reports why a connection is permanently refused, and opens another URL later", async () => {
    const service = await ngrokService();
    const clock = manualClock();
    const tunnel = await open(service, { clock });
    const reports = listenTo(tunnel);
    const hears = (words: string) => expect.poll(() => reports.at(-1)).toContain(words);

    service.answers.refuseEndpoint = "The endpoint is already online.\n\nERR_NGROK_334\n";
    service.drop();
    await hears("lost its connection");
    await clock.advance(30_000);
    await hears("closed");
    await clock.advance(500);
    await hears("already uses");
    service.answers.refuseEndpoint = undefined;
    service.answers.url = "https://two.ngrok.app";
    await clock.advance(1_000);
    await hears("https://two.ngrok.app");
    expect(reports).toHaveLength(4);
  });
});
