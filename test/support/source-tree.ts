import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { parseAst } from "vite";

/** One source file with what the architecture test asks of it. */
export interface SourceFile {
  /** Relative to the project's folder, with forward slashes. */
  path: string;
  text: string;
  lines: number;
  imports: Import[];
  functions: { name: string; lines: number }[];
  /** What each class extends. */
  supers: string[];
  /** It has nothing of its own. */
  reExports: boolean;
}

export interface Import {
  /** The project's path of an own file, or the name of a package (`@scope/name`, `node:fs`). */
  target: string;
  /** As it is written. */
  specifier: string;
  own: boolean;
  typeOnly: boolean;
  /** By `import()`, when the code runs. */
  lazy: boolean;
}

type Node = { type: string; start: number; end: number } & Record<string, unknown>;

const ROOT = new URL("../../", import.meta.url).pathname;

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}

function* nodesBelow(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* nodesBelow(child);
}

function packageName(specifier: string): string {
  if (specifier.startsWith("node:")) return specifier;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function importOf(from: string, node: Node): Import | undefined {
  const source = node.source as { value?: unknown } | null | undefined;
  const specifier = source?.value;
  if (typeof specifier !== "string") return undefined;
  const own = specifier.startsWith(".");
  const specifiers = (node.specifiers ?? []) as { importKind?: string; exportKind?: string }[];
  const everySpecifierIsType =
    specifiers.length > 0 && specifiers.every((s) => s.importKind === "type" || s.exportKind === "type");
  return {
    own,
    specifier,
    target: own ? normalize(join(dirname(from), specifier)) : packageName(specifier),
    typeOnly: node.importKind === "type" || node.exportKind === "type" || everySpecifierIsType,
    lazy: node.type === "ImportExpression",
  };
}

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);
const IMPORTS = new Set([
  "ImportDeclaration",
  "ExportNamedDeclaration",
  "ExportAllDeclaration",
  "ImportExpression",
  "TSImportType",
]);

const countLines = (text: string): number => text.split("\n").length;

function readSource(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), "utf8");
  const file: SourceFile = {
    path,
    text,
    lines: countLines(text.trimEnd()),
    imports: [],
    functions: [],
    supers: [],
    reExports: false,
  };
  const program = parseAst(text, { lang: "ts" }) as unknown as Node & { body: Node[] };
  file.reExports = program.body.every(
    ({ type, source }) => type === "ImportDeclaration" || (type.startsWith("Export") && Boolean(source)),
  );
  for (const node of nodesBelow(program)) {
    const found = IMPORTS.has(node.type) ? importOf(path, node) : undefined;
    if (found) file.imports.push(found);
    if (FUNCTIONS.has(node.type)) {
      const name = (node.id as { name?: string } | null)?.name ?? "(anonymous)";
      file.functions.push({ name, lines: countLines(text.slice(node.start, node.end)) });
    }
    if (node.type === "ClassDeclaration" && isNode(node.superClass))
      file.supers.push(text.slice(node.superClass.start, node.superClass.end));
  }
  return file;
}

/** Every TypeScript file below the given folders of the project. */
export function sourceTree(...folders: string[]): SourceFile[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"))
    .sort()
    .map(readSource);
}

/** The first import cycle among own files, types and lazy ones included, or undefined. */
export function findCycle(files: readonly SourceFile[]): string[] | undefined {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const visit = (path: string, trail: string[]): string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return undefined;
    done.add(path);
    for (const { own, target } of byPath.get(path)?.imports ?? []) {
      const cycle = own ? visit(target, [...trail, path]) : undefined;
      if (cycle) return cycle;
    }
    return undefined;
  };
  for (const { path } of files) {
    const cycle = visit(path, []);
    if (cycle) return cycle;
  }
  return undefined;
}
