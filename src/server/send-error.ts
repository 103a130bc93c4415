import type { Response } from "express";
import type { AppError } from "../errors.ts";
import type { Principal } from "./auth/principal.ts";
import { errorAnswer } from "./http-errors.ts";

/** Answers a request of the control API with an error. `code` is for programs; it defaults to the error's own, or the category. */
export function sendError(response: Response, status: number, error: AppError, code?: string): void {
  const principal = response.locals.principal as Principal | undefined;
  response.status(status).json(errorAnswer(error, { code, toOperator: principal?.kind === "operator" }));
}
