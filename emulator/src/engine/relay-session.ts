import type { RelayInput, RelayNoun } from "../twiml/verbs.ts";
import type { AppSocket } from "../webhooks/app-socket.ts";
import { newSid } from "../world/sids.ts";
import { warn } from "./core.ts";
import { type RelayCommand, readRelayMessage, setupMessage } from "./relay-messages.ts";
import { type RelaySpeech, createRelaySpeech } from "./relay-speech.ts";
import { DocumentError, type Run } from "./run.ts";
import { socketUrl } from "./socket-url.ts";

/** www.twilio.com/docs/api/errors/64102 and the following */
const UNREACHABLE = 64102;
const CLOSED = 64105;
const INVALID_MESSAGE = 64107;
/** An app that answers each error with another invalid message would go on for ever. */
const MOST_INVALID = 10;

type Fields = Record<string, string>;

/** A session from its order to its end. */
interface Session {
  readonly run: Run;
  readonly noun: RelayNoun;
  readonly id: string;
  readonly url: string;
  readonly speech: RelaySpeech;
  readonly since: number;
  /** Null until the app has taken the connection. */
  socket: AppSocket | null;
  isOver: boolean;
  ttsLanguage: string;
  transcriptionLanguage: string;
  /** Of a sentence that is not complete. */
  tokens: string;
  /** Invalid messages since the last valid one. */
  invalid: number;
  readonly onEnd: (fields: Fields) => void;
}

/** @param result `SessionStatus`, and what goes with it */
function end(session: Session, result: Fields): void {
  if (session.isOver) return;
  session.isOver = true;
  const { run, id, speech, socket, since } = session;
  speech.stop();
  run.leg.onDigits = null;
  run.leg.onWords = null;
  socket?.close();
  const SessionDuration = String(Math.round((run.core.clock.now() - since) / 1_000));
  session.onEnd({ SessionId: id, SessionDuration, ...result });
}

function complain({ run, url }: Session, code: number, message: string): void {
  warn(run.core, { callSid: run.leg.call.sid, code, message: `ConversationRelay: ${message}`, url });
}

function fail(session: Session, code: number, message: string): void {
  if (session.isOver) return;
  complain(session, code, message);
  end(session, { SessionStatus: "failed", ErrorCode: String(code), ErrorMessage: message });
}

function applyCommand(session: Session, command: RelayCommand): void {
  const { speech, noun } = session;
  const manners = (given: { interruptible?: boolean; preemptible?: boolean }) => ({
    interruptible: given.interruptible === false ? ("none" as const) : noun.interruptible,
    preemptible: given.preemptible ?? noun.preemptible,
  });
  switch (command.type) {
    case "text": {
      session.tokens += command.token;
      if (!command.last) return;
      const language = command.lang ?? session.ttsLanguage;
      const text = session.tokens.trim();
      session.tokens = "";
      if (text !== "")
        speech.add({ verb: { verb: "Say", text, voice: "man", language, loop: 1 }, ...manners(command) });
      return;
    }
    case "play": {
      const { source: url, loop } = command;
      return speech.add({ verb: { verb: "Play", url, digits: "", loop }, ...manners(command) });
    }
    case "sendDigits": {
      const verb = { verb: "Play", url: "", digits: command.digits, loop: 1 } as const;
      return speech.add({ verb, interruptible: "none", preemptible: false });
    }
    case "language":
      session.ttsLanguage = command.ttsLanguage ?? session.ttsLanguage;
      session.transcriptionLanguage = command.transcriptionLanguage ?? session.transcriptionLanguage;
      return;
    case "end":
      return end(session, { SessionStatus: "ended", HandoffData: command.handoffData ?? "" });
  }
}

function receive(session: Session, text: string | null): void {
  if (session.isOver) return;
  const command = readRelayMessage(text);
  if (command) {
    session.invalid = 0;
    return applyCommand(session, command);
  }
  const description = `Invalid message received: ${(text ?? "(binary)").slice(0, 500)}`;
  complain(session, INVALID_MESSAGE, description);
  session.socket?.send({ type: "error", description });
  session.invalid += 1;
  if (session.invalid >= MOST_INVALID)
    fail(session, INVALID_MESSAGE, `${MOST_INVALID} invalid messages in a row`);
}

const includes = (input: RelayInput, kind: "dtmf" | "speech"): boolean => input === "any" || input === kind;

/** The caller speaks or presses a key. @returns whether it counts: not while a sentence is heard that it cannot interrupt */
function takeInput({ speech, socket, noun }: Session, kind: "dtmf" | "speech"): boolean {
  if (!speech.current) return true;
  if (!includes(speech.current.interruptible, kind)) return includes(noun.reportInput, kind);
  socket?.send({ type: "interrupt", ...speech.interrupt() });
  return true;
}

function begin(session: Session, socket: AppSocket): void {
  const { run, noun, speech } = session;
  if (session.isOver) return socket.close();
  session.socket = socket;
  const { accountSid } = run.core.world.account;
  socket.send(
    setupMessage(run.leg.call, { sessionId: session.id, accountSid, customParameters: noun.parameters }),
  );
  run.leg.onWords = (voicePrompt) => {
    if (!takeInput(session, "speech")) return;
    socket.send({ type: "prompt", voicePrompt, lang: session.transcriptionLanguage, last: true });
  };
  run.leg.onDigits = (digits) => {
    for (const digit of digits)
      if (takeInput(session, "dtmf") && noun.dtmfDetection) socket.send({ type: "dtmf", digit });
  };
  const { welcomeGreeting: text, welcomeGreetingInterruptible: interruptible, ttsLanguage: language } = noun;
  if (text !== "")
    speech.add({
      verb: { verb: "Say", text, voice: "man", language, loop: 1 },
      interruptible,
      preemptible: false,
    });
}

async function connect(session: Session): Promise<void> {
  const failure = await session.run.core.sockets.open(session.url, {
    opened: (socket) => begin(session, socket),
    message: (text) => receive(session, text),
    closed: () => fail(session, CLOSED, "the app closed the connection without an end message"),
  });
  if (failure) fail(session, UNREACHABLE, failure.message);
}

/** `<Connect><ConversationRelay>`. @param onEnd called once, with the fields of the action's request */
export function connectRelay(
  run: Run,
  noun: RelayNoun,
  onEnd: (fields: Fields) => void,
): { stop: () => void } {
  if (noun.url === "") throw new DocumentError(12200, "<ConversationRelay> needs a url", run.documentUrl);
  const { ttsLanguage, transcriptionLanguage } = noun;
  const session: Session = {
    run,
    noun,
    id: newSid("VX"),
    url: socketUrl(run, noun.url),
    speech: createRelaySpeech(run, (problem) => complain(session, INVALID_MESSAGE, problem)),
    since: run.core.clock.now(),
    socket: null,
    isOver: false,
    ttsLanguage,
    transcriptionLanguage,
    tokens: "",
    invalid: 0,
    onEnd,
  };
  void run.core.turns.track(connect(session));
  return { stop: () => end(session, { SessionStatus: "completed" }) };
}
