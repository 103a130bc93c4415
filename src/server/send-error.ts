import type { Response } from "express";
import type { AppError } from "../errors.ts";
import { errorAnswer } from "./http-errors.ts";

/** Answers a request of the control API with an error. `code` is for programs; it defaults to the error's own, or the category. */
export function sendError(response: Response, status: number, error: AppError, code?: string): void {
  response.status(status).json(errorAnswer(error, code));
}
