import type { Command } from "commander";
import type { Context } from "../context.ts";

/** Lets an action hand over its exit code. */
export type Finish = (code: Promise<number>) => Promise<void>;

/** Adds a command with its options, examples and action to the program. Loads nothing that only the action needs. */
export type Declare = (program: Command, context: Context, finish: Finish) => void;
