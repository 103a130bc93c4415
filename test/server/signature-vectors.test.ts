import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type IncomingMessage, createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "../../src/errors.ts";
import { isRefusal, readFields } from "../../src/twilio/webhooks/form.ts";
import { type VerifyWebhook, createVerifySignature } from "../../src/twilio/webhooks/form.ts";

interface FormVector {
  name: string;
  token: string;
  /** The token that the app has, where it is another one. */
  seenToken?: string;
  signature: string;
  seenUrl: string;
  seenParams: Record<string, string | string[]>;
  twilioNodeAccepts: boolean;
}
interface JsonVector {
  name: string;
  signedUrl: string;
  signature: string;
  body: string;
}

const file = new URL("../twilio/signature-vectors.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf8")) as (FormVector | JsonVector)[];
const forms = vectors.filter((vector): vector is FormVector => "seenUrl" in vector);
const jsons = vectors.filter((vector): vector is JsonVector => "body" in vector);

/** 204: signed. 403: not. Otherwise the body was not even read. */
let verify: VerifyWebhook;
const server = createServer((request, response) => {
  void readFields(request).then((fields) => {
    const signature = request.headers["x-twilio-signature"]?.toString();
    const status = isRefusal(fields)
      ? fields.status
      : verify({ path: request.url ?? "", signature, fields })
        ? 204
        : 403;
    return response.writeHead(status).end();
  });
});
beforeAll(() => once(server.listen(0, "127.0.0.1"), "listening"));
afterAll(() => void server.close());

/** Sends a request whose path goes over the wire as it is, without being normalised. */
async function send(path: string, signature: string, type: string, body: string): Promise<number> {
  const { port } = server.address() as AddressInfo;
  const headers = { "Content-Type": type, "X-Twilio-Signature": signature };
  const sent = httpRequest({ port, path, method: "POST", headers, agent: false });
  const answered = once(sent, "response") as Promise<[IncomingMessage]>;
  sent.end(body);
  const [answer] = await answered;
  answer.resume();
  return answer.statusCode ?? 0;
}

function encode(params: FormVector["seenParams"]): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(params))
    for (const one of [value].flat()) form.append(name, one);
  return form.toString();
}

describe("the golden signatures, over HTTP", () => {
  it.each(forms)("$name", async ({ token, seenToken, signature, seenUrl, seenParams, twilioNodeAccepts }) => {
    const { origin } = new URL(seenUrl);
    verify = createVerifySignature([seenToken ?? token], () => [origin]);
    const path = seenUrl.slice(origin.length);
    const status = await send(path, signature, "application/x-www-form-urlencoded", encode(seenParams));
    expect(status).toBe(twilioNodeAccepts ? 204 : 403);
  });

  it.each(jsons)("$name: Twilio sends us forms only", async ({ signedUrl, signature, body }) => {
    const path = signedUrl.slice(new URL(signedUrl).origin.length);
    expect(await send(path, signature, "application/json", body)).toBe(415);
  });

  it("has vectors of both kinds that are accepted and refused", () => {
    expect(new Set(forms.map(({ twilioNodeAccepts }) => twilioNodeAccepts))).toEqual(new Set([true, false]));
    expect(jsons.length).toBeGreaterThan(0);
  });

  it("cannot be checked without a token", () => {
    expect(() => createVerifySignature([""], () => ["https://example.com"])).toThrow(AppError);
  });
});
