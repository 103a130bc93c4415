import { expect, it } from "vitest";
import { refusalCauseOf } from "../../src/wire/line-errors.ts";

it.each([
  ["clock", [20104, 20105, 31205, 31207]],
  ["signature", [20107, 31202]],
  ["token", [20101, 20102, 20103, 20106, 20151, 31102, 31105, 31201, 31203, 31204]],
  ["unexplained", [53000]],
  [undefined, [31000, 31003, 31005, 31009, 31206, 31401, 53001, 53405]],
])("the cause of a refusal is %s for the codes %j", (cause, codes) => {
  expect(codes.map(refusalCauseOf)).toEqual(codes.map(() => cause));
});
