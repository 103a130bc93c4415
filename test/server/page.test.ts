import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { aServer } from "./support/start-server.ts";
import { suiteFolder } from "../support/temporary-folder.ts";

const LOCAL = "http://127.0.0.1:9";
const pagesDir = suiteFolder();

beforeAll(async () => {
  await writeFile(join(pagesDir, "index.html"), "<head><!-- voice-sdk-shim --><title>Agent</title></head>");
  await writeFile(join(pagesDir, "main.js"), "// page\n");
  await writeFile(join(pagesDir, ".secret"), "x");
});

describe("the agent page", () => {
  it("loads the local Twilio's script before all others", async () => {
    const server = await aServer({ twilioApiBaseUrl: LOCAL }, { pagesDir });
    const answer = await fetch(`${server.url}/?agent=agent1`);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await answer.text()).toBe(
      `<head><meta name="local-twilio" content="${LOCAL}" /><script src="${LOCAL}/voice-sdk-shim.js"></script>` +
        "<title>Agent</title></head>",
    );
  });

  it("has no such script with the real Twilio", async () => {
    const server = await aServer({ twilioApiBaseUrl: null }, { pagesDir });
    expect(await (await fetch(server.url)).text()).toBe("<head><title>Agent</title></head>");
  });

  it("comes with its files and no others", async () => {
    const server = await aServer({}, { pagesDir });
    const statusOf = async (path: string) => (await fetch(server.url + path)).status;
    expect(await statusOf("/main.js")).toBe(200);
    expect(await statusOf("/.secret")).toBe(404);
    expect(await statusOf("/..%2f..%2fetc%2fpasswd")).toBe(404);
    expect(await statusOf("/%zz")).toBe(404);
    expect(await statusOf("/nothing.js")).toBe(404);
  });

  it("names the build command when it was not built", async () => {
    const server = await aServer({}, { pagesDir: join(pagesDir, "nowhere") });
    const answer = await fetch(server.url);
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining("npm run build")]);
  });
});

describe("security headers", () => {
  const headersWith = async (twilioApiBaseUrl: string | null): Promise<Headers> => {
    const server = await aServer({ twilioApiBaseUrl }, { pagesDir });
    return (await fetch(server.url)).headers;
  };

  it("let the page talk to this server and to Twilio only", async () => {
    const policy = (await headersWith(null)).get("content-security-policy") ?? "";
    expect(policy.split(";")).toEqual([
      "default-src 'self'",
      "script-src 'self'",
      "connect-src 'self' https://*.twilio.com wss://*.twilio.com",
      "media-src 'self' blob: https://*.twilio.com",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ]);
  });

  it("let it talk to the local Twilio in its place", async () => {
    const policy = (await headersWith(`${LOCAL}/`)).get("content-security-policy");
    expect(policy).toContain(`script-src 'self' ${LOCAL};`);
    expect(policy).toContain(`connect-src 'self' ${LOCAL} ws://127.0.0.1:9;`);
    expect(policy).not.toContain("twilio.com");
    expect(policy).not.toContain("unsafe");
  });

  it("allow our own page the microphone, and send no referrer", async () => {
    const headers = await headersWith(null);
    expect(headers.get("permissions-policy")).toBe("microphone=(self), camera=(), geolocation=()");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("strict-transport-security")).toBeNull();
  });
});
