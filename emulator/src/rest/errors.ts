import { TwilioError } from "../engine/engine.ts";

/** 404/20404 for a path or a resource (www.twilio.com/docs/api/errors/20404). */
export function notFound(uri: string): TwilioError {
  return new TwilioError(20404, `The requested resource ${uri} was not found`, 404);
}

/** 400/20422: a parameter's value is not one of Twilio's (www.twilio.com/docs/api/errors/20422). */
export function invalidParameter(name: string, expected: string): TwilioError {
  return new TwilioError(20422, `Invalid Parameter: ${name} must be ${expected}`);
}

/** A feature of Twilio that the emulator lacks. Code and HTTP status are 501, which Twilio does not use. */
export function notImplemented(what: string): TwilioError {
  return new TwilioError(501, `${what} is part of Twilio's API but not of the emulator (SUPPORTED.md).`, 501);
}
