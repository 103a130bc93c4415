import { Option } from "commander";
import { parseNumber } from "../arguments.ts";
import type { InitFlags } from "../commands/init.ts";
import { withExamples } from "../examples.ts";
import type { Declare } from "./declare.ts";
import { timeoutOption } from "./server-options.ts";

const DESCRIPTION = [
  "Sets up this folder: checks the Twilio account, creates an API key, writes .env (secrets) and warm-transfer.json.",
  "Does not change the number. At a terminal, prompts for missing settings. Run it again to change settings.",
  "",
  "Options are also variables: TWILIO_ACCOUNT_SID, TWILIO_NUMBER, AGENTS, GREETING_LANGUAGE, GREETING, PUBLIC_URL,",
  "TUNNEL, NGROK_DOMAIN, TWILIO_API_KEY. Secrets are never passed as flags. The auth token is prompted for, or read from",
  "TWILIO_AUTH_TOKEN, a file or standard input; other secrets from TWILIO_API_SECRET, NGROK_AUTHTOKEN or a file.",
]
  .join(" ")
  .replace("  ", "\n\n");

/** `warm-transfer init` */
export const declareInit: Declare = (program, context, finish) => {
  const command = program
    .command("init")
    .summary("set up credentials, number and agents in this folder")
    .description(DESCRIPTION)
    .option("--account-sid <sid>", "the account, AC…")
    .option("--auth-token-file <file>", "file that contains the auth token")
    .option("--number <number>", "the number that customers call, as in +1 555 000 1111", parseNumber)
    .option("--agents <list>", "agents in ringing order: ids, or ids with names, as in anna:Anna,ben:Ben")
    .addOption(
      new Option("--language <code>", "language that customers hear (default: en)").choices(["en", "ja"]),
    )
    .option("--greeting <words>", "what a waiting customer hears first")
    .option("--public-url <url>", "your own public URL: https://HOST")
    .addOption(
      new Option("--tunnel <name>", "tunnel to use in place of a public URL").choices([
        "ngrok",
        "cloudflared",
      ]),
    )
    .option("--ngrok-domain <host>", "a domain of your ngrok account")
    .option("--ngrok-authtoken-file <file>", "file that contains ngrok's authtoken")
    .option("--api-key <sid>", "an existing API key, SK… (default: create one)")
    .option("--api-secret-file <file>", "file that contains the API key's secret")
    .addOption(timeoutOption("how long to wait for each response of Twilio (default: 10s)"))
    .option("--yes", "overwrite existing values without a prompt")
    .option("--dry-run", "show what would change; write nothing, create no API key")
    .action((flags: InitFlags) =>
      finish(import("../commands/init.ts").then(({ init }) => init(flags, context))),
    );
  withExamples(command, [
    ["warm-transfer init", "prompts for each setting"],
    ["warm-transfer init --tunnel ngrok --agents anna,ben", "prompts for the other settings"],
    ["printf '%s' \"$TOKEN\" | warm-transfer init --account-sid AC… …", "for scripts: no prompts"],
  ]);
};
