import type { z } from "zod";
import { type JsonPath, type Place, readJsonPlaces } from "./json-places.ts";
import { closestWord } from "./closest-word.ts";
import { MUST, type ProjectFile, projectSchema } from "./project-schema.ts";

interface Found {
  place: Place;
  message: string;
}

type Issue = z.core.$ZodIssue;

const wildcard = (path: JsonPath): string =>
  path.map((part) => (typeof part === "number" ? "*" : part)).join(".");

/** `agents[0].name` */
const written = (path: JsonPath): string =>
  path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : index > 0 ? `.${part}` : part))
    .join("");

function unknownKey(parent: JsonPath, key: string): string {
  const prefix = parent.length === 0 ? "" : `${wildcard(parent)}.`;
  const siblings = Object.keys(MUST)
    .filter((each) => each.startsWith(prefix))
    .map((each) => each.slice(prefix.length))
    .filter((each) => !each.includes("."));
  const closest = closestWord(key, siblings);
  const help = closest
    ? `did you mean ${closest}?`
    : `the settings here are ${siblings.filter((each) => each !== "$schema").join(", ")}.`;
  return `there is no setting ${written([...parent, key])}; ${help}`;
}

function sentencesOf(issue: Issue): { path: JsonPath; message: string }[] {
  const path = issue.path as JsonPath;
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...path, key], message: unknownKey(path, key) }));
  if (issue.code === "custom") return [{ path, message: issue.message }];
  if (path.length === 0) return [{ path, message: "the file must contain one object: { … }" }];
  const isMissing = issue.code === "invalid_type" && issue.message.endsWith("received undefined");
  const must = MUST[wildcard(path)] ?? "something else";
  const message = isMissing ? `${written(path)} is missing.` : `${written(path)} must be ${must}.`;
  // A missing key has no place: report it at its object.
  return [{ path: isMissing ? path.slice(0, -1) : path, message }];
}

export type ParsedProject = { project: ProjectFile } | { mistakes: string[] };

/** Parses the text of `warm-transfer.json`: the settings, or a sentence for each mistake with its line, from the top. */
export function parseProjectFile(text: string): ParsedProject {
  const places = readJsonPlaces(text);
  const { broken } = places;
  if (broken) return { mistakes: [`line ${broken.line}, column ${broken.column}: ${broken.message}.`] };
  const result = projectSchema.safeParse(JSON.parse(text));
  const found: Found[] = places.repeated.map(({ path, place }) => ({
    place,
    message: `${written(path)} appears twice.`,
  }));
  for (const issue of result.error?.issues ?? [])
    for (const { path, message } of sentencesOf(issue)) found.push({ place: places.placeOf(path), message });
  if (result.success && found.length === 0) return { project: result.data };
  found.sort((a, b) => a.place.line - b.place.line);
  return { mistakes: [...new Set(found.map(({ place, message }) => `line ${place.line}: ${message}`))] };
}
