import { TwilioError } from "../engine/engine.ts";
import { notFound, notImplemented } from "./errors.ts";
import type { Operation } from "./operation.ts";
import { operations } from "./operations.ts";
import { isOnlyTwilios } from "./twilio-paths.ts";

const BASE = "/2010-04-01/Accounts";

interface Route {
  operation: Operation;
  path: Record<string, string>;
}

function patternOf({ path }: Operation): RegExp {
  return new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`);
}

const routes = operations.map((operation) => ({ operation, pattern: patternOf(operation) }));

function decoded(groups: Record<string, string>, uri: string): Record<string, string> {
  try {
    return Object.fromEntries(Object.entries(groups).map(([key, value]) => [key, decodeURIComponent(value)]));
  } catch {
    throw notFound(uri);
  }
}

/**
 * The operation that a request means.
 * @param uri the request's path, still encoded
 * @throws TwilioError 501 for a path that only Twilio has, 404/20404 for an unknown one, 405/20004 for a wrong method
 */
export function route(method: string, uri: string): Route {
  if (!uri.startsWith(BASE)) throw notFound(uri);
  const path = uri.slice(BASE.length);
  if (isOnlyTwilios(method, path)) throw notImplemented(`${method} ${uri}`);
  const found = routes.flatMap(({ operation, pattern }) => {
    const match = pattern.exec(path);
    return match ? [{ operation, groups: match.groups ?? {} }] : [];
  });
  const chosen = found.find(({ operation }) => operation.method === method);
  if (chosen) return { operation: chosen.operation, path: decoded(chosen.groups, uri) };
  if (found.length > 0) throw new TwilioError(20004, `Method not allowed: ${method} ${uri}`, 405);
  if (routes.some(({ pattern }) => pattern.test(`${path}.json`)))
    throw notImplemented(`An answer in XML (${uri}; ask for ${uri}.json)`);
  throw notFound(uri);
}
