import type { WebSocket } from "ws";
import { createPhoneDevice } from "./incoming.ts";
import { placeCall } from "./outgoing.ts";
import { type Phone, hangUp } from "./phone.ts";
import type { FromPhone } from "./protocol.ts";
import { readMessage } from "./read-message.ts";

function act(phone: Phone, message: FromPhone): void | Promise<void> {
  switch (message.type) {
    case "call":
      return placeCall(phone, message);
    case "answer":
      return phone.call?.answer?.(message.sdp);
    case "decline":
    case "hang-up":
      return hangUp(phone);
    case "digits":
      if (phone.call?.state === "open") phone.call.line.listener.digits(message.digits);
  }
}

/** Makes a phone of a socket: it can call, and be called, until the socket closes; then it has hung up. */
export function servePhone(socket: WebSocket, phone: Phone, onClose: () => void): void {
  const unplug = phone.engine.addDevice(createPhoneDevice(phone));
  let turn = Promise.resolve();
  const inTurn = (work: () => void | Promise<void>): void => {
    turn = turn.then(work).catch(() => socket.close(1011, "The emulator could not do that."));
  };
  socket.on("message", (data) => {
    const frame = (data as Buffer).toString();
    inTurn(() => act(phone, readMessage(frame)));
  });
  socket.on("error", () => socket.terminate());
  socket.on("close", () => {
    unplug();
    inTurn(() => hangUp(phone));
    onClose();
  });
}
