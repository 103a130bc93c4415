import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Runs a program in the project's folder. `quiet` collects its output; otherwise the output goes to stdout. */
export function run(command, args, { quiet = false, env = {} } = {}) {
  return new Promise((resolve) => {
    const stdio = quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"];
    const child = spawn(command, args, { cwd: ROOT, stdio, env: { ...process.env, ...env } });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => resolve({ code: 127, output: error.message }));
    child.on("close", (code, signal) => resolve({ code: signal ? 1 : (code ?? 1), output }));
  });
}

/** Runs a program of an installed package with this Node. */
export function runTool(path, args, options) {
  return run(process.execPath, [`${ROOT}node_modules/${path}`, ...args], options);
}
