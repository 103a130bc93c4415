/** Counted from 1. */
export interface Place {
  line: number;
  column: number;
}

export type JsonPath = readonly (string | number)[];

export interface JsonMistake extends Place {
  message: string;
}

export interface JsonPlaces {
  /** The first syntax error; nothing after it was read. */
  broken: JsonMistake | undefined;
  /** Keys that appear a second time in their object. */
  repeated: { path: JsonPath; place: Place }[];
  /** Where a key or an array item is; the first line for a missing one. */
  placeOf(path: JsonPath): Place;
}

const SPACE = /[ \t\r\n]*/y;
const TEXT = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const LITERAL = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y;

/** Thrown inside this file only. */
interface Stop {
  message: string;
  at: number;
}

function syntaxError(text: string, at: number, expected: string): string {
  const rest = text.slice(at);
  if (rest === "") return `the file ends, but ${expected} is expected`;
  if (/^\/[/*]/.test(rest)) return "JSON does not allow comments";
  if (rest.startsWith("'")) return "strings and keys need double quotes";
  if (/^[\]}]/.test(rest) && /,\s*$/.test(text.slice(0, at))) return "there is an extra comma before this";
  if (rest.startsWith('"') && expected !== "the end of the file")
    return `expected ${expected}, or the string is not JSON`;
  return `expected ${expected}`;
}

function placeAt(text: string, at: number): Place {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function createReader(text: string) {
  let at = 0;
  const stop = (expected: string): never => {
    const error: Stop = { message: syntaxError(text, at, expected), at };
    throw error;
  };
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  return {
    at: () => at,
    skip: () => void take(SPACE),
    is: (character: string) => text[at] === character,
    isEnd: () => at === text.length,
    /** Consumes a character if it is the next one. */
    consume: (character: string) => text[at] === character && ++at > 0,
    text: (expected: string) => JSON.parse(take(TEXT) ?? stop(expected)) as string,
    literal: (expected: string) => void (take(LITERAL) ?? stop(expected)),
    stop,
  };
}

type Reader = ReturnType<typeof createReader>;
type Note = (path: JsonPath, at: number) => void;

function readItems(reader: Reader, close: string, readItem: () => void): void {
  reader.skip();
  if (reader.consume(close)) return;
  do {
    reader.skip();
    readItem();
    reader.skip();
  } while (reader.consume(","));
  if (!reader.consume(close)) reader.stop(`a comma or ${close}`);
}

function readValue(reader: Reader, path: JsonPath, note: Note): void {
  if (reader.consume("{")) {
    readItems(reader, "}", () => {
      const at = reader.at();
      const inner = [...path, reader.text("a key in double quotes")];
      note(inner, at);
      reader.skip();
      if (!reader.consume(":")) reader.stop("a colon");
      reader.skip();
      readValue(reader, inner, note);
    });
  } else if (reader.consume("[")) {
    let index = 0;
    readItems(reader, "]", () => {
      const inner = [...path, index++];
      note(inner, reader.at());
      readValue(reader, inner, note);
    });
  } else if (reader.is('"')) reader.text("a string that ends on its line");
  else reader.literal("a value");
}

const isStop = (thrown: unknown): thrown is Stop => typeof (thrown as Stop | null)?.at === "number";

/** Finds the line and column of everything in a JSON text, which `JSON.parse` does not report. */
export function readJsonPlaces(text: string): JsonPlaces {
  const places = new Map<string, number>();
  const repeated: JsonPlaces["repeated"] = [];
  const note: Note = (path, at) => {
    const key = JSON.stringify(path);
    if (places.has(key)) repeated.push({ path, place: placeAt(text, at) });
    places.set(key, at);
  };
  const placeOf = (path: JsonPath): Place => placeAt(text, places.get(JSON.stringify(path)) ?? 0);
  const reader = createReader(text);
  try {
    reader.skip();
    readValue(reader, [], note);
    reader.skip();
    if (!reader.isEnd()) reader.stop("the end of the file");
    return { broken: undefined, repeated, placeOf };
  } catch (thrown) {
    if (!isStop(thrown)) throw thrown;
    return { broken: { message: thrown.message, ...placeAt(text, thrown.at) }, repeated, placeOf };
  }
}
