import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { serviceWords } from "../../../src/cli/service/words.ts";
import { type ServiceStage, aServiceStage } from "./support/service-stage.ts";

/** The stage's Twilio, with another time in its `Date` headers. */
async function withTwilioAhead(stage: ServiceStage, aheadMs: number): Promise<void> {
  const forward = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const { method = "GET", url = "", headers } = request;
    const answer = await fetch(stage.twilio.url + url, {
      method,
      headers: headers as Record<string, string>,
      ...(body === "" ? {} : { body }),
    });
    response.writeHead(answer.status, {
      "content-type": answer.headers.get("content-type") ?? "",
      date: new Date(Date.now() + aheadMs).toUTCString(),
    });
    response.end(await answer.text());
  };
  const front = createServer((request, response) => {
    forward(request, response).catch((thrown: unknown) => response.destroy(thrown as Error));
  });
  await once(front.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    front.closeAllConnections();
    front.close();
  });
  stage.plan.config.twilioApiBaseUrl = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
}

describe("start, when this machine's clock is", () => {
  it.each([
    [600_000, "behind"],
    [-600_000, "ahead of"],
  ])("%d ms off, warns that it is %s", async (aheadMs, words) => {
    const stage = await aServiceStage();
    await withTwilioAhead(stage, aheadMs);
    const service = await stage.start();
    const warning = stage.events.find(({ event }) => event === "clock-skewed");
    expect(warning && serviceWords(warning)).toContain(`${words} Twilio's`);
    expect(stage.done().indexOf("clock-skewed")).toBeLessThan(stage.done().indexOf("number-pointed"));
    await service.close();
  });

  it("less than a minute off, does not warn", async () => {
    const stage = await aServiceStage();
    await withTwilioAhead(stage, 50_000);
    await (await stage.start()).close();
    expect(stage.done()).not.toContain("clock-skewed");
  });
});
