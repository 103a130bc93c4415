import type { Command } from "commander";
import type { Context } from "../context.ts";

/** Receives the exit code of an action. */
export type Finish = (code: Promise<number>) => Promise<void>;

/** Declares a command. Imports nothing that only its action needs. */
export type Declare = (program: Command, context: Context, finish: Finish) => void;
