import type { HttpMethod } from "../types.ts";
import type { Vocabulary } from "./vocabulary.ts";
import type { Element } from "./xml.ts";

/** Reads attributes by type; whatever is wrong becomes a warning and the default (Twilio's schema warning 12200). */
export interface Attributes {
  text(name: string): string | null;
  flag(name: string, fallback: boolean): boolean;
  whole(name: string, fallback: number, limits?: [number, number]): number;
  method(name: string, fallback?: HttpMethod): HttpMethod;
  oneOf<T extends string>(name: string, values: readonly T[], fallback: T): T;
  words(name: string): string[];
}

export type Warn = (message: string) => void;

/** Warns of names that are not in the element's vocabulary. */
export function readAttributes(element: Element, known: Vocabulary, warn: Warn): Attributes {
  const { name: tag, attributes } = element;
  for (const name of Object.keys(attributes))
    if (!known.attributes.includes(name) && !known.inert.includes(name))
      warn(`Attribute '${name}' is not allowed in <${tag}>`);
  const text = (name: string): string | null => attributes[name] ?? null;
  const wrong = (name: string): void =>
    warn(`Attribute '${name}' of <${tag}> has the wrong value '${text(name)}'`);
  const oneOf = <T extends string>(name: string, values: readonly T[], fallback: T): T => {
    const value = text(name);
    const found = values.find((v) => v === value);
    if (value !== null && found === undefined) wrong(name);
    return found ?? fallback;
  };
  return {
    text,
    oneOf,
    flag: (name, fallback) => oneOf(name, ["true", "false"], fallback ? "true" : "false") === "true",
    whole(name, fallback, [min, max] = [0, Number.MAX_SAFE_INTEGER]) {
      const value = text(name);
      if (value === null) return fallback;
      if (!/^\d+$/.test(value)) wrong(name);
      return /^\d+$/.test(value) ? Math.min(max, Math.max(min, Number(value))) : fallback;
    },
    method: (name, fallback = "POST") =>
      oneOf(name, ["GET", "POST", "get", "post"], fallback).toUpperCase() as HttpMethod,
    words: (name) => (text(name) ?? "").split(/\s+/).filter(Boolean),
  };
}
