import { type QuirkName, type Quirks, quirkNames, quirkValue, quirks, variantsOf } from "../quirks.ts";
import { CommandError } from "./command-error.ts";

function listing(): string {
  const rows = quirkNames.map((name) => ({ name: `${name}=${quirks[name].default}`, quirk: name }));
  const width = Math.max(...rows.map(({ name }) => name.length));
  return [
    "Pass one of these, here with their defaults:",
    ...rows.map(({ name, quirk }) => `  ${name.padEnd(width)}  ${quirks[quirk].about}: ${variantsOf(quirk)}`),
  ].join("\n");
}

const isQuirk = (name: string): name is QuirkName => Object.hasOwn(quirks, name);

function parse(text: string): [name: QuirkName, value: Quirks[QuirkName]] {
  const [name = "", value] = text.split(/=(.*)/s);
  if (!isQuirk(name)) throw new CommandError(`The emulator has no quirk "${name}".`, listing());
  const parsed = value === undefined ? undefined : quirkValue(name, value);
  if (parsed !== undefined) return [name, parsed];
  const problem = value === undefined ? "needs a value" : `cannot be "${value}"`;
  throw new CommandError(`The quirk ${name} ${problem}.`, `Pass --quirk ${name}=VALUE: ${variantsOf(name)}`);
}

/**
 * The quirks that `--quirk` options choose.
 * @param given `name=value` of each; true: one came without
 * @throws CommandError that lists names and values
 */
export function readQuirks(given: readonly string[] | true): Partial<Quirks> {
  if (given === true) throw new CommandError("--quirk needs a name and a value.", listing());
  const chosen = new Map<QuirkName, Quirks[QuirkName]>();
  for (const text of given) {
    const [name, value] = parse(text);
    if (chosen.has(name)) throw new CommandError(`The quirk ${name} was given twice.`, `Pass it once.`);
    chosen.set(name, value);
  }
  return Object.fromEntries(chosen);
}
