import type { Request, RequestHandler, Response } from "express";
import { type ZodType, z } from "zod";
import { AppError } from "../../errors.ts";
import { AGENT_ID, E164 } from "../../identifiers.ts";
import { sendError } from "../http-errors.ts";
import { API_VERSION, API_VERSION_HEADER, SERVER_TIME_HEADER } from "../../version.ts";

const agent = z
  .string()
  .regex(AGENT_ID, "must be an agent's id: letters, digits and underscores, at most 121");

/** People read it in one line: line breaks become spaces. */
const note = z
  .string()
  .overwrite((text) => text.trim().replace(/\s+/gu, " "))
  .regex(/^[^\p{Cc}\u2028\u2029]{1,500}$/u, "must have 1 to 500 characters");

export const transferMode = z.enum(["three-way", "consult", "blind"]);

/** As Twilio dials it (www.twilio.com/docs/voice/api/call-resource, "To"). */
const SIP_ADDRESS = /^sips?:[^\s@;?,<>"']{1,64}@[A-Za-z0-9.-]{1,128}(:\d{1,5})?$/;

/** The body of an agent's request. */
export const agentsTransferBody = z.strictObject({
  to: agent,
  mode: transferMode.exactOptional().describe("Default: the setting `transferMode`."),
  note: note
    .exactOptional()
    .describe("Shown to the target before answering, or read to a target who is not an agent."),
});

/** Only operators may call a target who is not an agent, because that call costs money. */
export const transferBody = agentsTransferBody.extend({
  to: z
    .union(
      [agent, z.string().regex(E164), z.string().regex(SIP_ADDRESS)],
      "must be an agent's id, a phone number in E.164, or a SIP address",
    )
    .describe("An agent's id; from operators also a phone number (E.164) or a SIP address."),
});
/** Without control characters, and short enough for one line. */
const name = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}\u2028\u2029]{1,60}$/u, "must have 1 to 60 characters, on one line");

export const addAgentBody = z.strictObject({ id: agent, name: name.exactOptional() });
export const participantChange = z.enum(["hold", "unhold", "mute", "unmute", "remove"]);
export const historyQuery = z.strictObject({
  since: z
    .string()
    .regex(/^\d{1,15}$/, "must be milliseconds since 1970")
    .exactOptional(),
});
export const mutedBody = z.strictObject({ muted: z.boolean() });
export const holdBody = z.strictObject({ onHold: z.boolean() });
/** www.twilio.com/docs/api/errors: five digits. */
export const refusedLineBody = z.strictObject({ code: z.int().min(10_000).max(99_999) });
export const eventsQuery = z.object({
  agent: agent.exactOptional(),
  "takes-calls": z
    .enum(["on", "off"])
    .exactOptional()
    .describe("What the window last knew; counts where the server knows nothing, as after a restart."),
  line: z
    .enum(["on", "off"])
    .exactOptional()
    .describe(
      "Whether a call is up in this window. If it is up in no window, the leg counts as lost before Twilio notices.",
    ),
});
/** Forms of the tutorial's C# edition. */
export const agentForm = z.object({ agentId: agent.optional() });

/** Parses a part of a request. @throws AppError usage that names the first mistake */
export function readBy<T>(schema: ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const where = issue && issue.path.length > 0 ? `${issue.path.join(".")}: ` : "";
  throw new AppError("usage", `The request is malformed: ${where}${issue?.message ?? ""}`, {
    hint: "docs/control-api.md describes every request.",
  });
}

/** Parses a request's body. @throws AppError usage */
export const readBody = <T>(schema: ZodType<T>, request: Request): T => readBy(schema, request.body ?? {});

/** Refuses a body of a type that the server would ignore. */
export function bodyTypes(...types: string[]): RequestHandler {
  return (request, response, next) => {
    const type = request.is(types);
    // null: there is no body; one without length is none either.
    if (type !== false || request.headers["content-length"] === "0") return next();
    sendError(
      response,
      415,
      new AppError("usage", `The body must be ${types.join(" or ")}.`, {
        hint: "Set the header Content-Type.",
      }),
    );
  };
}

function refuse(theirs: number, response: Response): void {
  const [older, hint] =
    theirs < API_VERSION
      ? ["the client is older", "Update warm-transfer on this machine."]
      : ["the server is older", "Update warm-transfer on the server's machine and restart the server."];
  const message = `The server has version ${API_VERSION} of the control API, the client version ${theirs}: ${older}.`;
  sendError(response, 409, new AppError("conflict", message, { hint }), "wrong-version");
}

/** Adds the control API's version to every response, and refuses requests with another version. */
export const apiVersion: RequestHandler = (request, response, next) => {
  response.setHeader(API_VERSION_HEADER, String(API_VERSION));
  response.setHeader("Cache-Control", "no-store");
  const theirs = request.get(API_VERSION_HEADER) ?? String(API_VERSION);
  if (!/^\d{1,9}$/.test(theirs))
    throw new AppError("usage", `The header ${API_VERSION_HEADER} must be a number.`, {
      hint: `The server has version ${API_VERSION}.`,
    });
  if (Number(theirs) === API_VERSION) return next();
  refuse(Number(theirs), response);
};

export const serverTime =
  (now: () => number): RequestHandler =>
  (_request, response, next) => {
    response.setHeader(SERVER_TIME_HEADER, String(now()));
    next();
  };
