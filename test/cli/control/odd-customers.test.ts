import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createLog } from "../../../src/compose/log.ts";
import { OPERATOR, aServer } from "../../server/support/start-server.ts";
import { CALL, inbound, webhook } from "../../server/support/webhooks.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { aDesk } from "../support/desk.ts";
import { SLOW } from "../support/slow.ts";

const CONTROL_CHARACTERS = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const CONNECT = "/conference/connect/client";

/** Everything that a server and an operator's commands say of a call from `From`, until after its end. */
async function allOutput(From: string): Promise<string> {
  const file = join(temporaryFolder(), "server.log");
  const log = await createLog({ destination: { file }, level: "debug" });
  const server = await aServer({}, { log });
  const desk = aDesk({ url: server.url, token: OPERATOR });
  const output: string[] = [];
  const type = async (...words: string[]): Promise<void> => {
    const { code, stdout, stderr } = await desk.type(...words);
    expect([words, code]).toEqual([words, 0]);
    output.push(stdout, stderr);
  };
  const watching = desk.begin("conferences", "watch");
  const watchingJson = desk.begin("conferences", "watch", "--json");
  await expect.poll(() => watchingJson.written.stdout).toContain("snapshot");
  expect((await webhook(server, CONNECT, inbound(server, { From }))).status).toBe(200);
  for (const json of [[], ["--json"]]) {
    await type("conferences", "list", ...json);
    await type("conferences", "show", CALL, ...json);
    await type("participants", "list", CALL, ...json);
  }
  const done = inbound(server, { From, CallStatus: "completed" });
  expect((await webhook(server, "/call/events", done)).status).toBe(204);
  for (const json of [[], ["--json"]]) await type("history", ...json);
  // Without the values: a measured number may hold any digits.
  output.push((await (await fetch(`${server.localUrl}/metrics`)).text()).replace(/ \S+$/gm, ""));
  await expect.poll(() => watchingJson.written.stdout).toContain("call-ended");
  for (const each of [watching, watchingJson]) {
    each.interrupt();
    output.push((await each.ended).stdout);
  }
  await server.close();
  await log.close();
  const logged = readFileSync(file, "utf8");
  expect(logged).toContain("customer-called");
  return [...output, logged].join("");
}

it.each([
  ["+15557654321", "+155…21"],
  ["15557654321", "155…21"],
  [" 15557654321", "155…21"],
  ["0657654321", "065…21"],
  ["sip:+15557654321@sip.example.com", "sip:+155…21@sip.example.com"],
  ["sip:alice.smith@example.com", "sip:a…h@example.com"],
  ["client:alice_smith", "client:a…h"],
  ["whatsapp:+15557654321", "whatsapp:+155…21"],
  ["\u009b31m\u009d0;x\u0007\u202e\u2028\u200b7654321", "…1"],
  [`+1555${"7654321".repeat(60)}`, "…"],
])("the address %j of a customer appears nowhere in full, and is shown as %s", SLOW, async (From, shown) => {
  const output = await allOutput(From);
  expect(output).toContain(shown);
  for (const whole of ["57654", "65432", "54321", "lice", "smith"]) expect(output).not.toContain(whole);
  expect(output.replaceAll("\n", "").replaceAll("\t", "")).not.toMatch(CONTROL_CHARACTERS);
});

it.each(["anonymous", "Restricted", "+266696687", ""])(
  "a customer who withholds the number as %j is shown as withheld",
  SLOW,
  async (From) => {
    const output = await allOutput(From);
    expect(output).toContain("withheld number");
    expect(output).toContain('"customerKind":"withheld"');
    expect(output).not.toContain("66966");
  },
);
