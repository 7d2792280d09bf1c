"""What an attendee's own phone asks for."""

from flask import Blueprint

blueprint = Blueprint("phone", __name__)
