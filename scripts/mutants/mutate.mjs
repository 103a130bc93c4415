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
  ConditionalExpression: ({ start, end, consequent, alternate }, text) => [
    { start, end, by: `(${text(consequent)})` },
    { start, end, by: `(${text(alternate)})` },
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

function visit(node, found, text) {
  if (node === null || typeof node !== "object") return;
  if (Array.isArray(node)) return node.forEach((each) => visit(each, found, text));
  if (typeof node.type !== "string" || isType(node) || node.type === "ImportDeclaration") return;
  found.push(...(CHANGES[node.type]?.(node, text) ?? []));
  for (const [key, child] of Object.entries(node)) if (key !== "parent") visit(child, found, text);
}

/** @returns the mutants of a source, each with its line, what stood there, what stands there now, and the whole code */
export function mutantsOf(file, source) {
  const text = ({ start, end }) => source.slice(start, end);
  const changes = [];
  visit(parseAst(source, { lang: "ts" }), changes, text);
  return changes.map(({ start, end, by }) => ({
    file,
    line: source.slice(0, start).split("\n").length,
    was: source.slice(start, end),
    by,
    code: source.slice(0, start) + by + source.slice(end),
  }));
}
