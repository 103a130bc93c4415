import { Option } from "commander";
import { parseAgents, parseNumber, parsePort, parseWebAddress } from "../arguments.ts";
import type { StartFlags } from "../start/make-plan.ts";
import { withExamples } from "../examples.ts";
import { parseDuration } from "../times.ts";
import type { Declare } from "./declare.ts";
import { timeoutOption } from "./server-options.ts";

const tunnelOption = (): Option =>
  new Option("--tunnel <kind>", "tunnel to open: ngrok (NGROK_AUTHTOKEN), or cloudflared from the PATH")
    .choices(["ngrok", "cloudflared"])
    .conflicts("publicUrl");

/** `warm-transfer start` */
export const declareStart: Declare = (program, context, finish) => {
  const command = program
    .command("start")
    .summary("serve calls: server, tunnel and number; restores the number on exit")
    .description(
      "Serves calls to your Twilio number until Ctrl-C, which restores the number's previous settings. " +
        "Live calls carry on at Twilio; --drain waits for them to finish.",
    )
    .option("--port <number>", "server port, 0 for any free port (default: 3000)", parsePort)
    .option("--public-url <address>", "your own public URL for that port: https://HOST", parseWebAddress)
    .addOption(tunnelOption())
    .addOption(new Option("--ngrok-domain <host>", "your ngrok domain").conflicts("publicUrl"))
    .option("--number <number>", "the Twilio number to serve, as in +1 555 000 1111", parseNumber)
    .option("--agents <ids>", "agents in ringing order", parseAgents)
    .addOption(new Option("--language <code>", "language that customers hear").choices(["en", "ja"]))
    .option("--yes", "point the number without a prompt")
    .option("--take-over", "also change a number that has an application or a SIP trunk")
    .option("--drain [duration]", "on exit, wait for live calls (default: 5m)", parseDuration)
    .addOption(
      timeoutOption(
        "how long to wait for the tunnel (default: 15s), the public URL (3s; a tunnel's 30s), Twilio (10s)",
      ),
    )
    .option("--log <file>", "log file, - for stderr (default at a terminal: .warm-transfer/server.log)")
    .option("--numbers", "show customers' numbers unmasked")
    .action((flags: StartFlags) =>
      finish(import("../commands/start.ts").then(({ start }) => start(flags, context))),
    );
  withExamples(command, [
    ["warm-transfer start", "with the settings of init"],
    ["warm-transfer start --public-url https://calls.example.com", "behind your own proxy"],
    ["warm-transfer start --tunnel cloudflared --drain 10m", "waits for live calls on exit"],
    ["warm-transfer start --json", "one JSON object per line"],
  ]);
};
