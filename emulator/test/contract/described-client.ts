import twilio from "twilio";
import { afterEach, beforeAll, beforeEach, expect } from "vitest";
import { startTwilio, type Twilio } from "../rest/support/twilio.ts";
import { type Exchange, complaintsOf, localClient } from "../../../test/support/contract/client.ts";
import { type Contract, loadContract } from "../../../test/support/contract/contract.ts";

/** An emulator, and the official client that asks it. */
export interface Asking {
  readonly local: Twilio;
  readonly client: twilio.Twilio;
  readonly exchanges: readonly Exchange[];
}

/**
 * Starts an emulator before each test of the file or `describe` that calls this. After each, everything that the official client
 * asked and got must conform to Twilio's description.
 * @param prepare is given each new emulator
 * @returns Twilio's names of the operations that were asked so far
 */
export function describedClient(
  prepare: (asking: Asking) => void | Promise<void>,
): ReadonlySet<string | undefined> {
  const asked = new Set<string | undefined>();
  let contract: Contract;
  let local: Twilio;
  let exchanges: Exchange[];

  beforeAll(async () => {
    contract = await loadContract();
  }, 60_000);

  beforeEach(async () => {
    local = await startTwilio();
    const { accountSid, authToken } = local.emulator.credentials;
    const http = localClient(local.emulator.url);
    ({ exchanges } = http);
    await prepare({
      local,
      exchanges,
      client: twilio(accountSid, authToken, { httpClient: http.httpClient }),
    });
  });

  afterEach(async () => {
    await local.close();
    for (const { method, path } of exchanges) asked.add(contract.operationId(method, path));
    expect(exchanges.flatMap((exchange) => complaintsOf(contract, exchange))).toEqual([]);
  });

  return asked;
}
