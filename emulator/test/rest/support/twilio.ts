import { type IncomingMessage, request } from "node:http";
import { type ManualClock, manualClock } from "../../../src/clock.ts";
import type { Emulator } from "../../../src/emulator.ts";
import { startEmulator } from "../../../src/start-emulator.ts";
import type { EmulatorOptions } from "../../../src/types.ts";

export const NUMBER = "+15550001111";

/** A value of an answer: what JSON holds. */
export type Body = Record<string, unknown> & { code: number; message: string; sid: string };

export interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Body;
}

export interface Question {
  form?: Record<string, string | string[]>;
  /** In place of a form. */
  json?: unknown;
  /** User and password; null: none. Without it, the account and its token. */
  credentials?: [string, string] | null;
  host?: string;
}

/** An emulator and a plain HTTP client for its REST API. */
export interface Twilio {
  emulator: Emulator;
  clock: ManualClock;
  /** `/2010-04-01/Accounts/AC…` */
  base: string;
  /** @param path below the account, such as `/Calls.json`, or whole when it begins with `/2010` */
  ask(method: string, path: string, question?: Question): Promise<Reply>;
  close(): Promise<void>;
}

function bodyOf({ form, json }: Question): { type?: string; text: string } {
  if (json !== undefined) return { type: "application/json", text: JSON.stringify(json) };
  if (!form) return { text: "" };
  const fields = new URLSearchParams();
  for (const [name, values] of Object.entries(form))
    for (const value of [values].flat()) fields.append(name, value);
  return { type: "application/x-www-form-urlencoded", text: fields.toString() };
}

async function read(res: IncomingMessage): Promise<Reply> {
  let answer = "";
  for await (const chunk of res) answer += String(chunk);
  const isJson = res.headers["content-type"]?.startsWith("application/json") && answer !== "";
  const body = (isJson ? JSON.parse(answer) : { message: answer }) as Body;
  return { status: res.statusCode ?? 0, headers: res.headers, body };
}

function send(url: string, method: string, headers: Record<string, string>, text: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (res) => resolve(read(res)));
    sent.on("error", reject);
    sent.end(text);
  });
}

export async function startTwilio(options: EmulatorOptions = {}): Promise<Twilio> {
  const started: Emulator[] = [];
  const clock = manualClock(async () => started[0]?.settled());
  const emulator = await startEmulator({
    numbers: [{ phoneNumber: NUMBER }],
    clock,
    media: "none",
    ...options,
  });
  started.push(emulator);
  const { url, credentials } = emulator;
  const base = `/2010-04-01/Accounts/${credentials.accountSid}`;
  const account: [string, string] = [credentials.accountSid, credentials.authToken];
  return {
    emulator,
    clock,
    base,
    ask(method, path, question = {}) {
      const { credentials: user = account, host } = question;
      const { type, text } = bodyOf(question);
      const headers = {
        ...(user && { authorization: `Basic ${Buffer.from(user.join(":")).toString("base64")}` }),
        ...(type && { "content-type": type }),
        ...(host && { host }),
      };
      return send(`${url}${path.startsWith("/2010") ? path : base + path}`, method, headers, text);
    },
    close: () => emulator.close(),
  };
}
