import { it } from "vitest";
import { createModel } from "./run-model.ts";

const model = createModel();

it("every invariant holds whatever people do, and Twilio fails at a kind of request", async () => {
  await model.holds("failing", 250);
}, 900_000);
