import { VoiceResponse } from "./official.ts";
import { describe, expect, it } from "vitest";
import { parseTwiml } from "../../src/twiml/parse-twiml.ts";
import { readTwiml } from "../../src/twiml/read-answer.ts";

const parse = (verbs: string) => parseTwiml(`<?xml version="1.0"?><Response>${verbs}</Response>`);

describe("TwiML", () => {
  it("of Twilio's own builder is read without a warning", () => {
    const response = new VoiceResponse();
    response.say({ voice: "Polly.Joanna", language: "en-US" }, "Thank you & <welcome>.");
    response.play({ loop: 0 }, "/music.wav");
    response.dial({ action: "/after", timeout: 20, answerOnBridge: true }).conference(
      {
        participantLabel: "customer",
        startConferenceOnEnter: false,
        endConferenceOnExit: true,
        waitUrl: "/wait",
        beep: "false",
        statusCallback: "/events",
        statusCallbackEvent: ["start", "join"],
      },
      "room",
    );
    const { verbs, warnings } = parseTwiml(response.toString());
    expect(warnings).toEqual([]);
    expect(verbs).toMatchObject([
      { verb: "Say", text: "Thank you & <welcome>.", voice: "Polly.Joanna" },
      { verb: "Play", url: "/music.wav", loop: 0 },
      {
        verb: "Dial",
        action: "/after",
        method: "POST",
        timeout: 20,
        answerOnBridge: true,
        targets: [],
        conference: {
          name: "room",
          participantLabel: "customer",
          startConferenceOnEnter: false,
          endConferenceOnExit: true,
          waitUrl: "/wait",
          waitMethod: "POST",
          beep: "false",
          statusCallbackEvents: ["start", "join"],
        },
      },
    ]);
  });

  it("has Twilio's defaults for a conference", () => {
    expect(parse("<Dial><Conference>room</Conference></Dial>").verbs[0]).toMatchObject({
      action: null,
      timeout: 30,
      timeLimit: 14_400,
      hangupOnStar: false,
      conference: {
        muted: false,
        beep: "true",
        startConferenceOnEnter: true,
        endConferenceOnExit: false,
        participantLabel: null,
        waitUrl: null,
        waitMethod: "GET",
        maxParticipants: 250,
        coach: null,
        statusCallback: null,
        statusCallbackMethod: "POST",
        statusCallbackEvents: [],
      },
    });
  });

  it("distinguishes an empty waitUrl from none", () => {
    const [verb] = parse(`<Dial><Conference waitUrl="">room</Conference></Dial>`).verbs;
    expect(verb).toMatchObject({ conference: { waitUrl: "" } });
  });

  it("of Twilio's own builder names an application, and returns parameters", () => {
    const sid = `AP${"a".repeat(32)}`;
    const response = new VoiceResponse();
    const application = response.dial().application({ customerId: "Flowers", copyParentTo: true });
    application.applicationSid(sid);
    application.parameter({ name: "topic", value: "a & b" });
    response.reject().parameter({ name: "reason", value: "closed" });
    response.hangup().parameter({ name: "reason", value: "late" });
    const { verbs, warnings } = parseTwiml(response.toString());
    expect(warnings).toEqual([]);
    const parameters = { CustomerId: "Flowers", Param_topic: "a & b" };
    expect(verbs).toMatchObject([
      {
        targets: [{ to: `app:${sid}`, parameters, copyParentTo: true, statusCallbackEvents: ["completed"] }],
      },
      { verb: "Reject", parameters: { reason: "closed" } },
      { verb: "Hangup", parameters: { reason: "late" } },
    ]);
  });

  it("carries custom parameters to a browser", () => {
    const client = `<Client><Identity> agent1 </Identity><Parameter name="topic" value="a &amp; b"/></Client>`;
    expect(parse(`<Dial>${client}</Dial>`).verbs[0]).toMatchObject({
      targets: [{ to: "client:agent1", parameters: { topic: "a & b" } }],
    });
  });

  it("keeps the order of verbs, ignores comments, and reads entities, CDATA and numeric characters", () => {
    const { verbs } = parse(
      `<!-- no --><Say>1 &lt; 2</Say><Pause/><Say><![CDATA[<b>]]> &#x263A; <break/>x</Say>`,
    );
    expect(verbs).toMatchObject([{ text: "1 < 2" }, { verb: "Pause", length: 1 }, { text: "<b> ☺ x" }]);
  });

  it.each([
    ["<Say>caf&eacute;</Say>", /"eacute" was referenced, but not declared/],
    [`<Play>http://127.0.0.1/?a=1&b;</Play>`, /"b" was referenced/],
    [`<Dial action="/a?b=1&copy;"/>`, /"copy" was referenced/],
  ])("%s is no XML, because a name in it is not declared", (verbs, message) => {
    expect(() => parse(verbs)).toThrow(message);
    expect(parse(`<Say><![CDATA[${verbs}]]></Say><!-- ${verbs} -->`).verbs).toHaveLength(1);
  });

  it.each([
    `<!ENTITY x "hello">`,
    `<!ENTITY x "hello"><!ENTITY y "&x;&x;">`,
    `<!ENTITY x "<Hangup/>">`,
    `<!ENTITY x SYSTEM "file:///etc/hostname">`,
    `<!ENTITY lt "hello">`,
  ])("a document that declares %s is refused, and nothing of it is spoken", (declared) => {
    for (const said of ["&x;", "1 &lt; 2"]) {
      const text = `<!DOCTYPE Response [${declared}]><Response><Say>${said}</Say></Response>`;
      expect(readTwiml(text)).toMatchObject({ code: 12100 });
    }
    expect(readTwiml("<!DOCTYPE Response><Response><Say>hi</Say></Response>")).not.toHaveProperty("code");
  });

  const warnings: [string, string][] = [
    ["<Dail>x</Dail>", "<Dail> is not a verb of TwiML (names are case-sensitive)"],
    [`<Say Voice="man">x</Say>`, "Attribute 'Voice' is not allowed in <Say>"],
    [`<Pause length="long"/>`, "Attribute 'length' of <Pause> has the wrong value 'long'"],
    [
      `<Dial hangupOnStar="yes">+15550123456</Dial>`,
      "Attribute 'hangupOnStar' of <Dial> has the wrong value 'yes'",
    ],
    [`<Record finishOnKey="A"/>`, "Attribute 'finishOnKey' of <Record> has the wrong value 'A'"],
    [
      `<Record recordingStatusCallbackEvent="done"/>`,
      "'done' is not a recordingStatusCallbackEvent of <Record>",
    ],
    [
      `<Dial><Conference statusCallbackEvent="started">r</Conference></Dial>`,
      "'started' is not a statusCallbackEvent of <Conference>",
    ],
  ];
  it.each(warnings)("with %s causes a warning", (verbs, warning) => {
    expect(parse(verbs).warnings).toEqual([warning]);
  });

  it.each(["Pay", "Connect"])("has <%s> as an unsupported verb", (name) => {
    expect(parse(`<${name}/>`)).toEqual({ verbs: [{ verb: "Unsupported", name }], warnings: [] });
  });

  it("limits a ring to 5 to 600 seconds", () => {
    const timeouts = ["1", "30", "9999"].map((t) => parse(`<Dial timeout="${t}">+1555</Dial>`).verbs[0]);
    expect(timeouts).toMatchObject([{ timeout: 5 }, { timeout: 30 }, { timeout: 600 }]);
  });

  it.each(["", "hello", "<Response>", "<Response/><Response/>", "<response/>", "<A/>"])(
    "%j is no TwiML",
    (text) => {
      expect(() => parseTwiml(text)).toThrow();
    },
  );
});
