import { type Attributes, type Warn, readAttributes } from "./attributes.ts";
import { readParameters } from "./parameters.ts";
import type { RelayInput, RelayNoun } from "./verbs.ts";
import { connectNouns } from "./vocabulary.ts";
import type { Element } from "./xml.ts";

const INPUTS = ["none", "dtmf", "speech", "any", "true", "false"] as const;

/** `true` and `false` are older words for `any` and `none`. */
function readInput(read: Attributes, name: string, fallback: RelayInput): RelayInput {
  const value = read.oneOf(name, INPUTS, fallback);
  if (value === "true") return "any";
  return value === "false" ? "none" : value;
}

/** `<ConversationRelay>` (www.twilio.com/docs/voice/twiml/connect/conversationrelay). */
export function readRelay(element: Element, warn: Warn): RelayNoun {
  const read = readAttributes(element, connectNouns.ConversationRelay, warn);
  const language = read.text("language") ?? "en-US";
  return {
    url: read.text("url") ?? "",
    parameters: readParameters(element, warn),
    welcomeGreeting: read.text("welcomeGreeting") ?? "",
    welcomeGreetingInterruptible: readInput(read, "welcomeGreetingInterruptible", "any"),
    ttsLanguage: read.text("ttsLanguage") ?? language,
    transcriptionLanguage: read.text("transcriptionLanguage") ?? language,
    dtmfDetection: read.flag("dtmfDetection", false),
    interruptible: readInput(read, "interruptible", "any"),
    reportInput: readInput(read, "reportInputDuringAgentSpeech", "none"),
    preemptible: read.flag("preemptible", false),
  };
}
