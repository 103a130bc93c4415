import { parseEnv } from "node:util";
import { AppError } from "../errors.ts";

/** One setting: what stands before its value, the value as it is written, quoted or not. A quoted one may span lines. */
const SETTING =
  /^([ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*)("[^"]*"|'[^']*'|`[^`]*`|[^#\r\n]*?)(?=[ \t]*(?:#[^\r\n]*)?\r?$)/gm;

const read = (text: string): Record<string, string | undefined> => ({ ...parseEnv(text) });

function quoted(name: string, value: string): string {
  if (/^[\w.+/=:@,~-]*$/.test(value)) return value;
  const quote = ["'", '"', "`"].find((each) => !value.includes(each));
  if (quote !== undefined && !/[\r\n\\]/.test(value)) return `${quote}${value}${quote}`;
  throw new AppError("config", `${name} has characters that .env cannot hold.`, {
    hint: "Use one without line breaks, backslashes and quotation marks.",
  });
}

/** Where the value of each setting stands; of one that is set twice, the last counts. */
function places(text: string): Map<string, { from: number; to: number }> {
  const found = new Map<string, { from: number; to: number }>();
  for (const { 1: before = "", 2: name = "", 3: value = "", index } of text.matchAll(SETTING))
    found.set(name, { from: index + before.length, to: index + before.length + value.length });
  return found;
}

function set(text: string, name: string, value: string): string {
  const place = places(text).get(name);
  if (place) return text.slice(0, place.from) + quoted(name, value) + text.slice(place.to);
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const before = text === "" || text.endsWith("\n") ? text : text + newline;
  return `${before}${name}=${quoted(name, value)}${newline}`;
}

/**
 * The text of a `.env` file with other values in it. Every other line, comment and the order stay as they are.
 * @throws AppError config when the file could not be changed without changing something else
 */
export function withEnvValues(text: string, values: Readonly<Record<string, string>>): string {
  const before = read(text);
  const wanted = Object.entries(values).filter(([name, value]) => before[name] !== value);
  const after = wanted.reduce((changed, [name, value]) => set(changed, name, value), text);
  const expected = { ...before, ...values };
  const got = read(after);
  const names = new Set([...Object.keys(expected), ...Object.keys(got)]);
  if ([...names].every((name) => expected[name] === got[name])) return after;
  throw new AppError("config", ".env has lines that are not understood; it was left as it is.", {
    hint: "Write every line as NAME=value, or begin it with #.",
  });
}
