import { clean } from "../../mask.ts";

/** A server's JSON, its texts cleaned: what a server says is shown on this terminal. @throws SyntaxError */
export function parseAnswer(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) =>
    typeof value === "string" ? clean(value) : value,
  ) as unknown;
}
