"""A warm transfer in Flask, with Twilio's package: it knows Twilio by its own address only."""

import os
from functools import wraps

from flask import Flask, abort, request, url_for
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from twilio.twiml.voice_response import Dial, VoiceResponse
from werkzeug.serving import make_server

NUMBER = os.environ["TWILIO_NUMBER"]
AUTH_TOKEN = os.environ["TWILIO_AUTH_TOKEN"]

app = Flask(__name__)
client = Client(os.environ["TWILIO_ACCOUNT_SID"], AUTH_TOKEN)
validator = RequestValidator(AUTH_TOKEN)
conference_of = {}


def from_twilio(view):
    @wraps(view)
    def checked(*args, **kwargs):
        signature = request.headers.get("X-Twilio-Signature", "")
        if not validator.validate(request.url, request.form, signature):
            abort(403)
        return str(view(*args, **kwargs)), {"Content-Type": "text/xml"}

    return checked


def join(conference, starts, ends):
    dial = Dial()
    dial.conference(
        conference,
        start_conference_on_enter=starts,
        end_conference_on_exit=ends,
        wait_url=url_for("wait", _external=True),
    )
    response = VoiceResponse()
    response.append(dial)
    return response


def ring(agent, conference):
    conference_of[agent] = conference
    url = url_for("agent_joins", conference=conference, agent=agent, _external=True)
    client.calls.create(to=f"client:{agent}", from_=NUMBER, url=url)


@app.post("/conference/connect/client")
@from_twilio
def customer_calls():
    conference = request.form["CallSid"]
    ring("agent1", conference)
    return join(conference, starts=False, ends=True)


@app.post("/conference/wait")
@from_twilio
def wait():
    response = VoiceResponse()
    response.say("Please wait in line. An agent will be with you shortly.")
    response.play("http://com.twilio.music.classical.s3.amazonaws.com/music.mp3")
    return response


@app.post("/conference/<conference>/connect/<agent>")
@from_twilio
def agent_joins(conference, agent):
    return join(conference, starts=True, ends=agent == "agent2")


@app.post("/conference/<agent>/call")
def bring_second_agent(agent):
    ring("agent2", conference_of[agent])
    return "", 204


server = make_server("127.0.0.1", 0, app, threaded=True)
print(f"http://127.0.0.1:{server.port}", flush=True)
server.serve_forever()
