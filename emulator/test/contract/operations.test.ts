import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { coverage } from "../../src/coverage.ts";
import { type Twilio, startTwilio } from "../rest/support/twilio.ts";
import { type Contract, loadContract } from "../../../test/support/contract/contract.ts";
import type { DescribedOperation } from "../../../test/support/contract/description.ts";

let contract: Contract;
let local: Twilio;
beforeAll(async () => {
  [contract, local] = await Promise.all([loadContract(), startTwilio()]);
}, 60_000);
afterAll(() => local.close());

const ACCOUNTS = "/2010-04-01/Accounts/";

/** Every operation of Twilio's below an account, with a path that could be real. */
function described(): { method: string; path: string; operation: DescribedOperation }[] {
  const { accountSid } = local.emulator.credentials;
  return Object.entries(contract.description.paths).flatMap(([template, methods]) =>
    ["get", "post", "delete"].flatMap((key) => {
      const operation = methods[key as keyof typeof methods];
      const isAccount = template === `${ACCOUNTS}{Sid}.json`;
      const filled = template
        .replace(isAccount ? "{Sid}" : "{AccountSid}", accountSid)
        .replace(/\{\w+\}/g, `XX${"a".repeat(32)}`);
      return operation ? [{ method: key.toUpperCase(), path: filled, operation }] : [];
    }),
  );
}

function parameterNames({ requestBody, parameters = [] }: DescribedOperation): string[] {
  const body = requestBody?.content["application/x-www-form-urlencoded"]?.schema.properties ?? {};
  const query = parameters.filter((each) => each.in === "query").map((each) => each.name);
  return [...Object.keys(body), ...query].sort();
}

describe("the table of operations", () => {
  it("has Twilio's names, methods and paths", () => {
    const { accountSid } = local.emulator.credentials;
    for (const { name, method, path } of coverage.operations) {
      const filled = path.replace("{AccountSid}", accountSid).replace(/\{\w+\}/g, `CF${"a".repeat(32)}`);
      expect([name, contract.operationId(method, `/2010-04-01/Accounts${filled}`)]).toEqual([name, name]);
    }
  });

  it("lists each of Twilio's parameters as honoured, without effect, or refused, and no other", () => {
    for (const { name, parameters, inert, unsupported } of coverage.operations) {
      const twilios = described().find(({ operation }) => operation.operationId === name);
      const ours = [...parameters, ...inert, ...unsupported].sort();
      expect([name, ours]).toEqual([name, twilios && parameterNames(twilios.operation)]);
    }
  });
});

it("the emulator answers every operation of Twilio: as Twilio does, or with 501 and a reason", async () => {
  const names = new Set(coverage.operations.map((operation) => operation.name));
  const all = described();
  expect(all.length).toBeGreaterThan(150);
  for (const { method, path, operation } of all) {
    const { status, body } = await local.ask(method, path);
    const isOurs = names.has(operation.operationId);
    expect([operation.operationId, method, path, status === 501]).toEqual([
      operation.operationId,
      method,
      path,
      !isOurs,
    ]);
    if (!isOurs) expect(body.message).toContain("not of the emulator");
  }
});

describe("the check itself", () => {
  const calls = () => `${local.base}/Calls.json`;

  it("accepts Twilio's own examples of the emulator's resources", () => {
    let seen = 0;
    for (const { method, path, operation } of described()) {
      if (!coverage.operations.some(({ name }) => name === operation.operationId)) continue;
      for (const [status, { content }] of Object.entries(operation.responses)) {
        for (const [title, { value }] of Object.entries(content?.["application/json"]?.examples ?? {})) {
          // Its dates are not RFC 2822, and the emulator refuses the parameter.
          if (title.endsWith("IncludeSoftDeleted")) continue;
          seen++;
          const complaints = contract
            .conformsToAnswer(method as "GET", path, Number(status), value)
            // Older examples lack newer properties; ours must have them all.
            .filter((each) => !each.includes("must have required property"));
          expect([operation.operationId, complaints]).toEqual([operation.operationId, []]);
        }
      }
    }
    expect(seen).toBeGreaterThan(30);
  });

  it("complains about wrong requests", () => {
    expect(contract.conformsToRequest("POST", calls(), { To: "client:a" })).toEqual([
      "CreateCall needs From",
    ]);
    const form = { To: "client:a", From: "+15550001111", Timeout: "soon", StatusCallbackEvents: "ringing" };
    expect(contract.conformsToRequest("POST", calls(), form)).toEqual([
      expect.stringContaining("Timeout: "),
      "CreateCall has no parameter StatusCallbackEvents",
    ]);
    const participant = `${local.base}/Conferences/CF${"a".repeat(32)}/Participants/agent1-1.json`;
    expect(contract.conformsToRequest("POST", participant, { Hold: "true" })).toEqual([]);
    expect(contract.conformsToRequest("POST", participant, { Status: "completed" })).toHaveLength(1);
    expect(contract.conformsToRequest("POST", `${local.base}/Cals.json`)).toHaveLength(1);
  });

  it("complains about wrong answers", () => {
    const bad = { sid: "CA1", surplus: true };
    const complaints = contract.conformsToAnswer("POST", calls(), 201, bad).join("\n");
    expect(complaints).toContain("/sid must match pattern");
    expect(complaints).toContain("(surplus)");
    expect(complaints).toContain("(status)");
    expect(contract.conformsToAnswer("POST", calls(), 202, null)).toEqual(["CreateCall never answers 202"]);
  });
});
