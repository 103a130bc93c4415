import { type RequestListener, createServer } from "node:http";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import type { AppError } from "../../src/errors.ts";
import { type WebhookOptions, createWebhookListener } from "../../src/server/webhooks/webhooks.ts";

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

async function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** A listener that fails before a request has come to its route. */
async function broken(): Promise<{ port: number; errors: AppError[]; ended: () => Promise<void> }> {
  const errors: AppError[] = [];
  const fail = (): never => {
    throw new Error("signatures cannot be checked");
  };
  const options = {
    verify: fail,
    onError: (error: AppError) => void errors.push(error),
    onWebhook: () => {},
    signatures: { accepted: () => {}, refused: () => {}, suspicion: () => null },
  };
  const webhooks = createWebhookListener(options as unknown as WebhookOptions, () => {});
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const port = await listen((request, response) => {
    response.once("close", () => setImmediate(end));
    webhooks(request, response);
  });
  return { port, errors, ended: () => ended };
}

it("the server logs errors that occur before a webhook reaches its route", async () => {
  const { port, errors } = await broken();
  const body = new URLSearchParams({ CallSid: "CA1" });
  await expect(fetch(`http://127.0.0.1:${port}/conference/wait`, { method: "POST", body })).rejects.toThrow();
  expect(errors).toMatchObject([{ message: "signatures cannot be checked" }]);
});

it("the server logs no error for a webhook whose client disconnects", async () => {
  const { port, errors, ended } = await broken();
  const socket = connect(port, "127.0.0.1", () => {
    socket.write("POST /conference/wait HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n");
    socket.write("Content-Type: application/x-www-form-urlencoded\r\n\r\nab", () => socket.destroy());
  });
  await ended();
  expect(errors).toEqual([]);
});
