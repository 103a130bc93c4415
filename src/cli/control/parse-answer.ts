import { clean } from "../../mask.ts";

/** Parses JSON and makes its strings safe for a terminal. @throws SyntaxError */
export function parseAnswer(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) =>
    typeof value === "string" ? clean(value) : value,
  ) as unknown;
}
