import type { Request, RequestHandler } from "express";
import { type ZodType, z } from "zod";
import { AppError } from "../../errors.ts";
import { sendError } from "../send-error.ts";

const agent = z.string().regex(/^[A-Za-z0-9_]{1,121}$/, "must be an agent's id");

export const transferBody = z.strictObject({ to: agent, mode: z.literal("three-way").optional() });
export const readyBody = z.strictObject({ ready: z.boolean() });
/** Forms of the tutorial's C# edition. */
export const agentForm = z.object({ agentId: agent.optional() });

/** Reads a request's body by a schema. @throws AppError usage that names the first thing that is wrong */
export function readBody<T>(schema: ZodType<T>, request: Request): T {
  const read = schema.safeParse(request.body ?? {});
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const where = issue && issue.path.length > 0 ? `${issue.path.join(".")}: ` : "";
  throw new AppError("usage", `The request is not what it should be: ${where}${issue?.message ?? ""}`);
}

/** Refuses a body that would otherwise be left unread. */
export function bodyTypes(...types: string[]): RequestHandler {
  return (request, response, next) => {
    const type = request.is(types);
    // null: there is no body; one without length is none either.
    if (type !== false || request.headers["content-length"] === "0") return next();
    sendError(response, 415, new AppError("usage", `The body must be ${types.join(" or ")}.`));
  };
}
