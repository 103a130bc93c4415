import type { SessionEnd } from "../../src/server/agent-events.ts";
import type { Me } from "../../src/server/control-api.ts";
import type { Answer, Api } from "./api.ts";
import { type Events, followEvents } from "./events.ts";
import { lazyPart } from "./lazily.ts";
import { type Line, openLine } from "./line/line.ts";
import { onMicrophoneChange, tryMicrophone } from "./microphone.ts";
import type { Model } from "./model.ts";
import type { PageEvent } from "./update.ts";
import { hasChosenDevices } from "./sound/chosen-devices.ts";
import type { Language } from "./words/choose-words.ts";
import { storedTakesCalls } from "./takes-calls-storage.ts";

export interface Page {
  readonly dispatch: (event: PageEvent) => void;
  readonly model: () => Model;
  readonly language: Language;
}

/** Parts that live as long as the session. */
export interface Parts {
  readonly line: Line;
  readonly events: Pick<Events, "reportWindow" | "setTakesCalls">;
  readonly checkMicrophone: () => void;
  readonly sound: Pick<LazySound, "show">;
  readonly close: () => void;
}

/** Passes an answer on; a 401 ends the session. */
export type SessionCheck = <Value>(answer: Answer<Value>) => Answer<Value>;

interface SessionCallbacks {
  readonly checkSession: SessionCheck;
  readonly ended: (by: SessionEnd) => void;
}

/** Opens the microphone, the server's events and the line. */
export function openParts({ agent }: Me, api: Api, page: Page, ends: SessionCallbacks): Parts {
  const { dispatch } = page;
  const { checkSession, ended } = ends;
  const stored = storedTakesCalls(agent.id);
  const sound = lazySound(page, () => line.audio());
  const line: Line = openLine({
    isLocal: page.model().isLocal,
    dispatch: (event) => {
      dispatch(event);
      if (event.kind === "device" && event.state === "registered") sound.refresh();
    },
    beforeAnswer: sound.prepareMicrophone,
    fetchToken: async () => checkSession(await api.token(agent.id)),
    reportRefusal: (code) => void api.lineRefused(code),
  });
  let isChecked = stored.read();
  const checkMicrophone = watchMicrophone(page, line, isChecked);
  dispatch({ kind: "takes-calls", on: stored.read() });
  /** The choice may have been made in another window. */
  const keepChoice = (event: PageEvent): void => {
    dispatch(event);
    if (event.kind !== "view") return;
    stored.write(event.view.takesCalls);
    if (event.view.takesCalls && !isChecked) checkMicrophone();
    isChecked ||= event.view.takesCalls;
  };
  const probe = async (): Promise<number> => {
    const answer = checkSession(await api.events());
    return answer.ok ? 200 : answer.status;
  };
  const events = followEvents({
    agent: agent.id,
    probe,
    takesCalls: stored.read,
    hasLine: () => page.model().line !== null,
    ended,
    dispatch: keepChoice,
  });
  const close = (): void => {
    events.close();
    line.close();
  };
  return { line, events, checkMicrophone, sound, close };
}

interface LazySound {
  readonly show: () => void;
  readonly refresh: () => void;
  /** Null: the call may be answered at once. */
  readonly prepareMicrophone: () => Promise<void> | null;
}

/** Fetches the choice of devices when the agent opens it, or has made one before. */
function lazySound({ dispatch, model, language }: Page, audio: Line["audio"]): LazySound {
  const part = lazyPart(async () => {
    const { openSound } = await import("./sound/sound.ts");
    return openSound({
      audio,
      isInCall: () => model().line !== null && model().line?.phase !== "ringing",
      language,
      report: (lost) => dispatch({ kind: "devices-lost", lost }),
    });
  });
  if (hasChosenDevices()) void part.load();
  return {
    show: () => void part.load().then((sound) => sound?.show()),
    refresh: () => void part.loading()?.then((sound) => sound?.refresh()),
    prepareMicrophone: () => part.loading()?.then((sound) => sound?.prepareMicrophone()) ?? null,
  };
}

/** Checks the microphone now if the agent takes calls, and after each change of devices or permission. */
function watchMicrophone({ dispatch, model }: Page, line: Line, isWanted: boolean): () => void {
  const check = (): void => {
    if (!line.checkMicrophone()) void tryMicrophone((state) => dispatch({ kind: "microphone", state }));
  };
  if (isWanted) check();
  void onMicrophoneChange((what) => {
    const isAbsent = model().microphone === "missing" || model().microphone === "busy";
    if (what === "permission" || isAbsent) check();
  });
  return check;
}
