import { it } from "vitest";
import { createModel } from "./run-model.ts";

const model = createModel();

it("every invariant holds in random runs in which one kind of request fails at Twilio", async () => {
  await model.holds("failing", 250);
}, 900_000);
