import { once } from "node:events";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { sentences } from "../../src/twilio/twiml/sentences.ts";
import { type TestServer, aServer } from "./support/start-server.ts";
import { CALL, inbound, sign, webhook } from "./support/webhooks.ts";

const CONNECT = "/conference/connect/client";
const FORM = "application/x-www-form-urlencoded";

/** Sends one webhook to a fresh server; resolves with the status and how many calls there are then. */
async function outcome(send: (server: TestServer) => Promise<Response>): Promise<[number, number]> {
  const server = await aServer();
  const { status } = await send(server);
  return [status, (await server.calls()).length];
}

describe("a webhook that Twilio did not sign for us is refused and changes nothing", () => {
  it.each<[string, (server: TestServer) => Promise<Response>]>([
    [
      "no signature",
      (s) => fetch(s.url + CONNECT, { method: "POST", body: new URLSearchParams(inbound(s)) }),
    ],
    ["an empty one", (s) => webhook(s, CONNECT, inbound(s), { headers: { "X-Twilio-Signature": "" } })],
    [
      "one that is no base64",
      (s) => webhook(s, CONNECT, inbound(s), { headers: { "X-Twilio-Signature": "§%&/" } }),
    ],
    [
      "one of 8 kB",
      (s) => webhook(s, CONNECT, inbound(s), { headers: { "X-Twilio-Signature": "A".repeat(8000) } }),
    ],
    [
      "the right one for another path",
      (s) => webhook(s, CONNECT, inbound(s), { signedPath: "/conference/wait" }),
    ],
    [
      "the right one without the query",
      (s) => webhook(s, `${CONNECT}?x=1`, inbound(s), { signedPath: CONNECT }),
    ],
    [
      "two of them, the second right",
      (s) => {
        const right = sign(s.config.authToken, s.url + CONNECT, inbound(s));
        return webhook(s, CONNECT, inbound(s), { headers: { "X-Twilio-Signature": `x, ${right}` } });
      },
    ],
    [
      "one made with another token",
      (s) => {
        const wrong = sign("another-token", s.url + CONNECT, inbound(s));
        return webhook(s, CONNECT, inbound(s), { headers: { "X-Twilio-Signature": wrong } });
      },
    ],
    [
      "a field more",
      (s) =>
        webhook(s, CONNECT, inbound(s), { body: `${new URLSearchParams(inbound(s)).toString()}&Extra=1` }),
    ],
    ["another account's SID", (s) => webhook(s, CONNECT, inbound(s, { AccountSid: `AC${"9".repeat(32)}` }))],
    [
      "no account",
      (s) => {
        const { AccountSid: _, ...rest } = inbound(s);
        return webhook(s, CONNECT, rest);
      },
    ],
    [
      "bad UTF-8",
      (s) => webhook(s, CONNECT, inbound(s), { body: Uint8Array.from([0x46, 0x3d, 0xff, 0xfe]) }),
    ],
    ["bad percent escapes", (s) => webhook(s, CONNECT, inbound(s), { body: "CallSid=%E0%A4%A&From=%zz" })],
  ])("%s", async (_name, send) => {
    expect(await outcome(send)).toEqual([403, 0]);
  });

  it("despite forged Host and forwarding headers", async () => {
    const forged = (s: TestServer) => {
      const params = inbound(s);
      const signature = sign(s.config.authToken, `https://evil.example.com${CONNECT}`, params);
      const headers = {
        "X-Twilio-Signature": signature,
        "X-Forwarded-Host": "evil.example.com",
        "X-Forwarded-Proto": "https",
      };
      return webhook(s, CONNECT, params, { headers });
    };
    expect(await outcome(forged)).toEqual([403, 0]);
  });
});

describe("a webhook of a wrong kind is refused and changes nothing", () => {
  const many = (server: TestServer): Record<string, string> =>
    Object.fromEntries([
      ...Object.entries(inbound(server)),
      ...Array.from({ length: 10_000 }, (_, i) => [`f${i}`, ""]),
    ]);

  it.each<[string, number, (server: TestServer) => Promise<Response>]>([
    ["without a type", 415, (s) => webhook(s, CONNECT, inbound(s), { headers: { "Content-Type": "" } })],
    [
      "as JSON",
      415,
      (s) => webhook(s, CONNECT, inbound(s), { headers: { "Content-Type": "application/json" }, body: "{}" }),
    ],
    [
      "as multipart",
      415,
      (s) =>
        webhook(s, CONNECT, inbound(s), { headers: { "Content-Type": "multipart/form-data; boundary=x" } }),
    ],
    [
      "compressed",
      415,
      (s) =>
        webhook(s, CONNECT, inbound(s), { headers: { "Content-Encoding": "gzip" }, body: gzipSync("a=1") }),
    ],
    ["with 1 MB", 413, (s) => webhook(s, CONNECT, inbound(s), { body: "x".repeat(1024 * 1024) })],
    [
      "with 1 MB of unknown length",
      413,
      (s) => webhook(s, CONNECT, inbound(s), { body: new Blob(["x".repeat(1024 * 1024)]).stream() }),
    ],
    ["with 10,000 fields", 413, (s) => webhook(s, CONNECT, many(s))],
    ["by GET", 405, (s) => fetch(s.url + CONNECT)],
  ])("%s: %d", async (_name, status, send) => {
    expect(await outcome(send)).toEqual([status, 0]);
  });
});

describe("a signed webhook with wrong values is refused and changes nothing", () => {
  it.each<[string, Record<string, string>]>([
    ["no CallSid", { CallSid: "" }],
    ["a CallSid that is none", { CallSid: "CA123" }],
    ["a prototype's name for a CallSid", { CallSid: "__proto__" }],
  ])("%s", async (_name, change) => {
    expect(await outcome((s) => webhook(s, CONNECT, inbound(s, change)))).toEqual([400, 0]);
  });

  it("the field CallSid twice", async () => {
    const name = "CallSid";
    const twice = (s: TestServer) => {
      const params = inbound(s);
      return webhook(s, CONNECT, params, {
        body: `${new URLSearchParams(params).toString()}&${name}=${encodeURIComponent(params[name] ?? "")}`,
      });
    };
    expect(await outcome(twice)).toEqual([400, 0]);
  });

  it("accepts brackets in field names", async () => {
    const change = { "a[b]": "1", "__proto__[polluted]": "1", __proto__x: "1" };
    expect(await outcome((s) => webhook(s, CONNECT, inbound(s, change)))).toEqual([200, 1]);
    expect("polluted" in {}).toBe(false);
  });

  it.each([
    ["a label of 129 characters", { ParticipantLabel: "x".repeat(129) }, 400],
    ["a label with XML", { ParticipantLabel: "<Hangup/>" }, 400],
    ["a ConferenceSid that is none", { ConferenceSid: "CF1" }, 400],
    ["another call's Call SID under the customer's label", { CallSid: `CA${"d".repeat(32)}` }, 204],
    ["a label that nobody has", { ParticipantLabel: "mallory-1" }, 204],
    ["SequenceNumber -1", { SequenceNumber: "-1", StatusCallbackEvent: "participant-mute" }, 204],
    ["SequenceNumber NaN", { SequenceNumber: "NaN", StatusCallbackEvent: "participant-mute" }, 204],
    ["a Timestamp that is none", { Timestamp: "Yesterday at noon" }, 400],
    ["no event", { StatusCallbackEvent: "" }, 400],
    ["an unknown event", { StatusCallbackEvent: "participant-levitate" }, 204],
    ["no FriendlyName", { FriendlyName: "" }, 400],
    ["another conference's name", { FriendlyName: "lobby" }, 400],
  ])("a conference's notice with %s", async (_name, change, status) => {
    const server = await aServer();
    await webhook(server, CONNECT, inbound(server));
    const before = await server.calls();
    const left = {
      FriendlyName: CALL,
      ConferenceSid: `CF${"e".repeat(32)}`,
      StatusCallbackEvent: "participant-leave",
      ParticipantLabel: "customer",
    };
    const params = inbound(server, { ...left, ...change });
    expect((await webhook(server, "/conference/events", params)).status).toBe(status);
    expect(await server.calls()).toEqual(before);
  });

  it.each(["levitating", "-1"])("an unknown call status: %s", async (CallStatus) => {
    const server = await aServer();
    await webhook(server, CONNECT, inbound(server));
    const before = await server.calls();
    expect((await webhook(server, "/call/events", inbound(server, { CallStatus }))).status).toBe(204);
    expect(await server.calls()).toEqual(before);
  });

  it("but a caller with a withheld number is accepted", async () => {
    for (const From of ["anonymous", "Restricted", "+266696687", ""])
      expect(await outcome((s) => webhook(s, CONNECT, inbound(s, { From })))).toEqual([200, 1]);
  });

  it("a notice with a wrong label", async () => {
    const server = await aServer();
    await webhook(server, CONNECT, inbound(server));
    const before = await server.calls();
    const params = inbound(server, { CallStatus: "completed" });
    const answer = await webhook(server, `/call/events?call=${CALL}&leg=%3CHangup%2F%3E`, params);
    expect(answer.status).toBe(400);
    expect(await server.calls()).toEqual(before);
  });
});

describe("the webhook server never", () => {
  it("answers Twilio with 429, however many requests come at once", async () => {
    const server = await aServer();
    const sends = Array.from({ length: 300 }, () => webhook(server, "/conference/wait", inbound(server)));
    const statuses = (await Promise.all(sends)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it("leaves a caller without a spoken message after an internal error", async () => {
    const clock = {
      now: () => {
        throw new Error("no clock for +15550111111");
      },
      date: () => 0,
      after: () => ({ cancel: () => undefined }),
    };
    const server = await aServer({}, { clock });
    const answer = await webhook(server, CONNECT, inbound(server));
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining(sentences.en.error)]);
    expect(server.errors.map(({ category }) => category)).toEqual(["internal"]);
  });

  it("treats an address with a host in it as a path", async () => {
    const server = await aServer();
    const { port, host } = new URL(server.url);
    const socket = connect(Number(port), "127.0.0.1");
    socket.write(`POST ${server.url}${CONNECT} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: ${FORM}\r\n`);
    socket.write("Content-Length: 0\r\nConnection: close\r\n\r\n");
    const [line] = (await once(socket, "data")) as [Buffer];
    expect(line.toString()).toMatch(/^HTTP\/1.1 4/);
    socket.destroy();
  });
});
