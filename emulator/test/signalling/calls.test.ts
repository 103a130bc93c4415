import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ring } from "./exchange.ts";
import type { Client } from "./phone-line.ts";
import { type SignallingStage, browserSdp, startSignallingStage } from "./signalling-stage.ts";

const callsid = "CA00000000000000000000000000000001";

let stage: SignallingStage;
beforeEach(async () => void (stage = await startSignallingStage()));
afterEach(() => stage.close());

/** agent1's browser, with a call open. */
async function talking(): Promise<{ client: Client; ring: Ring }> {
  const client = await stage.registered("agent1");
  const [ring] = stage.exchange.ring("client:agent1");
  await client.next("invite");
  client.send("answer", { callsid, sdp: browserSdp("near") });
  await ring!.until("answered");
  await client.next("answer");
  return { client, ring: ring! };
}

describe("a browser that rings", () => {
  it("gets the caller, an offer and the custom parameters, as the SDK decodes them", async () => {
    const client = await stage.registered("agent1");
    const [ring] = stage.exchange.ring("client:agent1", { parameters: { taskId: "T 1", name: "Zoë" } });
    const invite = await client.next("invite");
    expect(invite).toMatchObject({
      callsid,
      parameters: {
        CallSid: callsid,
        From: "+15550123",
        To: "client:agent1",
        ApiVersion: "2010-04-01",
        Params: "taskId=T%201&name=Zo%C3%AB",
      },
    });
    expect(invite.sdp).toContain("PCMU/8000");
    expect(ring!.reports).toEqual(["ringing"]);
  });

  it("answers", async () => {
    const { ring } = await talking();
    expect(ring.reports).toEqual(["ringing", "answered"]);
  });

  it("declines", async () => {
    const client = await stage.registered("agent1");
    const [ring] = stage.exchange.ring("client:agent1");
    await client.next("invite");
    client.send("reject", { callsid });
    await ring!.until("declined");
    await client.heard();
    expect(client.untaken()).toEqual([]);
  });

  it("stops ringing when the caller gives up, even before the offer is ready", async () => {
    const client = await stage.registered("agent1");
    const [early] = stage.exchange.ring("client:agent1");
    early!.ringing.cancel();
    const [late] = stage.exchange.ring("client:agent1", { callSid: "CA-late" });
    await late!.until("ringing");
    late!.ringing.cancel();
    expect((await client.next("cancel")).callsid).toBe(callsid);
    expect((await client.next("cancel")).callsid).toBe("CA-late");
    expect(early!.reports).toEqual([]);
    expect((await client.next("invite")).callsid).toBe("CA-late");
  });

  it("gets an error if it answers a call that has ended", async () => {
    const client = await stage.registered("agent1");
    const [ring] = stage.exchange.ring("client:agent1");
    await client.next("invite");
    ring!.ringing.cancel();
    client.send("answer", { callsid, sdp: browserSdp("near") });
    expect((await client.next("hangup")).callsid).toBe(callsid);
    expect(ring!.reports).toEqual(["ringing"]);
  });
});

describe("two browsers of one agent", () => {
  it("both ring, and each reports for itself", async () => {
    const [desk, home] = [await stage.registered("agent1"), await stage.registered("agent1")];
    const rings = stage.exchange.ring("client:agent1");
    expect(rings).toHaveLength(2);
    await Promise.all([desk.next("invite"), home.next("invite")]);
    home.send("answer", { callsid, sdp: browserSdp("home") });
    await rings[1]!.until("answered");
    rings[0]!.ringing.cancel();
    await desk.next("cancel");
    expect(rings[0]!.reports).toEqual(["ringing"]);
    await home.heard();
    expect(home.untaken()).toEqual(["answer"]);
  });
});

describe("a call in a browser", () => {
  it("ends when the browser hangs up, without an echo", async () => {
    const { client, ring } = await talking();
    client.send("hangup", { callsid, message: "bye" });
    await ring.until("hung up");
    await client.heard();
    expect(client.untaken()).toEqual([]);
  });

  it("ends when the engine hangs up, with the reason", async () => {
    const { client, ring } = await talking();
    ring.line!.hangUp({ code: 31486, message: "Busy" });
    ring.line!.hangUp();
    expect((await client.next("hangup")).error?.code).toBe(31486);
    await client.heard();
    expect(client.untaken()).toEqual([]);
    expect(ring.reports).not.toContain("hung up");
  });

  it("passes digits on", async () => {
    const { client, ring } = await talking();
    client.send("dtmf", { callsid, dtmf: "12#" });
    await client.heard();
    expect(ring.digits).toEqual(["12#"]);
  });

  it("accepts the app's messages, and refuses those for an unknown call", async () => {
    const { client } = await talking();
    client.send("message", { callsid, voiceeventsid: "KX1", content: { a: 1 } });
    expect(await client.next("ack")).toEqual({ acktype: "message", callsid, voiceeventsid: "KX1" });
    const taken = { callSid: callsid, sid: "KX1", contentType: "application/json", content: { a: 1 } };
    expect(stage.exchange.messages).toEqual([taken]);
    expect(stage.server.trace.map(({ payload }) => payload)).toContainEqual(
      expect.objectContaining({ voiceEventSid: "KX1", content: "(7 characters)" }),
    );
    client.send("message", { callsid: "CA-other", voiceeventsid: "KX2" });
    expect(await client.next("error")).toMatchObject({ voiceeventsid: "KX2", error: { code: 31211 } });
  });

  it.each(["a-type-of-ours", 5, null])("refuses a message of the type %j", async (messagetype) => {
    const { client } = await talking();
    client.send("message", { callsid, voiceeventsid: "KX3", messagetype, content: {} });
    const to = { callsid, voiceeventsid: "KX3" };
    expect(await client.next("error")).toMatchObject({ ...to, error: { code: 31210 } });
    client.send("message", { ...to, messagetype: "user-defined-message", content: {} });
    expect(await client.next("ack")).toEqual({ acktype: "message", ...to });
  });

  it("cannot be ended by another browser", async () => {
    const { ring } = await talking();
    const stranger = await stage.registered("agent2");
    stranger.send("hangup", { callsid });
    stranger.send("hangup", {});
    await stranger.heard();
    expect(ring.reports).not.toContain("hung up");
  });
});

describe("the signalling server", () => {
  it("refuses a browser's outgoing call if the token does not grant it", async () => {
    const client = await stage.registered("agent1");
    client.send("invite", { callsid: "TJSabc", sdp: browserSdp("a"), twilio: {} });
    expect((await client.next("hangup")).error?.code).toBe(31201);
  });

  it.each(["{", "[]", '"text"', '{"type":"toString"}', '{"type":"answer","payload":{}}'])(
    "says that it did not understand %s, and goes on",
    async (frame) => {
      const client = await stage.registered("agent1");
      client.sendRaw(frame);
      expect((await client.next("error")).error?.code).toBe(31100);
      await client.heard();
    },
  );
});
