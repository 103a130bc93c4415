import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Schema, applyPatches } from "./patches.ts";

export interface Parameter {
  name: string;
  in: "path" | "query";
  required?: boolean;
  schema: Schema;
}

interface Content {
  schema: Schema;
  /** What Twilio publishes as examples. */
  examples?: Record<string, { value: unknown }>;
}

export interface DescribedOperation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, { content?: Record<string, Content> }>;
}

/** Twilio's OpenAPI description, as far as the tests read it. */
export interface Description {
  paths: Record<string, Partial<Record<"get" | "post" | "delete", DescribedOperation>>>;
  components: { schemas: Record<string, Schema> };
}

const SCRIPT = fileURLToPath(new URL("../../../scripts/twilio-description.mjs", import.meta.url));

async function pathOfDescription(): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT]);
    return stdout.trim();
  } catch (error) {
    throw new Error((error as { stderr?: string }).stderr || String(error), { cause: error });
  }
}

/** Fetched when it is not here yet. Rejects with what to do when it cannot be had: nothing is skipped. */
export async function loadDescription(): Promise<Description> {
  const description = JSON.parse(await readFile(await pathOfDescription(), "utf8")) as Description;
  applyPatches(description);
  return description;
}
