"""A server whose catalog is newer than every client: it answers every request with a code, a type and
a member that no document has yet. Below `/known_type`, the type is one of the sample.
"""

from __future__ import annotations

import json

from serve import serve
from werkzeug.wrappers import Request, Response

ERROR = {
    "message": "Nobody knew of this yesterday.",
    "type": "type_of_tomorrow",
    "code": "code_of_tomorrow",
    "param": None,
    "member_of_tomorrow": {"known": False},
}


def answer(request: Request) -> Response:
    # A connection on which something is left unread cannot be used again.
    request.get_data()
    headers = {"x-request-id": "req_of_tomorrow", "x-should-retry": "false"}
    known = {"type": "invalid_request_error"} if request.path.startswith("/known_type/") else {}
    content = json.dumps({"error": {**ERROR, **known}})
    return Response(content, 400, headers, content_type="application/json")


if __name__ == "__main__":
    serve(answer)
