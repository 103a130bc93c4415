import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NUMBER, type Reply, type Twilio, startTwilio } from "./support/twilio.ts";

let local: Twilio;
beforeAll(async () => {
  local = await startTwilio();
});
afterAll(() => local.close());

const FORM = { To: "client:agent1", From: NUMBER, Twiml: "<Response><Pause/></Response>" };

describe("a multipart form", () => {
  async function post(body: FormData | string, type?: string): Promise<{ status: number; code?: number }> {
    const { url, credentials } = local.emulator;
    const user = `${credentials.accountSid}:${credentials.authToken}`;
    const headers = {
      authorization: `Basic ${Buffer.from(user).toString("base64")}`,
      ...(type !== undefined && { "content-type": type }),
    };
    const response = await fetch(`${url}${local.base}/Calls.json`, { method: "POST", headers, body });
    const { code } = (await response.json()) as { code?: number };
    return { status: response.status, ...(code !== undefined && { code }) };
  }
  function formOf(fields: Record<string, string>): FormData {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    return form;
  }

  it("creates a call, with each of its events", async () => {
    const form = formOf({ ...FORM, To: "client:山田", StatusCallback: "http://127.0.0.1:9/" });
    for (const event of ["initiated", "ringing"]) form.append("StatusCallbackEvent", event);
    expect(await post(form)).toEqual({ status: 201 });
    const call = [...local.emulator.engine.world.calls.values()].at(-1);
    expect([call?.to, call?.statusCallback?.events]).toEqual([
      "client:山田",
      new Set(["initiated", "ringing"]),
    ]);
  });

  it("is refused when it cannot be read, or has a file", async () => {
    expect(await post("--x\r\nno form", "multipart/form-data; boundary=x")).toEqual({
      status: 400,
      code: 20001,
    });
    expect(await post("no boundary", "multipart/form-data")).toEqual({ status: 400, code: 20001 });
    const withFile = formOf(FORM);
    withFile.append("Url", new Blob(["x"]), "x.xml");
    expect(await post(withFile)).toEqual({ status: 400, code: 20001 });
  });
});

describe("a parameter that the emulator lacks", () => {
  const create = (form: Record<string, string>): Promise<Reply> =>
    local.ask("POST", "/Calls.json", { form: { ...FORM, ...form } });

  it.each([
    { Record: "false" },
    { Record: "False", RecordingChannels: "dual", RecordingStatusCallback: "http://127.0.0.1:9/" },
    { AsyncAmd: "false" },
    { MachineDetectionTimeout: "30", AsyncAmdStatusCallback: "http://127.0.0.1:9/" },
    { SendDigits: "", Byoc: "" },
  ])("is accepted when it asks for nothing: %o", async (form) => {
    expect((await create(form)).status).toBe(201);
  });

  it.each([{ CallToken: "x" }, { ClientNotificationUrl: "http://127.0.0.1:9/" }, { SendDigits: "12" }])(
    "is refused when it asks for something: %o",
    async (form) => {
      expect((await create(form)).status).toBe(501);
    },
  );

  it("is refused in a conference only when it asks for something", async () => {
    const join = (form: Record<string, string>): Promise<Reply> =>
      local.ask("POST", "/Conferences/room1/Participants.json", {
        form: { To: FORM.To, From: NUMBER, ...form },
      });
    expect((await join({ CallerDisplayName: "" })).status).toBe(201);
    expect((await join({ CallerDisplayName: "Alice" })).status).toBe(501);
  });
});
