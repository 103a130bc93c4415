// Finds every place of a source file that can be changed so that it still compiles and means something else.
import { parseAst } from "vite";

const OPERATORS = {
  "&&": "||",
  "||": "&&",
  "===": "!==",
  "!==": "===",
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "+": "-",
  "-": "+",
};
const METHODS = { min: "max", max: "min", some: "every", every: "some", find: "findLast" };

const replaced = ({ start, end }, by) => ({ start, end, by });

/** Each kind of node with its changes; a change replaces the text between two offsets. */
const CHANGES = {
  LogicalExpression: (node, text) =>
    node.operator === "??" ? [replaced(node, text(node.left))] : operator(node, text),
  BinaryExpression: (node, text) => operator(node, text),
  UnaryExpression: (node, text) => (node.operator === "!" ? [replaced(node, text(node.argument))] : []),
  ConditionalExpression: (node, text) => [
    replaced(node, `(${text(node.consequent)})`),
    replaced(node, `(${text(node.alternate)})`),
  ],
  IfStatement: ({ test }) => [replaced(test, "false"), replaced(test, "true")],
  Literal: (node) => {
    if (typeof node.value === "boolean") return [replaced(node, String(!node.value))];
    return typeof node.value === "number" ? [replaced(node, String(node.value + 1))] : [];
  },
  CallExpression: (node, text) => {
    const { callee } = node;
    if (callee.type !== "MemberExpression" || callee.computed) return [];
    if (callee.property.name === "filter") return [replaced(node, text(callee.object))];
    const other = METHODS[callee.property.name];
    return other ? [replaced(callee.property, other)] : [];
  },
};

function operator(node, text) {
  const other = OPERATORS[node.operator];
  if (!other) return [];
  const [start, end] = [node.left.end, node.right.start];
  return [{ start, end, by: text({ start, end }).replace(node.operator, () => other) }];
}

/** Types are erased: what is changed in them is no mutant. */
const isType = ({ type }) => type.startsWith("TS") && !/^TS(As|Satisfies|NonNull)/.test(type);
const isFunction = ({ type }) => /Function/.test(type);

/** The expression that can be exchanged as a whole: of `a?.b().c` only all of it, since `?.` skips the rest. */
function hostOf(node, key, parent, around) {
  if (parent?.type === "ChainExpression") return parent;
  return around.host.type === "ChainExpression" && (key === "object" || key === "callee")
    ? around.host
    : node;
}

function visit(node, key, parent, around, found) {
  if (node === null || typeof node !== "object") return;
  if (Array.isArray(node)) return node.forEach((each) => visit(each, key, parent, around, found));
  if (typeof node.type !== "string" || isType(node) || node.type === "ImportDeclaration") return;
  if (parent?.type === "Property" && key === "key" && !parent.computed) return;
  const host = hostOf(node, key, parent, around);
  const inside = { ...around, host, isStatic: around.isStatic && !isFunction(node) };
  for (const change of CHANGES[node.type]?.(node, around.text) ?? []) {
    const { start, end } = node.type === "IfStatement" ? node.test : host;
    found.push({ ...change, host: { start, end }, isStatic: inside.isStatic });
  }
  for (const [each, child] of Object.entries(node))
    if (each !== "parent") visit(child, each, node, inside, found);
}

/**
 * @returns the mutants of a source, each with its line, what stood there and what stands there now. `host` is the expression
 *   around it that can be exchanged as a whole; a static one is evaluated only once, when its module is loaded
 */
export function mutantsOf(file, source) {
  const text = ({ start, end }) => source.slice(start, end);
  const found = [];
  visit(parseAst(source, { lang: "ts" }), "", undefined, { text, host: {}, isStatic: true }, found);
  return found.map(({ start, end, by, host, isStatic }) => ({
    file,
    line: source.slice(0, start).split("\n").length,
    was: source.slice(start, end),
    by,
    host,
    isStatic,
    changed: source.slice(host.start, start) + by + source.slice(end, host.end),
  }));
}

/** The source with all of these mutants in it; `isMutant(id)` says at run time which one is meant. */
export function withMutants(source, mutants) {
  const hosts = new Map();
  for (const mutant of mutants) {
    const place = `${mutant.host.start}-${mutant.host.end}`;
    const host = hosts.get(place) ?? { ...mutant.host, mutants: [] };
    host.mutants.push(mutant);
    hosts.set(place, host);
  }
  const ordered = [...hosts.values()].toSorted((a, b) => a.start - b.start || b.end - a.end);
  let next = 0;
  const render = (start, end) => {
    let [code, at] = ["", start];
    while (next < ordered.length && ordered[next].start < end) {
      const host = ordered[next++];
      const inner = render(host.start, host.end);
      const choices = host.mutants.map(({ id, changed }) => `isMutant(${id}) ? (${changed}) : `).join("");
      code += `${source.slice(at, host.start)}(${choices}(${inner}))`;
      at = host.end;
    }
    return code + source.slice(at, end);
  };
  return render(0, source.length);
}
