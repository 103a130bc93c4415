import { type DescribedOperation, type Description, loadDescription } from "./description.ts";
import type { Schema } from "./patches.ts";
import { type Validate, createValidator } from "./validator.ts";

type Method = "GET" | "POST" | "DELETE";
/** A form or query as sent: one or more texts for each name. */
export type Form = URLSearchParams | Readonly<Record<string, string | readonly string[]>>;

/** What Twilio's OpenAPI description says of requests and answers. Each function returns complaints; none: conforms. */
export interface Contract {
  readonly description: Description;
  /** Twilio's name of the operation, such as `CreateCall`; undefined: Twilio has none there. */
  operationId(method: Method, path: string): string | undefined;
  /** @param path with or without query, such as `/2010-04-01/Accounts/AC…/Calls.json` */
  conformsToRequest(method: Method, path: string, form?: Form): string[];
  conformsToAnswer(method: Method, path: string, status: number, body: unknown): string[];
}

interface Found {
  operation: DescribedOperation;
  segments: Record<string, string>;
}

const FORM = "application/x-www-form-urlencoded";

function find({ paths }: Description, method: Method, path: string): Found | undefined {
  const key = method.toLowerCase() as Lowercase<Method>;
  const candidates = Object.entries(paths).flatMap(([template, item]) => {
    const pattern = template.replaceAll(".", "\\.").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
    const match = new RegExp(`^${pattern}$`).exec(path);
    const operation = item[key];
    return match && operation ? [{ operation, segments: match.groups ?? {} }] : [];
  });
  return candidates.sort((a, b) => Object.keys(a.segments).length - Object.keys(b.segments).length)[0];
}

function textsOf(form: Form): Map<string, string[]> {
  const pairs = form instanceof URLSearchParams ? [...form] : Object.entries(form);
  const texts = new Map<string, string[]>();
  for (const [name, value] of pairs) texts.set(name, [...(texts.get(name) ?? []), ...[value].flat()]);
  return texts;
}

/** A form holds texts only: `"5"` is meant as 5 where the description has a number. */
function valueOf(texts: readonly string[], schema: Schema): unknown {
  if (schema.type === "array") return texts;
  const text = texts.at(-1) ?? "";
  if (schema.type === "integer") return /^\d+$/.test(text) ? Number(text) : text;
  if (schema.type === "boolean") return text === "true" || (text === "false" ? false : text);
  return text;
}

function checkRequest(
  { operation, segments }: Found,
  form: Map<string, string[]>,
  validate: Validate,
): string[] {
  const { operationId, parameters = [], requestBody } = operation;
  const body = requestBody?.content[FORM]?.schema;
  const queries = parameters.filter((parameter) => parameter.in === "query");
  const schemas = new Map(
    body ? Object.entries(body.properties ?? {}) : queries.map((q) => [q.name, q.schema]),
  );
  const needed = body ? (body.required ?? []) : queries.filter((q) => q.required).map((q) => q.name);
  const complaints = parameters
    .filter((parameter) => parameter.in === "path")
    .flatMap(({ name, schema }) => validate(schema, decodeURIComponent(segments[name] ?? "")));
  for (const name of needed) if (!form.has(name)) complaints.push(`${operationId} needs ${name}`);
  for (const [name, texts] of form) {
    const schema = schemas.get(name);
    if (!schema) complaints.push(`${operationId} has no parameter ${name}`);
    else complaints.push(...validate(schema, valueOf(texts, schema)).map((each) => `${name}: ${each}`));
  }
  return complaints;
}

function checkAnswer({ operation }: Found, status: number, body: unknown, validate: Validate): string[] {
  const response = operation.responses[String(status)];
  if (!response) return [`${operation.operationId} never answers ${status}`];
  const schema = response.content?.["application/json"]?.schema;
  if (schema) return validate(schema, body);
  return body === null ? [] : [`${operation.operationId} answers ${status} without a body`];
}

/** Loads the description (from `.cache/`, or fetched). Rejects when it cannot be had. */
export async function loadContract(): Promise<Contract> {
  const description = await loadDescription();
  const validate = createValidator(description);
  const split = (path: string) => path.split("?") as [string, string?];
  return {
    description,
    operationId: (method, path) => find(description, method, split(path)[0])?.operation.operationId,
    conformsToRequest(method, path, form = {}) {
      const [bare, query = ""] = split(path);
      const found = find(description, method, bare);
      if (!found) return [`Twilio has no ${method} ${bare}`];
      const texts = textsOf(form);
      for (const [name, values] of textsOf(new URLSearchParams(query))) texts.set(name, values);
      return checkRequest(found, texts, validate);
    },
    conformsToAnswer(method, path, status, body) {
      const found = find(description, method, split(path)[0]);
      return found ? checkAnswer(found, status, body, validate) : [`Twilio has no ${method} ${path}`];
    },
  };
}
