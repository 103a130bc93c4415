import { chmod, stat } from "node:fs/promises";
import { join } from "node:path";
import type { PlannedFile } from "../files/write-whole.ts";
import { bytesOf, parseEnvText, textOf, valueRange, withEnvValues } from "./env-text.ts";
import { VARIABLES } from "./settings.ts";
import { type EncodedText, invalidByte, readEncodedFile, utf8Text } from "./text-file.ts";

/** Readable by its owner only. */
const MODE = 0o600;

const OURS: ReadonlySet<string> = new Set(Object.values(VARIABLES));

/** @param cwd folder of the file */
export const envFilePath = (cwd: string): string => join(cwd, ".env");

/** Throws for one of our values that is not UTF-8, with its line in the file. */
function assertReadable({ utf8 }: EncodedText, text: string, name: string): void {
  const range = valueRange(text, name);
  utf8Text(range ? utf8.subarray(0, range.to) : utf8, ".env");
}

/**
 * The settings in `.env`; none when there is no such file. Other programs' values that are not UTF-8 are left out.
 * @throws AppError config when it cannot be read
 */
export async function readEnvFile(cwd: string): Promise<Record<string, string | undefined>> {
  const file = await readEncodedFile(envFilePath(cwd));
  if (!file) return {};
  const text = textOf(file.utf8);
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(parseEnvText(text))) {
    const bytes = bytesOf(value);
    if (invalidByte(bytes) === undefined) values[name] = bytes.toString();
    else if (OURS.has(name)) assertReadable(file, text, name);
  }
  return values;
}

/**
 * The new `.env` with these values; every other byte and the encoding stay. Undefined: nothing changes.
 * @throws AppError config when it cannot be read, or if the change would affect other content
 */
export async function planEnvFile(
  cwd: string,
  values: Readonly<Record<string, string>>,
): Promise<PlannedFile | undefined> {
  const path = envFilePath(cwd);
  const file = await readEncodedFile(path);
  const before = textOf(file?.utf8 ?? Buffer.alloc(0));
  const text = withEnvValues(before, values);
  if (file && text === before) return undefined;
  const content = bytesOf(text);
  return { path, content: file ? file.encode(content) : content, mode: MODE };
}

/** Restricts `.env` to its owner. @returns whether others had access */
export async function restrictEnvFile(cwd: string): Promise<boolean> {
  const { mode } = await stat(envFilePath(cwd));
  if ((mode & 0o777) === MODE) return false;
  await chmod(envFilePath(cwd), MODE);
  return true;
}
