import { describe, expect, it } from "vitest";
import { sentences } from "../../src/twilio/twiml/sentences.ts";
import { type TestServer, aServer } from "./support/start-server.ts";
import { CALL, inbound, webhook } from "./support/webhooks.ts";

const CONNECT = "/conference/connect/client";

async function answerOf(response: Promise<Response>) {
  const answer = await response;
  return { status: answer.status, type: answer.headers.get("content-type"), body: await answer.text() };
}

/** A server whose call has rung agent1, as far as a Twilio that cannot be reached allows. */
async function withCall(): Promise<TestServer> {
  const server = await aServer();
  await webhook(server, CONNECT, inbound(server));
  return server;
}

describe("a customer's call", () => {
  it.each([CONNECT, `${CONNECT}/`, "/Conference/ConnectClient"])(
    "enters a conference of its own: %s",
    async (path) => {
      const server = await aServer();
      const answer = await answerOf(webhook(server, path, inbound(server)));
      expect(answer).toMatchObject({ status: 200, type: "text/xml" });
      expect(answer.body).toContain(`<Dial action="${server.url}/conference/${CALL}/left/customer#rc=`);
      expect(answer.body).toContain(`>${CALL}</Conference>`);
      expect((await server.calls()).map(({ id, state }) => [id, state])).toEqual([[CALL, "waiting"]]);
    },
  );

  it("is one call, however often Twilio sends the webhook", async () => {
    const server = await aServer();
    const first = await answerOf(webhook(server, CONNECT, inbound(server)));
    const second = await answerOf(webhook(server, CONNECT, inbound(server)));
    expect(second).toEqual(first);
    expect(await server.calls()).toHaveLength(1);
  });

  it("puts no text from the caller into the document", async () => {
    const server = await aServer();
    const hostile = inbound(server, { CallerName: "<Hangup/>", From: "</Say><Hangup/>" });
    const answer = await answerOf(webhook(server, CONNECT, hostile));
    expect(answer.body).not.toContain("Hangup");
  });
});

describe("a caller or agent on the line", () => {
  it.each(["/conference/wait", "/Conference/Wait", "/conference/wait/"])(
    "hears the greeting and music: %s",
    async (path) => {
      const server = await aServer();
      const { body } = await answerOf(webhook(server, path, inbound(server)));
      expect(body).toContain(sentences.en.greeting);
      expect(body).toContain(`<Play loop="3">${server.url}/sounds/waiting.wav</Play>`);
    },
  );

  it.each([
    [`/conference/${CALL}/connect/agent1-1`],
    [`/conference/${CALL}/connect/agent1`],
    [`/Conference/ConnectAgent1?conferenceId=${CALL}`],
    [`/Conference/ConnectAgent2?conferenceId=${CALL}`],
    ["/conference/nonsense/connect/x"],
  ])("hears that the call is over if that call has no such leg: %s", async (path) => {
    const server = await withCall();
    const { status, body } = await answerOf(webhook(server, path, inbound(server)));
    expect([status, body.includes(sentences.en.callIsOver), body.includes("Conference")]).toEqual([
      200,
      true,
      false,
    ]);
  });

  it("hears an apology if no agent answered", async () => {
    const server = await withCall();
    const { body } = await answerOf(webhook(server, `/conference/${CALL}/left/customer`, inbound(server)));
    expect(body).toContain(sentences.en.nobodyAnswered);
    expect(body).toContain("<Hangup/>");
  });

  it("hears an apology when an earlier webhook has failed", async () => {
    const server = await aServer();
    expect((await answerOf(webhook(server, "/fallback", inbound(server)))).body).toContain(
      sentences.en.error,
    );
  });

  it("hears the music as a WAV file of the server's own", async () => {
    const server = await aServer();
    const answer = await fetch(`${server.url}/sounds/waiting.wav`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.headers.get("content-type")).toBe("audio/wav");
    expect(bytes.toString("latin1", 0, 4)).toBe("RIFF");
    expect(bytes.readUInt32LE(24)).toBe(8000);
    expect(bytes.length).toBe(44 + 16 * 8000 * 2);
  });
});

describe("a callback", () => {
  it("that the customer has hung up ends the call, with 204", async () => {
    const server = await withCall();
    const params = inbound(server, { CallStatus: "completed" });
    expect(await answerOf(webhook(server, "/call/events", params))).toMatchObject({ status: 204, body: "" });
    expect(await server.calls()).toEqual([]);
  });

  it.each(["/conference/events", "/Conference/Events", "/conference/events/"])(
    "of an unknown kind changes nothing: %s",
    async (path) => {
      const server = await withCall();
      const before = await server.calls();
      const params = { ...inbound(server), FriendlyName: CALL, StatusCallbackEvent: "something-new" };
      expect((await webhook(server, path, params)).status).toBe(204);
      expect(await server.calls()).toEqual(before);
    },
  );

  it("of an unknown call changes nothing", async () => {
    const server = await aServer();
    const params = inbound(server, { CallStatus: "completed" });
    expect((await webhook(server, "/call/events", params)).status).toBe(204);
    expect(await server.calls()).toEqual([]);
  });
});
