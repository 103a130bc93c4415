import { createBrowserDevice, sendInvite } from "./browser-device.ts";
import type { Connection } from "./connection.ts";
import { signallingErrors } from "./errors.ts";
import type { Signalling } from "./signalling.ts";
import { checkToken } from "./token.ts";

/** Calls for this device's identity no longer ring here. */
export function unregister(connection: Connection): void {
  connection.registration?.remove();
  connection.registration = null;
}

function expire(connection: Connection): void {
  connection.session = null;
  unregister(connection);
  connection.send("error", { error: signallingErrors.expired });
  connection.send("offline");
}

/** www.twilio.com/docs/voice/sdks/javascript/twiliodevice; Twilio takes others, too. */
const DOCUMENTED_IDENTITY = /^\w+$/;

function warnOfIdentity({ engine }: Signalling, connection: Connection, identity: string): void {
  if (connection.session?.identity === identity || DOCUMENTED_IDENTITY.test(identity)) return;
  const named = identity === "" ? "no identity" : `the identity "${identity}"`;
  const message = `A browser's access token has ${named}: Twilio documents letters, digits and underscores alone`;
  engine.warn({ callSid: null, code: signallingErrors.clientName.code, message });
}

/** A token, the first or a renewed one. A wrong one changes nothing: an earlier one stays in force until it expires. */
export async function listen(signalling: Signalling, connection: Connection, token: string): Promise<void> {
  const { clock, issuers } = signalling;
  const check = await checkToken(token, issuers, { nowMs: clock.date(), edge: connection.edge });
  if ("error" in check) return connection.send("error", { error: check.error });
  const { session } = check;
  const ttlMs = session.expiresAt - clock.date();
  warnOfIdentity(signalling, connection, session.identity);
  connection.session = session;
  connection.expiry?.cancel();
  connection.expiry = clock.after(ttlMs, () => expire(connection));
  if (connection.registration && connection.registration.identity !== session.identity)
    unregister(connection);
  connection.send("connected", {
    gateway: "emulator",
    region: "US_EAST_VIRGINIA",
    edge: connection.edge,
    home: "us1",
    token: {
      accountSid: issuers.accountSid,
      identity: session.identity,
      ttl: Math.floor(ttlMs / 1000),
    },
  });
}

/** A call that rang when its device went away rings again on the device of that identity that comes next. */
function ringAgain({ calls }: Signalling, connection: Connection, identity: string): void {
  for (const call of calls) {
    const isIncoming = call.temporarySid === null;
    if (call.connection || call.state !== "ringing" || call.identity !== identity || !isIncoming) continue;
    call.grace?.cancel();
    call.grace = null;
    call.connection = connection;
    if (call.leg) sendInvite(call);
  }
}

function addRegistration(signalling: Signalling, connection: Connection, identity: string): void {
  signalling.legs.prepare();
  const device = createBrowserDevice(signalling, connection, identity);
  connection.registration = { identity, remove: signalling.engine.addDevice(device) };
}

/** The SDK registers again every 30 s; only the first time makes a difference. */
export function register(signalling: Signalling, connection: Connection, audio: boolean): void {
  const { session } = connection;
  if (!audio) {
    unregister(connection);
    return connection.send("offline");
  }
  if (!session) return connection.send("error", { error: signallingErrors.token });
  if (!session.mayReceive || session.identity === "")
    return connection.send("error", { error: signallingErrors.notAllowed });
  const isNew = !connection.registration;
  if (isNew) addRegistration(signalling, connection, session.identity);
  connection.send("ready");
  if (isNew) ringAgain(signalling, connection, session.identity);
}
