import { it } from "vitest";
import { createModel } from "./run-model.ts";

const model = createModel();

it("every invariant holds in random runs with lost callbacks", async () => {
  await model.holds("lost", 250);
}, 900_000);
