import { STATUS_CODES, type ServerResponse } from "node:http";
import type { Clock } from "../clock.ts";
import { TwilioError } from "../engine/engine.ts";
import type { Answer } from "../rest/operation.ts";
import { respond, respondError } from "../rest/respond.ts";
import type { FaultBook } from "./create-faults.ts";
import type { RestFault } from "./fault.ts";

interface Request {
  res: ServerResponse;
  /** By `performance.now()`. */
  startedAt: number;
  clock: Clock;
  faults: Pick<FaultBook, "hold">;
  /** Carries out the request. @throws TwilioError */
  run: () => Answer;
}

const HTML =
  "<!doctype html><html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>";

/** Twilio's code of a status is 20000 and the status (20429, 20500, …); 20003 is that of 401. */
function errorOf(status: number, code?: number): TwilioError {
  const usual = status === 401 ? 20_003 : 20_000 + status;
  return new TwilioError(code ?? usual, STATUS_CODES[status] ?? `Status ${status}`, status);
}

function spoil({ res, startedAt }: Request, { answer, code }: RestFault): void {
  if (answer === "reset") res.socket?.resetAndDestroy();
  else if (answer === "html") res.writeHead(502, { "Content-Type": "text/html" }).end(HTML);
  else if (answer !== undefined) respondError(res, startedAt, errorOf(answer, code));
}

/**
 * Answers a request as a fault says. A client that gives up before the answer has had no effect, unless the fault comes
 * after the effect. What REST refuses of itself is refused as ever.
 */
export async function spoilAnswer(request: Request, fault: RestFault): Promise<void> {
  const { res, startedAt, clock, faults, run } = request;
  const done = fault.afterEffect ? run() : null;
  const { delayMs } = fault;
  if (delayMs !== undefined) await faults.hold(new Promise((resolve) => void clock.after(delayMs, resolve)));
  if (res.destroyed) return;
  if (fault.answer === undefined) respond(res, startedAt, done ?? run());
  else spoil(request, fault);
}
