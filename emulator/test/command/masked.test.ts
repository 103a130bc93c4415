import { expect, it } from "vitest";
import { masked } from "../../src/command/mask.ts";

it.each([
  ["+15550100000", "+155…00"],
  ["+123456", "+…56"],
  ["15550100000", "155…00"],
  ["client:agent1", "client:agent1"],
  ["client:+15550100000", "client:+155…00"],
  ["sip:alice@example.com", "sip:…@example.com"],
  ["sips:alice@example.com", "sips:…@example.com"],
  ["CA0123456789abcdef0123456789abcdef", "CA0123456789abcdef0123456789abcdef"],
])("shows %s as %s", (address, shown) => {
  expect(masked(address)).toBe(shown);
});
