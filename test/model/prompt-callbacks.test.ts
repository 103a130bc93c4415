import { it } from "vitest";
import { createModel } from "./run-model.ts";

const model = createModel();

it("every invariant holds in random runs with prompt callbacks", async () => {
  await model.holds("prompt", 300);
}, 900_000);
