import { beforeAll, expect, it } from "vitest";
import { coverage } from "../../src/coverage.ts";
import { type Contract, loadContract } from "../../../test/support/contract/contract.ts";
import { type Failure, ROUND, playRound } from "./generated/play-round.ts";

/** `npm run requests` plays more; a round that failed can be played alone. */
const { REQUESTS = "3000", REQUESTS_SEED = "1", REQUESTS_ROUND } = process.env;
const SEED = Number(REQUESTS_SEED);
const ROUNDS =
  REQUESTS_ROUND === undefined
    ? Array.from({ length: Math.ceil(Number(REQUESTS) / ROUND) }, (_, round) => round)
    : [Number(REQUESTS_ROUND)];

let contract: Contract;
const reached = new Set<string>();
beforeAll(async () => {
  contract = await loadContract();
}, 60_000);

const inWords = ({ seed, round, number, request, complaints }: Failure): string =>
  [
    `Request ${number} of REQUESTS_SEED=${seed} REQUESTS_ROUND=${round}: ${JSON.stringify(request)}`,
    ...complaints.map((each) => `  ${each}`),
  ].join("\n");

it.each(ROUNDS)(
  "the emulator answers generated requests as Twilio describes, without a failure: round %i",
  async (round) => {
    const { failures, succeeded } = await playRound(contract, { seed: SEED, round, count: ROUND });
    for (const operation of succeeded) reached.add(operation);
    expect(failures.map(inWords).join("\n")).toBe("");
  },
  120_000,
);

it.runIf(ROUNDS.length > 1)("the requests reach nearly every operation of the emulator", () => {
  const names = coverage.operations.map(({ name }) => name);
  const missing = names.filter((name) => !reached.has(name));
  expect([missing, missing.length <= names.length / 10]).toEqual([missing, true]);
});
