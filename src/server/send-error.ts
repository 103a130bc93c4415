import type { Response } from "express";
import type { AppError } from "../errors.ts";
import type { Principal } from "./auth/principal.ts";
import { errorAnswer } from "./http-errors.ts";
import type { ShowNotice } from "./page/notice-page.ts";

/**
 * Sends an HTML page to a person, JSON to a program.
 * @param code default: the error's code, or its category
 */
export function sendError(response: Response, status: number, error: AppError, code?: string): void {
  const principal = response.locals.principal as Principal | undefined;
  const answer = errorAnswer(error, { code, toOperator: principal?.kind === "operator" });
  const showNotice = response.locals.showNotice as ShowNotice | undefined;
  if (showNotice) void showNotice(status, answer.error);
  else response.status(status).json(answer);
}
