import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Emulator } from "../../src/emulator.ts";
import { startEmulator } from "../../src/start-emulator.ts";
import { HEARD_DB, listen } from "../../../test/browser/support/ear.ts";
import { type Party, openParty } from "../../../test/browser/support/party.ts";
import { builtPhonePage } from "./support/phone-pages.ts";

const NUMBER = "+15550100";
const TWIML = `<Response>
  <Say>Thank you for calling.</Say>
  <Say language="ja-JP">お電話ありがとうございます。</Say>
  <Play digits="55555555555555555555"/>
  <Hangup/>
</Response>`;

/** The customer's phone, the whole emulator, and an app that answers with TwiML. */
describe("a customer's call from the phone page", () => {
  const asked: URLSearchParams[] = [];
  let app: Server;
  let emulator: Emulator;
  let customer: Party;

  beforeAll(async () => {
    app = createServer((req, res) => {
      let body = "";
      req.on("data", (chunk: Buffer) => (body += chunk.toString()));
      req.on("end", () => {
        asked.push(new URLSearchParams(body));
        res.writeHead(200, { "content-type": "text/xml" }).end(TWIML);
      });
    });
    await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
    const voiceUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}/voice`;
    const pagesDir = await builtPhonePage();
    emulator = await startEmulator({ numbers: [{ phoneNumber: NUMBER, voiceUrl }], pagesDir });
    customer = await openParty("customer", 930, `${emulator.url}/phone.html`);
  });
  afterAll(async () => {
    await customer?.close();
    await emulator?.close();
    app?.close();
  });

  it("reaches the app, plays and shows its words, and ends when the app hangs up", async () => {
    const { page } = customer;
    const status = (text: string) => page.getByRole("status").filter({ hasText: text }).waitFor();
    await status("Ready");
    await page.getByRole("button", { name: "Call", exact: true }).click();
    await status("Connected");
    await page.getByText("Thank you for calling.").waitFor();
    await page.getByText("お電話ありがとうございます。").waitFor();
    const keyTone = async () => Math.min(...(await listen(page, [770, 1336])));
    await expect.poll(keyTone).toBeGreaterThan(HEARD_DB);
    await status("Ready");
    expect(asked).toHaveLength(1);
    expect(asked[0]!.get("From")).toBe("+15550199");
    expect(asked[0]!.get("To")).toBe(NUMBER);
    expect(customer.complaints).toEqual([]);
  });
});
