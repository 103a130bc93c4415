import { describe, expect, it } from "vitest";
import { type TestServer, aServer } from "./support/start-server.ts";
import { inbound, webhook } from "./support/webhooks.ts";

const waits = async (server: TestServer, path = "/conference/wait"): Promise<string> =>
  (await webhook(server, path, inbound(server))).text();

describe("a greeting of one's own", () => {
  it("is the first thing that a waiting customer hears, once", async () => {
    const server = await aServer({ greeting: "Welcome to Fish & Chips." });
    expect(await waits(server)).toContain(
      '<Say language="en-US">Welcome to Fish &amp; Chips.</Say><Play loop="3">',
    );
    expect(await waits(server, "/conference/wait?round=1")).not.toContain("Welcome");
  });

  it("is spoken in the line's language", async () => {
    const server = await aServer({ greeting: "ようこそ。", language: "ja" });
    expect(await waits(server)).toContain('<Say language="ja-JP" voice="Polly.Mizuki">ようこそ。</Say>');
  });

  it("may be as long as Twilio's limit for speech", async () => {
    const server = await aServer({ greeting: "あ".repeat(4096) });
    expect(await waits(server)).toContain("あ".repeat(4096));
  });
});
