import type { Answer, Fate, Passing } from "./gate.ts";

/** Twilio's answer to what it refuses. */
export function refused(status: number, code: number): Fate {
  const body = JSON.stringify({
    code,
    message: "No.",
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    status,
  });
  return async () => ({ status, type: "application/json", body });
}

/** A proxy's page in place of an answer. */
export const webPage =
  (status: number): Fate =>
  async () => ({ status, type: "text/html", body: "<html><h1>Bad gateway</h1></html>" });

/** The connection breaks before anything was done. */
export const reset: Fate = async () => null;

/** Everything is done, and the answer is lost. */
export const answerLost: Fate = async (pass) => {
  await pass();
  return null;
};

/** A notice that nobody gets, and nobody sends again. */
export const dropped: Fate = async () => ({ status: 204, type: "text/plain", body: "" });

function signal() {
  let give = (): void => {};
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give };
}

/** A request that waits for the test: before it is passed on, or its answer after that, which may then get lost. */
export function held(what: "request" | "answer" | "answer that gets lost") {
  const [come, go] = [signal(), signal()];
  const wait = async (): Promise<void> => {
    come.give();
    await go.given;
  };
  const fate: Fate = async (pass): Promise<Answer | null> => {
    if (what === "request") await wait();
    const answer = await pass();
    if (what !== "request") await wait();
    return what === "answer that gets lost" ? null : answer;
  };
  return { fate, hasCome: come.given, release: go.give };
}

/** The conference's notice that an agent has joined. */
export const joinOf =
  (label: string) =>
  ({ form }: Passing): boolean =>
    form.get("StatusCallbackEvent") === "participant-join" && form.get("ParticipantLabel") === label;

/** The request of an agent who has answered. */
export const connectOf =
  (label: string) =>
  ({ name }: Passing): boolean =>
    name.endsWith(`/connect/${label}`);

/** Requests of Twilio's REST API. */
export const asks = {
  dial:
    (agent: string) =>
    ({ name, form }: Passing): boolean =>
      name.endsWith("/Calls.json") && form.get("To") === `client:${agent}`,
  hangUp: ({ name }: Passing): boolean => /^POST .*\/Calls\/CA\w+\.json$/.test(name),
  hold: ({ form }: Passing): boolean => form.get("Hold") === "true",
  unhold: ({ form }: Passing): boolean => form.get("Hold") === "false",
  mute: ({ form }: Passing): boolean => form.get("Muted") === "true",
  flag: ({ form }: Passing): boolean => form.has("EndConferenceOnExit"),
  endConference: ({ name }: Passing): boolean => /^POST .*\/Conferences\/CF\w+\.json$/.test(name),
};
