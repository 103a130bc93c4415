// A warm transfer in Express, with Twilio's package: it knows Twilio by its own address only.
import express from "express";
import twilio from "twilio";

const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_NUMBER } = process.env;
const WAIT_URL = "http://twimlets.com/holdmusic?Bucket=com.twilio.music.classical";

const client = twilio(TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN);
const fromTwilio = twilio.webhook(TWILIO_AUTH_TOKEN, { protocol: "http" });
const conferenceOf = new Map();
const app = express();
app.use(express.urlencoded({ extended: false }));

const addressOf = (request, path) => `http://${request.headers.host}${path}`;

function join(response, conference, startConferenceOnEnter, endConferenceOnExit) {
  const twiml = new twilio.twiml.VoiceResponse();
  twiml.dial().conference({ startConferenceOnEnter, endConferenceOnExit, waitUrl: WAIT_URL }, conference);
  response.type("text/xml").send(twiml.toString());
}

async function ring(agent, conference, request) {
  conferenceOf.set(agent, conference);
  const url = addressOf(request, `/conference/${conference}/connect/${agent}`);
  await client.calls.create({ to: `client:${agent}`, from: TWILIO_NUMBER, url });
}

app.post("/conference/connect/client", fromTwilio, (request, response, next) => {
  const { CallSid } = request.body;
  ring("agent1", CallSid, request).then(() => join(response, CallSid, false, true), next);
});

app.post("/conference/:conference/connect/:agent", fromTwilio, (request, response) => {
  const { conference, agent } = request.params;
  join(response, conference, true, agent === "agent2");
});

app.post("/conference/:agent/call", (request, response, next) => {
  const conference = conferenceOf.get(request.params.agent);
  ring("agent2", conference, request).then(() => response.sendStatus(204), next);
});

const server = app.listen(0, "127.0.0.1", () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}\n`);
});
