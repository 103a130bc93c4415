import type { Api } from "./api.ts";
import type { Line } from "./line/line.ts";
import type { SessionCheck, Page, Parts } from "./session-parts.ts";

/** What the agent can do on the page. */
export interface Actions {
  readonly takeCalls: (on: boolean) => void;
  readonly answer: () => void;
  readonly decline: () => void;
  readonly mute: (on: boolean) => void;
  readonly hangUp: () => void;
  /** `to` is a colleague's id. */
  readonly transfer: (to: string) => void;
  readonly tryMicrophone: () => void;
  readonly signOut: () => void;
}

interface ActionDeps {
  readonly parts: () => Parts | null;
  checkSession: SessionCheck;
  readonly signedOut: () => void;
}

/** The handlers of the page's buttons. Their effects arrive as page events. */
export function agentActions(api: Api, page: Page, { parts, checkSession, signedOut }: ActionDeps): Actions {
  return {
    takeCalls: (on) => {
      // The switch moves when the server says so.
      parts()?.events.setTakesCalls(on);
      if (on && page.model().microphone !== "ready") parts()?.checkMicrophone();
    },
    answer: () => parts()?.line.answer(),
    decline: () => leave((line) => line.decline()),
    mute: (on) => parts()?.line.mute(on),
    hangUp: () => leave((line) => line.hangUp()),
    transfer: (to) => void transfer(to, api, page, checkSession),
    tryMicrophone: () => parts()?.checkMicrophone(),
    signOut: () => void signOut(),
  };

  function leave(by: (line: Line) => void): void {
    const line = parts()?.line;
    if (!line) return;
    page.dispatch({ kind: "line-left" });
    by(line);
  }

  async function signOut(): Promise<void> {
    const answer = await api.signOut();
    if (answer.ok || answer.status === 401) signedOut();
  }
}

/** One request, however often the button is pressed before the server's view shows the transfer. */
async function transfer(
  to: string,
  api: Api,
  { model, dispatch }: Page,
  checked: SessionCheck,
): Promise<void> {
  const call = model().view?.call?.id;
  if (call === undefined || model().requestedTransfer !== null) return;
  dispatch({ kind: "transfer-requested", to });
  const answer = checked(await api.transfer(call, to));
  if (!answer.ok) dispatch({ kind: "transfer-refused", code: answer.code, message: answer.message });
}
