import { expect, it } from "vitest";
import { startTwilio } from "./support/twilio.ts";

it("the REST API answers HEAD as GET, without a body", async () => {
  const twilio = await startTwilio();
  const missing = `/Calls/CA${"1".repeat(32)}.json`;
  const seen = [];
  for (const path of ["/Calls.json", missing, "/Messages.json"]) {
    const [get, head] = [await twilio.ask("GET", path), await twilio.ask("HEAD", path)];
    expect([head.status, head.body]).toEqual([get.status, { message: "" }]);
    expect(head.headers["content-type"]).toBe(get.headers["content-type"]);
    seen.push(head.status);
  }
  expect(seen).toEqual([200, 404, 501]);
  await twilio.close();
});
