import { Option } from "commander";
import { parseAgents, parseNumber, parsePort, parseWebAddress } from "../arguments.ts";
import type { StartFlags } from "../commands/start.ts";
import { withExamples } from "../examples.ts";
import { parseDuration } from "../times.ts";
import type { Declare } from "./declare.ts";
import { timeoutOption } from "./server-options.ts";

const tunnelOption = (): Option =>
  new Option("--tunnel <kind>", "open a tunnel: ngrok (NGROK_AUTHTOKEN), or cloudflared from the PATH")
    .choices(["ngrok", "cloudflared"])
    .conflicts("publicUrl");

/** `warm-transfer start` */
export const declareStart: Declare = (program, context, finish) => {
  const command = program
    .command("start")
    .summary("server + tunnel + the number's webhook; restores the number on exit")
    .description(
      "Customers who ring your Twilio number are served, until Ctrl-C: then the number gets back what it had.",
    )
    .option("--port <number>", "port of the server, 0 = any free one (default: 3000)", parsePort)
    .option(
      "--public-url <address>",
      "your own address that leads to that port: https://HOST",
      parseWebAddress,
    )
    .addOption(tunnelOption())
    .addOption(new Option("--ngrok-domain <host>", "your domain at ngrok").conflicts("publicUrl"))
    .option("--number <number>", "the Twilio number to serve, as in +1 555 000 1111", parseNumber)
    .option("--agents <ids>", "who can answer, in the order in which they are rung", parseAgents)
    .addOption(new Option("--language <code>", "what the customer hears").choices(["en", "ja"]))
    .option("--yes", "point the number without asking")
    .option("--take-over", "also a number that an application or a trunk answers")
    .option("--drain [duration]", "at the end, wait for live calls: 5m, or as long as said", parseDuration)
    .addOption(
      timeoutOption(
        "how long to wait for the tunnel (default: 15s), for the public URL (3s, a tunnel's 30s), for Twilio (10s)",
      ),
    )
    .option("--log <file>", "where the log goes, - for stderr (on a terminal: .warm-transfer/server.log)")
    .option("--numbers", "show customers' numbers whole")
    .action((flags: StartFlags) =>
      finish(import("../commands/start.ts").then(({ start }) => start(flags, context))),
    );
  withExamples(command, [
    ["warm-transfer start", "with what init has written"],
    ["warm-transfer start --public-url https://calls.example.com", "behind a proxy of your own"],
    ["warm-transfer start --tunnel cloudflared --drain 10m", "waits for live calls when it ends"],
    ["warm-transfer start --json", "one object a line, for programs"],
  ]);
};
