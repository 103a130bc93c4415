import { TwilioError } from "../engine/engine.ts";
import { notImplemented } from "./errors.ts";
import { hasNoEffect } from "./no-effect.ts";
import type { Fields, Operation } from "./operation.ts";

/** Names the wrong parameter, so that a test need not parse the message. */
export const UNKNOWN_PARAMETER_HEADER = "Emulator-Unknown-Parameter";

/** 400/20001 where Twilio would answer as if the parameter had not been sent. */
export class UnknownParameterError extends TwilioError {
  readonly parameter: string;
  constructor(operation: Operation, parameter: string) {
    const known = [...operation.parameters, ...operation.inert].join(", ") || "none";
    super(
      20001,
      `${operation.name} has no parameter "${parameter}". Twilio would ignore it in silence; the emulator refuses it. Known: ${known}.`,
    );
    this.parameter = parameter;
  }
}

/**
 * @throws UnknownParameterError for a parameter that Twilio does not have
 * @throws TwilioError 501 for one that only Twilio has, unless it has no effect as it was sent
 */
export function checkParameters(operation: Operation, fields: Fields): void {
  const known = new Set([...operation.parameters, ...operation.inert]);
  for (const name of fields.keys()) {
    if (known.has(name)) continue;
    if (operation.unsupported.includes(name)) {
      if (hasNoEffect(name, fields)) continue;
      throw notImplemented(`The parameter ${name} of ${operation.name}`);
    }
    throw new UnknownParameterError(operation, name);
  }
}
