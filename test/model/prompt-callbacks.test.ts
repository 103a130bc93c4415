import { it } from "vitest";
import { createModel } from "./run-model.ts";

const model = createModel();

it("every invariant holds whatever people do, and Twilio tells everything at once", async () => {
  await model.holds("prompt", 300);
}, 900_000);
