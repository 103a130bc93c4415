import { request } from "node:http";
import type { Snapshot } from "../../src/inspector/snapshot.ts";
import type { EmulatorOptions } from "../../src/types.ts";
import { CUSTOMER, type EmulatorStage, NUMBER, startEmulatorStage } from "../support/emulator-stage.ts";

export const AGENT = "client:agent1";
export const STRANGER = "+15550122222";

export interface InspectedCall extends EmulatorStage {
  /** The customer's Call SID, whose call has an agent's leg. */
  readonly call: string;
  /** Another customer's, who talks to nobody. */
  readonly other: string;
  see: (path: string) => Promise<string>;
  json: () => Promise<Snapshot>;
  /** The app asks REST. */
  ask: (method: string, path: string, form?: Record<string, string>) => Promise<number>;
}

/** A customer in a conference, an agent whom the app has dialled into it by REST, and another customer. */
export async function inspectedCall(options: EmulatorOptions = {}): Promise<InspectedCall> {
  const stage = await startEmulatorStage(options);
  const { emulator, app, rings } = stage;
  const conference = `<Dial><Conference statusCallback="${app.url}/events" statusCallbackEvent="join leave">room</Conference></Dial>`;
  app.on("/voice", ({ params }) => (params.From === CUSTOMER ? conference : "<Say>Goodbye.</Say>"));
  app.on("/agent", "<Dial><Conference>room</Conference></Dial>");
  emulator.people.add(AGENT, { habit: { kind: "answers", afterMs: 0 } });
  const { accountSid, authToken } = emulator.credentials;
  const ask = async (method: string, path: string, form?: Record<string, string>): Promise<number> => {
    const reply = await fetch(`${emulator.url}/2010-04-01/Accounts/${accountSid}${path}`, {
      method,
      headers: { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
      ...(form && { body: new URLSearchParams(form) }),
    });
    await reply.text();
    await emulator.settled();
    return reply.status;
  };
  await rings();
  const [call = ""] = emulator.engine.world.calls.keys();
  await ask("POST", "/Calls.json", {
    From: NUMBER,
    To: AGENT,
    Url: `${app.url}/agent?of=${call}`,
    StatusCallback: `${app.url}/calls?of=${call}`,
  });
  await stage.clock.advance(0);
  await rings(STRANGER);
  await stage.clock.advance(10_000);
  const other = [...emulator.engine.world.calls.values()].find(({ from }) => from === STRANGER)?.sid ?? "";
  const see = async (path: string): Promise<string> => (await fetch(emulator.url + path)).text();
  return { ...stage, call, other, ask, see, json: async () => JSON.parse(await see("/inspector.json")) };
}

/** A POST with the headers that a page sends, which `fetch` does not let a program set. */
export function post(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", headers }, (res) => {
      let body = "";
      res.on("data", (chunk) => (body += String(chunk)));
      res.on("end", () => resolve({ status: res.statusCode ?? 0, body }));
    });
    sent.on("error", reject);
    sent.end();
  });
}
