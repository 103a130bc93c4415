import { Call } from "@twilio/voice-sdk";
import type { PageEvent } from "../update.ts";

/** Dispatches the events of an SDK call. Calls `onEnded` once, at its end. */
export function followCall(call: Call, dispatch: (happening: PageEvent) => void, onEnded: () => void): void {
  let isOver = false;
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    onEnded();
    dispatch({ kind: "line-ended" });
  };
  const endUnlessLive = (): void => {
    if (call.status() === Call.State.Closed || call.status() === Call.State.Pending) end();
  };
  dispatch({ kind: "line", phase: "ringing" });
  call.on("accept", () => dispatch({ kind: "line", phase: "open" }));
  call.on("mute", (muted: boolean) => dispatch({ kind: "line-muted", muted }));
  call.on("reconnecting", () => dispatch({ kind: "line", phase: "reconnecting" }));
  call.on("reconnected", () => dispatch({ kind: "line", phase: "open" }));
  for (const last of ["cancel", "disconnect", "reject"]) call.on(last, end);
  call.on("error", endUnlessLive);
  // The SDK forgets a call that still rings when the signalling connection breaks, without another event.
  call.on("transportClose", endUnlessLive);
}
