import { events, requests } from "./covered/callbacks.ts";
import { operations } from "./rest/operations.ts";
import { connectNouns, nouns, startNouns, stopNouns, verbs } from "./twiml/vocabulary.ts";

const nounsOf = { Dial: nouns, Connect: connectNouns, Start: startNouns, Stop: stopNouns };

/** Everything of Twilio's that the emulator has, by name. */
export const coverage = { operations, verbs, nouns: nounsOf, requests, events };
