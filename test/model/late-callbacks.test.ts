import { it } from "vitest";
import { createModel } from "./run-model.ts";

const model = createModel();

it("every invariant holds whatever people do, and callbacks come late, twice and in another order", async () => {
  await model.holds("late", 200);
}, 900_000);
