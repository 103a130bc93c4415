import { parseEnv } from "node:util";
import { AppError } from "../errors.ts";

/**
 * One character for each byte, so that bytes that are not UTF-8 survive. The syntax of `.env` is ASCII, and no byte of a
 * longer UTF-8 character looks like ASCII.
 */
export const textOf = (utf8: Buffer): string => utf8.toString("latin1");
export const bytesOf = (text: string): Buffer => Buffer.from(text, "latin1");

/** One setting: the text before its value, then the value, quoted or not. A quoted value may span lines. */
const SETTING =
  /^([ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*)("[^"]*"|'[^']*'|`[^`]*`|[^#\r\n]*?)(?=[ \t]*(?:#[^\r\n]*)?\r?$)/gm;

/** Every value in the text of a `.env` file. Node's parser puts a line without `=`, or a blank one, before the next name. */
export function parseEnvText(text: string): Record<string, string> {
  const parsed = Object.entries(parseEnv(text) as Record<string, string>);
  return Object.fromEntries(parsed.map(([name, value]) => [/[^\n]*$/.exec(name)?.[0].trim() ?? name, value]));
}

function quoted(name: string, value: string): string {
  if (/^[\w.+/=:@,~-]*$/.test(value)) return value;
  const quote = ["'", '"', "`"].find((each) => !value.includes(each));
  if (quote !== undefined && !/[\r\n\\]/.test(value)) return `${quote}${value}${quote}`;
  throw new AppError("config", `${name} contains characters that .env cannot hold.`, {
    hint: "Use a value without line breaks, backslashes or quotation marks.",
  });
}

interface Range {
  from: number;
  to: number;
}

/** Position of a setting's value in the text of `.env`. The last one counts if it is set twice. */
export function valueRange(text: string, name: string): Range | undefined {
  let found: Range | undefined;
  for (const { 1: before = "", 2: each, 3: value = "", index } of text.matchAll(SETTING))
    if (each === name) found = { from: index + before.length, to: index + before.length + value.length };
  return found;
}

function withEnvValue(text: string, name: string, value: string): string {
  const range = valueRange(text, name);
  if (range) return text.slice(0, range.from) + quoted(name, value) + text.slice(range.to);
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const before = text === "" || text.endsWith("\n") ? text : text + newline;
  return `${before}${name}=${quoted(name, value)}${newline}`;
}

/**
 * Sets values in the text of a `.env` file. Every other byte stays.
 * @param text one character for each byte, as from `textOf`
 * @throws AppError config if the change would affect other content
 */
export function withEnvValues(text: string, values: Readonly<Record<string, string>>): string {
  const before: Record<string, string | undefined> = parseEnvText(text);
  const wanted = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, textOf(Buffer.from(value))]),
  );
  const after = Object.entries(wanted)
    .filter(([name, value]) => before[name] !== value)
    .reduce((changed, [name, value]) => withEnvValue(changed, name, value), text);
  const expected = { ...before, ...wanted };
  const actual: Record<string, string | undefined> = parseEnvText(after);
  const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  if ([...names].every((name) => expected[name] === actual[name])) return after;
  throw new AppError("config", ".env contains lines that cannot be parsed; it was not changed.", {
    hint: "Write every line as NAME=value, or start it with #.",
  });
}
