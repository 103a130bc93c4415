import { it } from "vitest";
import { createModel } from "./run-model.ts";

const model = createModel();

it("every invariant holds in random runs with late, repeated and reordered callbacks", async () => {
  await model.holds("late", 200);
}, 900_000);
