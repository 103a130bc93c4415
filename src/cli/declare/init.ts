import { Option } from "commander";
import { parseNumber } from "../arguments.ts";
import type { InitFlags } from "../commands/init.ts";
import { withExamples } from "../examples.ts";
import type { Declare } from "./declare.ts";
import { timeoutOption } from "./server-options.ts";

const DESCRIPTION = [
  "Sets up this folder: checks the account at Twilio, makes an API key, writes .env (secrets) and warm-transfer.json.",
  "The number is not touched. What is not given is asked at a terminal. Run it again to change something.",
  "",
  "Each option has a variable, too: TWILIO_ACCOUNT_SID, TWILIO_NUMBER, AGENTS, GREETING_LANGUAGE, GREETING,",
  "PUBLIC_URL, TUNNEL, NGROK_DOMAIN, TWILIO_API_KEY. A secret is no option's value: the auth token is asked, or comes",
  "from TWILIO_AUTH_TOKEN, a file or standard input; others from TWILIO_API_SECRET, NGROK_AUTHTOKEN or a file.",
]
  .join(" ")
  .replace("  ", "\n\n");

/** `warm-transfer init` */
export const declareInit: Declare = (program, context, finish) => {
  const command = program
    .command("init")
    .summary("credentials, number, agents -> .env and warm-transfer.json")
    .description(DESCRIPTION)
    .option("--account-sid <sid>", "the account, AC…")
    .option("--auth-token-file <file>", "a file with the auth token in it")
    .option(
      "--number <number>",
      "the account's number that customers ring, as in +1 555 000 1111",
      parseNumber,
    )
    .option("--agents <list>", "who can answer: ids, or ids with names, as in anna:Anna,ben:Ben")
    .addOption(new Option("--language <code>", "what customers hear (default: en)").choices(["en", "ja"]))
    .option("--greeting <words>", "what a waiting customer hears first")
    .option("--public-url <url>", "where Twilio reaches the server: https://HOST of your proxy")
    .addOption(new Option("--tunnel <name>", "in place of a public URL").choices(["ngrok", "cloudflared"]))
    .option("--ngrok-domain <host>", "a domain of your ngrok account")
    .option("--ngrok-authtoken-file <file>", "a file with ngrok's authtoken in it")
    .option("--api-key <sid>", "an API key that exists, SK… (default: a new one is made)")
    .option("--api-secret-file <file>", "a file with the API key's secret in it")
    .addOption(timeoutOption("how long to wait for Twilio, each time (default: 10s)"))
    .option("--yes", "overwrite other values without asking")
    .option("--dry-run", "show what would be written; write nothing, make no API key")
    .action((flags: InitFlags) =>
      finish(import("../commands/init.ts").then(({ init }) => init(flags, context))),
    );
  withExamples(command, [
    ["warm-transfer init", "asks a few questions"],
    ["warm-transfer init --tunnel ngrok --agents anna,ben", "asks the others"],
    ["printf '%s' \"$TOKEN\" | warm-transfer init --account-sid AC… …", "for scripts: nothing is asked"],
  ]);
};
