import { z } from "zod";
import { AppError } from "../errors.ts";

/** The version of the file's shape that this release reads (the emulator's docs/inspector.md). */
const VERSION = 1;
const FORMAT = "local-twilio-call";

const at = z.number();
const id = z.number();
const texts = z.record(z.string(), z.string());
const sid = z.string().nullable();

const webhook = z.looseObject({
  at,
  kind: z.literal("webhook"),
  id,
  about: z.string(),
  url: z.string(),
  params: texts,
  again: id.nullable(),
});
const webhookAnswer = z.looseObject({
  at,
  kind: z.literal("webhook-answer"),
  id,
  status: z.number().nullable(),
  body: z.string().nullable(),
});
const request = z.looseObject({
  at,
  kind: z.literal("request"),
  id,
  method: z.string(),
  path: z.string(),
  operation: z.string().nullable(),
  parameters: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});
const requestAnswer = z.looseObject({
  at,
  kind: z.literal("request-answer"),
  id,
  callSid: sid,
  conferenceSid: sid,
  status: z.number().nullable(),
});
const event = z.looseObject({ at, kind: z.string().regex(/^event-/) });

const schema = z.looseObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  emulator: z.string(),
  call: z.string().regex(/^CA[0-9a-f]{32}$/),
  steps: z.array(z.union([webhook, webhookAnswer, request, requestAnswer, event])).min(1),
});

export type CallFile = z.infer<typeof schema>;
export type Step = CallFile["steps"][number];
export type Webhook = z.infer<typeof webhook>;
export type Request = z.infer<typeof request>;
export type RequestAnswer = z.infer<typeof requestAnswer>;

/** A step is one of these by its kind; an event's kind is only known by its beginning. */
export const isWebhook = (step: Step): step is Webhook => step.kind === "webhook";
export const isRequest = (step: Step): step is Request => step.kind === "request";
export const isRequestAnswer = (step: Step): step is RequestAnswer => step.kind === "request-answer";
export const isWebhookAnswer = (step: Step): step is z.infer<typeof webhookAnswer> =>
  step.kind === "webhook-answer";

const HINT = "Download the call from the emulator's inspector: open the call, then “Download the call”.";

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("usage", `${name} is not JSON.`, { hint: HINT, cause });
  }
}

/** @param name of the file, for errors @throws AppError usage when it is not the file of a call */
export function readCallFile(text: string, name: string): CallFile {
  const value = parse(text, name);
  const { format, version } = (typeof value === "object" && value !== null ? value : {}) as Partial<CallFile>;
  if (format !== FORMAT)
    throw new AppError("usage", `${name} is not a call that the emulator has saved.`, { hint: HINT });
  if (typeof version === "number" && version > VERSION)
    throw new AppError(
      "usage",
      `${name} has version ${version}, and this release reads version ${VERSION}.`,
      {
        hint: "Upgrade warm-transfer.",
      },
    );
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue?.path.join(".") ?? "";
  throw new AppError("usage", `${name} is damaged${where === "" ? "" : ` at ${where}`}: ${issue?.message}.`, {
    hint: HINT,
  });
}
