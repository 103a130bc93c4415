import { describe, expect, it } from "vitest";
import { openTunnel } from "../../src/compose/tunnel.ts";

const open = (url: string) => openTunnel({ kind: "given", url }, 3000, { env: {} });

describe("a public URL of one's own", () => {
  it.each(["https://calls.example.com", "http://127.0.0.1:3000", "http://localhost:3000"])(
    "%s is used unchanged",
    async (url) => {
      const tunnel = await open(url);
      expect(tunnel.url).toBe(url);
      await tunnel.close();
    },
  );

  it.each([
    "calls.example.com",
    "http://calls.example.com",
    "ftp://127.0.0.1",
    "https://my_calls.example.com",
    "https://ann:secret@calls.example.com",
    "https://calls.example.com/voice",
    "https://calls.example.com/",
    "https://calls.example.com?a=1",
  ])("%s is refused", async (url) => {
    const error: unknown = await open(url).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ category: "config", hint: expect.stringMatching(/.+/) });
    expect(String(error)).not.toContain("secret");
  });
});
