import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ring } from "./exchange.ts";
import type { Client } from "./phone-line.ts";
import { type SignallingStage, browserSdp, startSignallingStage, tokenFor } from "./signalling-stage.ts";

const callsid = "CA00000000000000000000000000000001";

let stage: SignallingStage;
beforeEach(async () => void (stage = await startSignallingStage()));
afterEach(() => stage.close());

async function ringing(): Promise<{ client: Client; ring: Ring; reconnect: string }> {
  const client = await stage.registered("agent1");
  const [ring] = stage.exchange.ring("client:agent1");
  const { reconnect } = await client.next("invite");
  return { client, ring: ring!, reconnect: reconnect as string };
}

async function talking(): Promise<{ client: Client; ring: Ring; reconnect: string }> {
  const { client, ring } = await ringing();
  client.send("answer", { callsid, sdp: browserSdp("near") });
  const { reconnect } = await client.next("answer");
  await ring.until("answered");
  return { client, ring, reconnect: reconnect as string };
}

/** Drops the socket and waits until the server has seen it. */
async function drop(client: Client): Promise<void> {
  const before = stage.exchange.devices.size;
  client.drop();
  while (stage.exchange.devices.size === before) await new Promise((resolve) => setImmediate(resolve));
}

describe("a browser whose socket is lost in a call", () => {
  it("comes back with the same media", async () => {
    const { client, ring, reconnect } = await talking();
    await drop(client);
    await stage.clock.advance(29_000);
    const again = await stage.registered("agent1");
    again.send("invite", { callsid, reconnect, sdp: browserSdp("near"), twilio: {} });
    expect(await again.next("answer")).toMatchObject({ callsid, reconnect });
    await stage.clock.advance(60_000);
    expect(ring.reports).toEqual(["ringing", "answered"]);
    expect(ring.audio).toHaveLength(1);
    ring.line!.hangUp();
    await again.next("hangup");
  });

  it("counts as hung up after 30 s", async () => {
    const { client, ring, reconnect } = await talking();
    await drop(client);
    await stage.clock.advance(30_000);
    expect(ring.reports).toEqual(["ringing", "answered", "hung up"]);
    const again = await stage.registered("agent1");
    again.send("invite", { callsid, reconnect, sdp: browserSdp("near"), twilio: {} });
    expect((await again.next("hangup")).error?.code).toBe(31005);
  });

  it.each([5_000, 90_000])(
    "counts as hung up after %d ms, if a quirk says so",
    async (lostBrowserAfterMs) => {
      await stage.close();
      stage = await startSignallingStage("none", { lostBrowserAfterMs });
      const { client, ring } = await talking();
      await drop(client);
      await stage.clock.advance(lostBrowserAfterMs - 1);
      expect(ring.reports).toEqual(["ringing", "answered"]);
      await stage.clock.advance(1);
      expect(ring.reports).toEqual(["ringing", "answered", "hung up"]);
    },
  );

  it("is not confused with a page that does not know the call's secret", async () => {
    const { client, ring } = await talking();
    const thief = await stage.registered("agent2");
    thief.send("invite", { callsid, reconnect: "guessed", sdp: browserSdp("x"), twilio: {} });
    expect((await thief.next("hangup")).error?.code).toBe(31005);
    await client.heard();
    expect(ring.audio).toHaveLength(1);
  });

  it("keeps its call when the token is renewed on the same socket", async () => {
    const { client, ring, reconnect } = await talking();
    client.send("listen", { token: tokenFor("agent1") });
    await client.next("connected");
    client.send("invite", { callsid, reconnect, sdp: browserSdp("near"), twilio: {} });
    expect((await client.next("answer")).sdp).toContain("v=0");
    expect(ring.audio).toHaveLength(1);
    expect(client.untaken()).toEqual([]);
  });
});

describe("a page that takes a call over with a connect token", () => {
  it("brings its own media, and the page before it hangs up", async () => {
    const { client, ring, reconnect } = await talking();
    const other = await stage.registered("agent1");
    other.send("invite", { callsid, reconnect, sdp: browserSdp("other"), twilio: {} });
    expect((await other.next("answer")).sdp).toContain("v=0");
    expect((await client.next("hangup")).callsid).toBe(callsid);
    expect(ring.audio).toHaveLength(2);
    expect(ring.line!.audio).toBe(ring.audio[1]);
    other.send("hangup", { callsid });
    await ring.until("hung up");
  });

  it("answers a call that still rings", async () => {
    const { client, ring, reconnect } = await ringing();
    const other = await stage.client();
    other.send("listen", { token: tokenFor("agent1") });
    other.send("invite", { callsid, reconnect, sdp: browserSdp("other"), twilio: {} });
    await ring.until("answered");
    await client.next("cancel");
    expect((await other.next("answer")).callsid).toBe(callsid);
  });
});

describe("a browser whose socket is lost while it rings", () => {
  it("rings again when it comes back", async () => {
    const { client, ring } = await ringing();
    await drop(client);
    const again = await stage.registered("agent1");
    expect((await again.next("invite")).callsid).toBe(callsid);
    again.send("answer", { callsid, sdp: browserSdp("near") });
    await ring.until("answered");
  });

  it("does not make another device ring that registers again", async () => {
    const desk = await stage.registered("agent1");
    const home = await stage.registered("agent1");
    stage.exchange.ring("client:agent1");
    await Promise.all([desk.next("invite"), home.next("invite")]);
    await drop(home);
    desk.send("register", { media: { audio: true } });
    await desk.next("ready");
    await desk.heard();
    expect(desk.untaken()).toEqual([]);
  });

  it("is unreachable if it stays away", async () => {
    const { client, ring } = await ringing();
    await drop(client);
    await stage.clock.advance(30_000);
    expect(ring.reports).toEqual(["ringing", "unreachable"]);
  });
});

describe("an ICE restart", () => {
  it("is answered with new media", async () => {
    const { client, ring } = await talking();
    client.send("reinvite", { callsid, sdp: browserSdp("restarted") });
    expect((await client.next("answer")).sdp).toContain("v=0");
    expect(ring.audio).toHaveLength(2);
  });
});
