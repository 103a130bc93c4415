import type { Command } from "commander";

/** Puts examples before everything else in a command's help: `[what to type, what it does]`. */
export function withExamples(command: Command, examples: readonly (readonly [string, string])[]): Command {
  const width = Math.max(...examples.map(([typed]) => typed.length));
  return command.addHelpText("before", () => {
    const style = command.createHelp();
    const lines = examples.map(([typed, meaning]) => `  $ ${typed.padEnd(width)}   ${meaning}`);
    return `${style.styleTitle("Examples:")}\n${lines.join("\n")}\n`;
  });
}
