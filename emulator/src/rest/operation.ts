import type { Clock } from "../clock.ts";
import type { Engine } from "../engine/engine.ts";
import type { Quirks } from "../quirks.ts";
import type { Listed } from "./listed.ts";

/** The dependencies of an operation. */
export interface RestContext {
  engine: Engine;
  clock: Clock;
  quirks: Quirks;
  listed: Listed;
  /** The emulator's address, in place of `https://api.twilio.com`. */
  address: () => string;
}

/** Reads a parameter's texts (it may come more than once). @throws TwilioError with the code that Twilio answers */
export type Parser<T> = (values: readonly [string, ...string[]], name: string) => T;
export type ParameterTable = Readonly<Record<string, Parser<unknown>>>;
/** The parameters that were sent, by name. */
export type Parsed<P extends ParameterTable> = { readonly [K in keyof P]?: ReturnType<P[K]> };

/** Every text that was sent under a name, in form and query. */
export type Fields = ReadonlyMap<string, readonly [string, ...string[]]>;

/** A request that was recognised: `path` holds the placeholders' values, decoded. */
export interface Invocation {
  context: RestContext;
  /** By which credentials. */
  asker: "account" | "key";
  path: Readonly<Record<string, string>>;
  fields: Fields;
  /** The request's path, without its query. */
  uri: string;
}

export interface Answer {
  status: 200 | 201 | 204;
  body: unknown;
}

export interface Operation {
  /** Twilio's name for it, such as `CreateCall`. */
  readonly name: string;
  readonly method: "GET" | "POST" | "DELETE";
  /** Below `/2010-04-01/Accounts`, with `{Placeholders}`. */
  readonly path: string;
  /** Parameters that have an effect. */
  readonly parameters: readonly string[];
  /** Parameters of Twilio's that are accepted because nothing of them could be seen here. */
  readonly inert: readonly string[];
  /** Parameters of Twilio's that are refused with 501, unless they have no effect as they were sent. */
  readonly unsupported: readonly string[];
  run(invocation: Invocation): Answer;
}

interface Definition<P extends ParameterTable> {
  name: string;
  method: Operation["method"];
  path: string;
  parameters: P;
  inert?: readonly string[];
  unsupported?: readonly string[];
  run(request: Omit<Invocation, "fields"> & { parameters: Parsed<P>; fields: Fields }): Answer;
}

function parse<P extends ParameterTable>(table: P, fields: Fields): Parsed<P> {
  const parsed: Record<string, unknown> = {};
  for (const [name, values] of fields) {
    const parser = table[name];
    if (parser) parsed[name] = parser(values, name);
  }
  return parsed as Parsed<P>;
}

/** One operation of Twilio's API: the router, the check for unknown parameters and the coverage table read it. */
export function defineOperation<P extends ParameterTable>(definition: Definition<P>): Operation {
  const { name, method, path, parameters, inert = [], unsupported = [] } = definition;
  return {
    name,
    method,
    path,
    parameters: Object.keys(parameters),
    inert,
    unsupported,
    run: (invocation) => definition.run({ ...invocation, parameters: parse(parameters, invocation.fields) }),
  };
}
