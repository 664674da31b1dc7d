"""A server whose catalog is newer than every client: it answers every request with a code, a type and
a member that no document has yet.
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
    content = json.dumps({"error": ERROR})
    return Response(content, 400, headers, content_type="application/json")


if __name__ == "__main__":
    serve(answer)
