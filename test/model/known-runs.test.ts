import { expect, it } from "vitest";
import { defaultQuirks } from "local-twilio";
import { VARIANTS, createModel } from "./run-model.ts";

/** Runs that failed once: why, the variant of Twilio, and the steps, which outlive the seed that found them. */
const KNOWN: [string, number, string[]][] = [
  ["a customer hangs up before the call is answered", 0, ["customer1 rings!", "customer1 hangs-up"]],
  [
    "the customer of a consultation gives up",
    0,
    ["customer1 rings", "agent1 answers", "agent1 transfers agent2 consult", "customer1 hangs-up"],
  ],
  [
    "an agent's line breaks just after that agent took back the customer of another broken line",
    0,
    [
      "customer1 rings",
      "agent1 answers",
      "agent1 transfers agent2 blind",
      "agent2 answers",
      "agent2 transfers agent3 three-way",
      "agent3 declines",
      "agent2 is-cut-off",
      "agent2 answers",
      "agent2 is-cut-off",
    ],
  ],
  [
    "Twilio does not find the conference that is to be ended, and the customer is in it",
    0,
    ["customer1 rings", "agent1 answers", "twilio fails UpdateConference 400", "agent1 leaves"],
  ],
  [
    "the hold of a consultation gets no answer, and the customer talks on",
    0,
    [
      "customer1 rings",
      "agent1 answers",
      "twilio fails UpdateParticipant hangs",
      "agent1 transfers agent2 consult",
    ],
  ],
  [
    "the starter of a transfer takes the call again when the target is lost",
    0,
    [
      "customer1 rings",
      "agent1 answers",
      "agent1 transfers agent2 blind",
      "agent2 answers",
      "agent2 gets-lost!",
      "agent1 answers!",
      "time passes 6000",
    ],
  ],
];

const model = createModel();

it.each(KNOWN)("%s, and every invariant holds", async (_, variant, steps) => {
  await model.plays(variant, steps);
});

it("the runs cover each variant of each quirk of the emulator", () => {
  const played = VARIANTS.map(({ quirks }) => ({ ...defaultQuirks, ...quirks }));
  for (const quirk of Object.keys(defaultQuirks) as (keyof typeof defaultQuirks)[]) {
    const values = new Set(played.map((quirks) => quirks[quirk]));
    expect([quirk, values.size]).toEqual([quirk, quirk === "endOrder" ? 3 : 2]);
  }
});
