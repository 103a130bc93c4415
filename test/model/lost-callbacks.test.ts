import { it } from "vitest";
import { createModel } from "./run-model.ts";

const model = createModel();

it("every invariant holds whatever people do, and callbacks are lost", async () => {
  await model.holds("lost", 250);
}, 900_000);
