import { it } from "vitest";
import { anyStep } from "./moves.ts";
import { createModel } from "./run-model.ts";

const model = createModel();

it("every invariant holds whatever people do, and Twilio tells everything at once", async () => {
  await model.holds(anyStep("prompt"));
}, 900_000);
