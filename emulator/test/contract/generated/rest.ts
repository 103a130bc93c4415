import { coverage } from "../../../src/coverage.ts";
import type { DescribedOperation, Description } from "../../../../test/support/contract/description.ts";
import type { Schema } from "../../../../test/support/contract/patches.ts";
import { type ValueParts, someSegment, someValue } from "./values.ts";

export interface RestRequest {
  kind: "rest";
  method: string;
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  body: string;
  /** Twilio has this operation: its answer has a schema. */
  isDescribed: boolean;
}

interface Candidate {
  method: "GET" | "POST" | "DELETE";
  template: string;
  operation: DescribedOperation;
}

/** The emulator's own operations, and all that Twilio describes below an account. */
export interface Candidates {
  ours: Candidate[];
  all: Candidate[];
}

const FORM = "application/x-www-form-urlencoded";
const METHODS = ["GET", "POST", "DELETE"] as const;
/** Calls and conferences in motion are what most can go wrong with. */
const FREQUENT =
  /^(Create|Update)(Call|Participant|Conference|Member)$|^DeleteParticipant$|^Fetch(Participant|Member|CallRecording)$|^UpdateStream$|UserDefinedMessage/;

export function candidatesOf({ paths }: Description): Candidates {
  const names = new Set<string>(coverage.operations.map(({ name }) => name));
  const all = Object.entries(paths).flatMap(([template, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method.toLowerCase() as Lowercase<typeof method>];
      return operation ? [{ method, template, operation }] : [];
    }),
  );
  const ours = all.filter(({ operation }) => names.has(operation.operationId));
  const frequent = ours.filter(({ operation }) => FREQUENT.test(operation.operationId));
  return { ours: [...ours, ...frequent, ...frequent, ...frequent], all };
}

function pathOf({ template, operation }: Candidate, accountSid: string, parts: ValueParts): string {
  const shape = template.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+");
  const shown = parts.random.chance(parts.junk === 0 ? 0.95 : 0.7)
    ? parts.known.path(new RegExp(`^${shape}$`), parts.random)
    : undefined;
  if (shown !== undefined) return shown;
  const schemas = new Map(operation.parameters?.map(({ name, schema }) => [name, schema]));
  const isAccount = template.endsWith("/Accounts/{Sid}.json");
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    if ((name === "AccountSid" || isAccount) && parts.random.chance(0.99)) return accountSid;
    return someSegment(name, schemas.get(name) ?? {}, parts);
  });
}

function fieldsOf(
  { operation }: Candidate,
  parts: ValueParts,
): { query: URLSearchParams; form: URLSearchParams } {
  const { random } = parts;
  const body = operation.requestBody?.content[FORM]?.schema;
  const [query, form] = [new URLSearchParams(), new URLSearchParams()];
  const add = (to: URLSearchParams, name: string, schema: Schema, likely: number): void => {
    if (!random.chance(likely)) return;
    for (const value of someValue(name, schema, parts)) to.append(name, value);
  };
  for (const { name, in: where, schema } of operation.parameters ?? [])
    if (where === "query") add(query, name, schema, 0.15);
  const ours = coverage.operations.find(({ name }) => name === operation.operationId);
  const unsupported = new Set<string>(ours?.unsupported);
  const needed = new Set([...(body?.required ?? []), "Twiml", "Status"]);
  const few = random.chance(0.5) ? 0.03 : 0.12;
  for (const [name, schema] of Object.entries(body?.properties ?? {}))
    add(form, name, schema, needed.has(name) ? 0.9 : unsupported.has(name) ? 0.003 : few);
  if (random.chance(0.02)) form.append(random.pick(["Nonsense", "", "__proto__", "to"]), "1");
  return { query, form };
}

function multipart(form: URLSearchParams, random: ValueParts["random"]): { type: string; body: string } {
  const boundary = "b0undary";
  const parts = [...form].map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const end = random.chance(0.8) ? `--${boundary}--\r\n` : "";
  return { type: `multipart/form-data; boundary=${boundary}`, body: parts.join("") + end };
}

function encode(form: URLSearchParams, { random }: ValueParts): { type: string; body: string } {
  if (random.chance(0.95)) return { type: FORM, body: form.toString() };
  const broken = { type: FORM, body: `${form.toString()}&%zz=%&=&&a` };
  const json = { type: "application/json", body: JSON.stringify(Object.fromEntries(form)) };
  const text = { type: "text/plain;charset=nonsense", body: form.toString() };
  return random.pick([multipart(form, random), multipart(form, random), broken, json, text]);
}

interface Asker {
  accountSid: string;
  /** `user:password` of those who may ask. */
  users: readonly string[];
  /** Operations that were reached before; the others come more often. */
  succeeded: ReadonlySet<string>;
}

export function someRest(
  { ours, all }: Candidates,
  given: Omit<ValueParts, "junk">,
  { accountSid, users, succeeded }: Asker,
): RestRequest {
  const { random } = given;
  const parts = { ...given, junk: random.pick([0, 0.02, 0.15]) };
  const unreached = ours.filter(({ operation }) => !succeeded.has(operation.operationId));
  const aimed = unreached.length > 0 && random.chance(0.3) ? unreached : ours;
  const candidate = random.pick(random.chance(0.92) ? aimed : all);
  const { query, form } = fieldsOf(candidate, parts);
  const isOdd = random.chance(0.02);
  const method = isOdd ? random.pick(["HEAD", "PUT", "PATCH", "OPTIONS"]) : candidate.method;
  const suffix = random.chance(0.01)
    ? random.pick([".wav", ".mp3", "/", "", ".xml", ".json.json"])
    : undefined;
  const path = pathOf(candidate, accountSid, parts);
  const odd = suffix === undefined ? path : path.replace(/\.json$/, suffix);
  const user = random.chance(0.98) ? random.pick(users) : random.pick(["", ":", "AC:no", "x".repeat(500)]);
  const { type, body } = method === "POST" ? encode(form, parts) : { type: "", body: "" };
  return {
    kind: "rest",
    method,
    path: query.size > 0 ? `${odd}?${query.toString()}` : odd,
    headers: {
      authorization: `Basic ${Buffer.from(user).toString("base64")}`,
      ...(type && { "content-type": type }),
    },
    body,
    isDescribed: !isOdd && suffix === undefined,
  };
}
