import { z } from "zod";
import { FAILURE_REASONS, FAILURE_STEPS } from "./config.ts";
import { GREETING_LENGTH } from "./greeting.ts";
import { AGENT_ID, E164 } from "../identifiers.ts";
import { DEFAULT_STORE_URL } from "./state-folder.ts";
import { publicUrlMistake } from "./public-url.ts";

const STEP = '"return", "queue", "voicemail" or "hang-up"';

/** Ends a sentence: "port must be …". */
export const MUST: Readonly<Record<string, string>> = {
  $schema: "a URL in quotes",
  number: 'a phone number in E.164, in quotes, as in "+15550001111"',
  publicUrl: "a URL in quotes: https://HOST",
  port: "a whole number from 0 (any free port) to 65535",
  storeUrl: "memory: or file:PATH, in quotes",
  trustedProxies: 'addresses, networks or loopback, in quotes, as in "loopback, 10.0.0.0/8"',
  agents: 'a list of at least one agent: [{ "id": "agent1", "name": "Anna" }]',
  "agents.*": 'an agent: { "id": "agent1", "name": "Anna" }',
  "agents.*.id": "1 to 121 letters, digits and underscores, in quotes",
  "agents.*.name": "a name of 1 to 100 characters, in quotes",
  language: '"en" or "ja"',
  greeting: `1 to ${GREETING_LENGTH} characters, in quotes`,
  tunnel: '{ "kind": "ngrok" } or { "kind": "cloudflared" }',
  "tunnel.kind": '"ngrok" or "cloudflared"',
  "tunnel.domain": "a domain of your ngrok account, in quotes, without https://",
  ringSeconds: "a whole number from 6 to 600",
  maxCallMinutes: "a whole number from 1 to 1440",
  transferMode: '"three-way", "consult" or "blind"',
  tutorialFlags: "true or false",
  graceSeconds: "a whole number from 0 to 300",
  whenWindowGone: '"announce", "ring-another" or "nothing"',
  afterFailure: `${STEP}, or one of them for each reason: { "no-answer": "queue" }`,
  ...Object.fromEntries(FAILURE_REASONS.map((why) => [`afterFailure.${why}`, STEP])),
  retryAfterSeconds: "a whole number from 0 to 86400",
};

const agent = z.strictObject({
  id: z
    .string()
    .regex(AGENT_ID)
    .meta({ description: "The agent's identity at Twilio: letters, digits and underscores." }),
  name: z.string().trim().min(1).max(100).meta({ description: "The agent's name, as colleagues see it." }),
});

const tunnel = z.strictObject({
  kind: z.enum(["ngrok", "cloudflared"]).meta({ description: "The tunnel that provides the public URL." }),
  domain: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)
    .optional()
    .meta({ description: "ngrok only: a domain of your account, so that the public URL stays the same." }),
});

const step = z.enum(FAILURE_STEPS);

/** `warm-transfer.json`: every setting that is not a secret. */
export const projectSchema = z
  .strictObject({
    $schema: z.string(),
    number: z.string().regex(E164).meta({
      description: "The Twilio number that customers call and agents are dialled from, in E.164.",
    }),
    publicUrl: z
      .string()
      .superRefine((text, context) => {
        const mistake = publicUrlMistake(text);
        if (mistake) context.addIssue(`${mistake.message} ${mistake.hint}`);
      })
      .meta({
        description: "Where Twilio reaches the server without a tunnel: https://HOST, without a path.",
      }),
    tunnel: tunnel.meta({ description: "The tunnel to open when there is no public URL of your own." }),
    port: z
      .int()
      .min(0)
      .max(65_535)
      .meta({ description: "The server's port on this machine.", default: 3000 }),
    agents: z
      .array(agent)
      .min(1)
      .superRefine((agents, context) => {
        for (const [index, { id }] of agents.entries())
          if (agents.findIndex((other) => other.id === id) < index)
            context.addIssue({
              code: "custom",
              path: [index, "id"],
              message: "Two agents have the same id.",
            });
      })
      .meta({ description: "Who can answer, in ringing order." }),
    language: z.enum(["en", "ja"]).meta({ description: "The language that customers hear.", default: "en" }),
    greeting: z
      .string()
      .trim()
      .min(1)
      .max(GREETING_LENGTH)
      .meta({ description: "What a waiting customer hears first." }),
    ringSeconds: z.int().min(6).max(600).meta({
      description: "How long an agent's phone rings, in seconds.",
      default: 20,
    }),
    retryAfterSeconds: z.int().min(0).max(86_400).meta({
      description: "Seconds until an agent who did not answer is rung for the call again.",
      default: 10,
    }),
    maxCallMinutes: z.int().min(1).max(1440).meta({
      description:
        "How long a call may last, in minutes. More than 240 needs the 24-hour maximum call duration in Twilio's Console.",
      default: 240,
    }),
    transferMode: z.enum(["three-way", "consult", "blind"]).meta({
      description:
        "How a transfer brings the new agent in: all three talk, the agents talk first, or the first agent leaves at once.",
      default: "three-way",
    }),
    tutorialFlags: z.boolean().meta({
      description:
        "As in Twilio's tutorial, agents leave by hanging up, and a new agent who does ends the call for everyone.",
      default: false,
    }),
    graceSeconds: z.int().min(0).max(300).meta({
      description: "Seconds in which an agent whose line was lost is rung before all others.",
      default: 30,
    }),
    whenWindowGone: z.enum(["announce", "ring-another", "nothing"]).meta({
      description:
        "When the page of the agent in a call is gone for 8 seconds: the customer hears a sentence, the next agent rings as well, or nothing happens.",
      default: "announce",
    }),
    afterFailure: z.union([step, z.partialRecord(z.enum(FAILURE_REASONS), step)]).meta({
      description:
        "When a transfer fails after the first agent has left: that agent rings, the next free agent rings, the customer may leave a message, or the call ends with a sentence. One word, or one for each reason.",
      default: "return",
    }),
    storeUrl: z
      .string()
      .regex(/^(memory:|file:.+)$/)
      .meta({
        description: "Where the server stores calls: file:PATH of a SQLite file, or memory:",
        default: DEFAULT_STORE_URL,
      }),
    trustedProxies: z.string().meta({
      description: "Proxies whose X-Forwarded-For the server trusts: addresses, networks, or loopback.",
    }),
  })
  .partial()
  .meta({ title: "Settings of warm-transfer" });

export type ProjectFile = z.infer<typeof projectSchema>;

/** For editors, which complete and check the file with it. */
export function projectJsonSchema(): object {
  return z.toJSONSchema(projectSchema, { target: "draft-7" });
}
