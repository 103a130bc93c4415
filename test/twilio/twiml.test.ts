import { describe, expect, it } from "vitest";
import type { CallId, Label, Transfer } from "../../src/call/types.ts";
import { createUrls } from "../../src/twilio/addresses.ts";
import {
  afterConference,
  connectCustomer,
  connectDialled,
  onHold,
  waiting,
} from "../../src/twilio/twiml/conference.ts";
import { sentences } from "../../src/twilio/twiml/sentences.ts";
import { CALL, PUBLIC_URL, aCall, agentLeg, customerLeg } from "./support/values.ts";

const voice = { urls: createUrls(PUBLIC_URL), language: "en", greeting: null } as const;
const say = (text: string): string => `<Say language="en-US">${text}</Say>`;
const document = (verbs: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs}</Response>`;

/** How Twilio tries again, in an attribute. */
const SOON = "#rc=2&amp;ct=4000&amp;rt=5000&amp;rp=ct,rt,5xx";

/** The whole document that puts a leg into the conference with the tutorial's flags. */
const conference = (label: string, startsOnEnter: boolean, endsOnExit: boolean): string =>
  document(
    `<Dial action="${PUBLIC_URL}/conference/${CALL}/left/${label}${SOON}" method="POST">` +
      `<Conference startConferenceOnEnter="${startsOnEnter}" endConferenceOnExit="${endsOnExit}" ` +
      `participantLabel="${label}" beep="false" waitUrl="${PUBLIC_URL}/conference/wait${SOON}" waitMethod="POST" ` +
      `statusCallback="${PUBLIC_URL}/conference/events#rc=3&amp;rp=ct,rt,5xx" ` +
      `statusCallbackEvent="start end join leave mute hold modify" statusCallbackMethod="POST">` +
      `${CALL}</Conference></Dial>`,
  );

describe("joining the conference", () => {
  const target = agentLeg({ label: "agent2-1" as Label, role: "target", endsConference: true });
  const call = aCall({ legs: [customerLeg(), agentLeg(), target] });

  it("lets the customer wait for an agent, and end the call by leaving", () => {
    expect(connectCustomer(call, voice)).toBe(conference("customer", false, true));
  });

  it("gives every customer a conference of their own, and each server its own addresses", () => {
    const other = aCall({ id: `CA${"f".repeat(32)}` as CallId });
    const elsewhere = { ...voice, urls: createUrls("https://elsewhere.example.com") };
    const own = conference("customer", false, true);
    expect(connectCustomer(other, voice)).toBe(own.replaceAll(CALL, other.id));
    expect(connectCustomer(call, elsewhere)).toBe(
      own.replaceAll(PUBLIC_URL, "https://elsewhere.example.com"),
    );
    expect(connectCustomer(call, voice)).toBe(own);
  });

  it("does not end the call when the customer leaves, if the record says so", () => {
    const staying = aCall({ legs: [{ ...customerLeg(), endsConference: false }] });
    expect(connectCustomer(staying, voice)).toBe(conference("customer", false, false));
  });

  it("never lets a call's name end an element", () => {
    const odd = aCall({ id: "<&>" as CallId });
    expect(connectCustomer(odd, voice)).toContain(">&lt;&amp;&gt;</Conference>");
  });

  it("lets the first agent start the conference and leave it", () => {
    expect(connectDialled(call, agentLeg(), voice)).toBe(conference("agent1-1", true, false));
  });

  it("lets the target of a transfer end the call by leaving", () => {
    expect(connectDialled(call, target, voice)).toBe(conference("agent2-1", true, true));
  });

  describe("as an outside target,", () => {
    const leg = agentLeg({
      label: "outside-1" as Label,
      party: { kind: "outside", address: "+15550199999" },
      role: "target",
      endsConference: true,
    });
    const transfer = { target: leg.label, note: "Mrs <Abe> & order 17" } as Transfer;
    const told = aCall({ legs: [customerLeg(), agentLeg(), leg], transfers: [transfer] });

    it("hears first what it is about, with the note, and which key takes the call", () => {
      expect(connectDialled(told, leg, voice)).toBe(
        document(
          `<Gather action="${PUBLIC_URL}/conference/${CALL}/briefed/outside-1${SOON}" method="POST" ` +
            `numDigits="1" timeout="10" actionOnEmptyResult="true">` +
            `${say(sentences.en.briefing)}${say("Mrs &lt;Abe&gt; &amp; order 17")}${say(sentences.en.howToTake)}` +
            `</Gather>`,
        ),
      );
    });

    it("comes into the conference after that", () => {
      const joins = conference("outside-1", true, true);
      expect(connectDialled(told, leg, voice, { isBriefed: true })).toBe(joins);
    });

    it("hears that the call is over, when it is over by then", () => {
      const over = document(`${say(sentences.en.callIsOver)}<Hangup/>`);
      expect(connectDialled(aCall({ endedAt: 1 }), leg, voice, { isBriefed: true })).toBe(over);
    });
  });

  it.each([
    ["the call has ended", aCall({ endedAt: 1 }), agentLeg()],
    ["the leg is no longer wanted", aCall(), agentLeg({ unwanted: true })],
    ["the leg has left", aCall(), agentLeg({ state: "left" })],
    ["nobody knows the leg", aCall(), undefined],
    ["nobody knows the call", undefined, undefined],
  ])("tells an agent so and hangs up when %s", (_name, call, leg) => {
    expect(connectDialled(call, leg, voice)).toBe(document(`${say(sentences.en.callIsOver)}<Hangup/>`));
  });

  it("apologises to a customer whose call cannot be found or is over", () => {
    const apology = document(`${say(sentences.en.error)}<Hangup/>`);
    expect(connectCustomer(undefined, voice)).toBe(apology);
    expect(connectCustomer(aCall({ endedAt: 1 }), voice)).toBe(apology);
  });
});

describe("waiting", () => {
  const play = `<Play loop="3">${PUBLIC_URL}/sounds/waiting.wav</Play>`;
  const goOn = say(sentences.en.goOnWaiting) + play;
  const next = (path: string): string => `<Redirect method="POST">${PUBLIC_URL}${path}${SOON}</Redirect>`;

  it("greets, plays music with a sentence now and then for half an hour, and goes on with that", () => {
    const first = say(sentences.en.greeting) + play + goOn.repeat(39) + next("/conference/wait?round=1");
    expect(waiting("0", voice)).toBe(document(first));
    expect(waiting("1", voice)).toBe(document(goOn.repeat(40) + next("/conference/wait?round=1")));
    expect(waiting("back", voice)).toContain(say(sentences.en.interrupted) + play + goOn);
  });

  it("fits Twilio's size limit in every language, with the longest words", () => {
    const greeting = "も".repeat(1_000);
    expect(Buffer.byteLength(waiting("0", { ...voice, greeting, language: "ja" }))).toBeLessThan(65_536);
  });

  it("speaks a custom greeting with any characters", () => {
    const greeting = 'Fish & <chips>, "hello" ]]> \u{1f41f}';
    const said = waiting("0", { ...voice, greeting });
    expect(said).toContain(say('Fish &amp; &lt;chips&gt;, "hello" ]]&gt; \u{1f41f}'));
    expect(said).not.toContain(sentences.en.greeting);
    expect(waiting("1", { ...voice, greeting })).not.toContain("Fish");
    expect(waiting("0", { ...voice, greeting: "もしもし", language: "ja" })).toContain(
      '<Say language="ja-JP" voice="Polly.Mizuki">もしもし</Say>',
    );
  });

  it("plays music on hold without an end", () => {
    const round = say(sentences.en.holdTheLine) + play;
    expect(onHold(voice)).toBe(document(round.repeat(40) + next("/conference/hold")));
  });

  it("speaks Japanese with a Japanese voice", () => {
    expect(waiting("0", { ...voice, language: "ja" })).toContain(
      `<Say language="ja-JP" voice="Polly.Mizuki">${sentences.ja.greeting}</Say>`,
    );
  });
});

describe("after the conference", () => {
  const talked = [customerLeg(), agentLeg({ state: "left", joinedAt: 1, leftAt: 2 })];

  it.each([
    ["thanks after a talk", aCall({ legs: talked, endedAt: 2, endedBy: "agent" }), "closing"],
    ["thanks when it is not yet known who ended it", aCall({ legs: talked }), "closing"],
    ["apologises when nobody answered", aCall(), "nobodyAnswered"],
    ["apologises when something failed", aCall({ legs: talked, endedAt: 2, endedBy: "error" }), "error"],
    ["apologises for a call that is not known", undefined, "error"],
    ["says that a call was cut", aCall({ legs: talked, endedAt: 2, endedBy: "time-limit" }), "timeLimit"],
    ["says so before that is known", aCall({ legs: talked, timeLimit: 60 }), "timeLimit", 59_000],
    ["thanks a second call of that length", aCall({ legs: talked, timeLimit: 90 }), "closing", 59_000],
  ] as const)("%s", (_name, call, sentence, now: number = 3) => {
    expect(afterConference(call, "customer", voice, now)).toBe(
      document(`${say(sentences.en[sentence])}<Hangup/>`),
    );
  });

  it("just ends an agent's leg", () => {
    expect(afterConference(aCall(), "agent1-1", voice, 3)).toBe(document("<Hangup/>"));
  });
});

describe("a customer whom no agent could take", () => {
  const endRequested = { at: 1, by: null, noAgent: true, takesMessage: true };
  const ended = aCall({ endedAt: 1, endedBy: "no-agent", endRequested });
  const message = { recording: "RE1", url: "https://api.twilio.com/RE1", seconds: 3, at: 2 };
  const answers = (call: typeof ended, how: typeof voice | { language: "ja" } = voice) =>
    afterConference(call, "customer", { ...voice, ...how }, 0);

  it("hears the request for a message, is recorded, and hears when no message came", () => {
    const { leaveMessage, noMessage } = sentences.en;
    expect(answers(ended)).toBe(
      document(
        `${say(leaveMessage)}<Record action="${PUBLIC_URL}/conference/${CALL}/message${SOON}" method="POST" ` +
          `maxLength="120" timeout="5" finishOnKey="#" playBeep="true" ` +
          `recordingStatusCallback="${PUBLIC_URL}/conference/${CALL}/recording#rc=3&amp;rp=ct,rt,5xx" ` +
          `recordingStatusCallbackMethod="POST"/>${say(noMessage)}<Hangup/>`,
      ),
    );
  });

  it("hears it in Japanese, too", () => {
    expect(answers(ended, { language: "ja" })).toContain(sentences.ja.leaveMessage);
  });

  it("is not recorded twice", () => {
    expect(answers({ ...ended, message })).toBe(document(`${say(sentences.en.messageTaken)}<Hangup/>`));
  });
});
