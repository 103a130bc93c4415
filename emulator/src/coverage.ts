import { events, requests } from "./covered/callbacks.ts";
import { operations } from "./rest/operations.ts";
import { nouns, verbs } from "./twiml/vocabulary.ts";

/** Everything of Twilio's that the emulator has, by name. */
export const coverage = { operations, verbs, nouns, requests, events };
