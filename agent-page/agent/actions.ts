import type { TransferView } from "../../src/server/control-api.ts";
import type { Answer, Api } from "./api.ts";
import { canAskToNotify } from "./title.ts";
import type { CallCommand, Verb } from "./model.ts";
import type { CallButton } from "./screen/steering.ts";
import type { SessionCheck, Page, Parts } from "./session-parts.ts";

/** The agent's actions on the page. */
export interface Actions {
  readonly takeCalls: (on: boolean) => void;
  readonly answer: () => void;
  readonly decline: () => void;
  /** A button of the call. */
  readonly press: (button: CallButton | "leave" | "end") => void;
  /** `to` is a colleague's id. */
  readonly choose: (to: string) => void;
  readonly stopChoosing: () => void;
  readonly transfer: (order: { to: string; mode: TransferView["mode"]; note: string }) => void;
  /** A key of the keypad: 0 to 9, * or #. */
  readonly dial: (digit: string) => void;
  readonly closeKeypad: () => void;
  readonly tryMicrophone: () => void;
  readonly chooseSound: () => void;
  readonly showKeys: () => void;
  readonly allowNotifications: () => void;
  readonly signOut: () => void;
}

interface ActionDeps {
  readonly parts: () => Parts | null;
  checkSession: SessionCheck;
  readonly signedOut: () => void;
}

/** How long the page waits for the server before it hangs up anyway. */
const GOODBYE_MS = 2_000;

/** The handlers of the page's buttons. Their effects arrive as page events. */
export function agentActions(api: Api, page: Page, { parts, checkSession, signedOut }: ActionDeps): Actions {
  const command = createCommand(page, checkSession);
  const press = callButtons(api, page, parts, command);

  return {
    takeCalls: (on) => {
      // The switch moves when the server says so.
      parts()?.events.setTakesCalls(on);
      if (on && page.model().microphone !== "ready") parts()?.checkMicrophone();
    },
    answer: () => parts()?.line.answer(),
    decline: () => {
      page.dispatch({ kind: "line-left", by: "decline" });
      parts()?.line.decline();
    },
    press: (button) => press[button](),
    choose: (to) => page.dispatch({ kind: "choosing", to }),
    stopChoosing: () => page.dispatch({ kind: "choosing-ended" }),
    transfer: ({ to, mode, note }) => {
      const text = note.replace(/[\p{Cc}\s]+/gu, " ").trim();
      const order = { to, mode, ...(text === "" ? {} : { note: text }) };
      void command("transfer", (call) => api.transfer(call, order), to);
    },
    dial: (digit) => {
      parts()?.line.sendDigit(digit);
      page.dispatch({ kind: "digit", digit });
    },
    closeKeypad: () => page.dispatch({ kind: "keypad", isOpen: false }),
    chooseSound: () => parts()?.sound.show(),
    showKeys: () => void import("./dom/keys-help.ts").then((help) => help.showKeysHelp(page.language)),
    allowNotifications: () => void askToNotify(page),
    tryMicrophone: () => parts()?.checkMicrophone(),
    signOut: () => void signOut(),
  };

  async function signOut(): Promise<void> {
    const answer = await api.signOut();
    if (answer.ok || answer.status === 401) signedOut();
  }
}

type PressHandlers = Record<CallButton | "leave" | "end", () => void>;

/** The handlers of the buttons of a call. */
function callButtons(api: Api, page: Page, parts: ActionDeps["parts"], command: Command): PressHandlers {
  const change = (what: Exclude<CallCommand, "transfer">, path: string, body?: object): void =>
    void command(what, (call) => api.change(call, path, body));
  const steer = (verb: Verb) => () => change(verb, `transfer/${verb}`);
  return {
    mute: () => parts()?.line.mute(!page.model().line?.muted),
    hold: () => {
      const onHold = !page.model().view?.call?.legs.find(({ kind }) => kind === "customer")?.onHold;
      change(onHold ? "hold" : "resume", "hold", { onHold });
    },
    keypad: () => page.dispatch({ kind: "keypad", isOpen: true }),
    transfer: () => page.dispatch({ kind: "choosing", to: null }),
    complete: steer("complete"),
    "bring-together": steer("bring-together"),
    swap: steer("swap"),
    cancel: steer("cancel"),
    leave: () => void goodbye("leave"),
    end: () => void goodbye("end"),
  };

  /**
   * Tells the server before the page hangs up: a leg that leaves without this word counts as lost. The page hangs up whatever the
   * server says, unless the customer would be left alone.
   */
  async function goodbye(by: "leave" | "end"): Promise<void> {
    const line = parts()?.line;
    const { view, leaving } = page.model();
    if (!line || leaving) return;
    page.dispatch({ kind: "line-left", by });
    const answer = view?.call && (await within(GOODBYE_MS, api.change(view.call.id, by)));
    if (answer && !answer.ok && answer.code === "last-agent")
      page.dispatch({ kind: "refused", command: by, code: answer.code, message: answer.message });
    else if (page.model().leaving === by) line.hangUp();
  }
}

/** Browsers let a page ask once, and only when the agent presses something. */
async function askToNotify({ dispatch }: Page): Promise<void> {
  await Notification.requestPermission();
  dispatch({ kind: "notifications", canAsk: canAskToNotify() });
}

/** Null when there is no result in time. */
function within<Value>(ms: number, result: Promise<Value>): Promise<Value | null> {
  return Promise.race([result, new Promise<null>((late) => setTimeout(() => late(null), ms))]);
}

type Send = (call: string) => Promise<Answer<unknown>>;
type Command = (command: CallCommand, send: Send, to?: string) => Promise<void>;

/** Sends one command at a time, however often buttons are pressed. */
function createCommand({ model, dispatch }: Page, checkSession: SessionCheck): Command {
  return async (command, send, to) => {
    const call = model().view?.call?.id;
    if (call === undefined || model().requested) return;
    dispatch({ kind: "requested", command, ...(to === undefined ? {} : { to }) });
    const answer = checkSession(await send(call));
    if (answer.ok) dispatch({ kind: "granted" });
    else dispatch({ kind: "refused", command, code: answer.code, message: answer.message });
  };
}
