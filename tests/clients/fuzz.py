"""schemathesis makes up questions from the schema and asks them: fuzz.py URL COUNT [TOKEN].

None may be answered by a status of 500 or more, by the code INTERNAL, or by what is not GraphQL. The seed is fixed:
the same schema gives the same questions.
"""

import collections
import json
import sys
import time

import hypothesis
import requests
import schemathesis
from hypothesis import HealthCheck, Phase
from schemathesis.graphql import nodes

url, count = sys.argv[1], int(sys.argv[2])
headers = {"Authorization": f"Bearer {sys.argv[3]}"} if sys.argv[3:] else {}

# Days of calendars that a database may have and the other has not, too.
strange = hypothesis.strategies.sampled_from(["-9999-01-01", "0000-01-01", "10000-01-01", "+262142-12-31", "2024-02-30", ""])
days = hypothesis.strategies.dates().map(lambda day: day.isoformat()) | strange
schemathesis.graphql.scalar("Date", days.map(nodes.String))
schemathesis.graphql.scalar("DateTime", hypothesis.strategies.datetimes().map(lambda at: nodes.String(at.isoformat() + "Z")))

schema = schemathesis.graphql.from_url(url)
# A subscription is no question with one answer.
operations = [found.ok() for found in schema.get_all_operations()]
operations = [one for one in operations if one.definition.is_query or one.definition.is_mutation]

session = requests.Session()
tally = collections.Counter()


def ask(case):
    body = {"query": case.body} if isinstance(case.body, str) else case.body
    answer = session.post(url, json=body, headers=headers, timeout=30)
    tally["asked"] += 1
    told = answer.json()
    codes = [error.get("extensions", {}).get("code") for error in told.get("errors", [])]
    fault = answer.status_code >= 500 or "INTERNAL" in codes or not ("data" in told or codes)
    assert not fault, f"status {answer.status_code}: {answer.text[:500]}\nto\n{case.body}"
    tally["answered" if told.get("data") else "refused"] += 1
    tally.update(f"code {code}" for code in set(codes))


started = time.monotonic()
while tally["asked"] < count:
    # Some operations have fewer different questions than asked for: the others make up for them in another round.
    before = tally["asked"]
    share = -(-(count - before) // len(operations))
    for operation in operations:
        test = hypothesis.given(operation.as_strategy())(ask)
        test = hypothesis.settings(
            max_examples=share,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )(test)
        hypothesis.seed(before + 1)(test)()
tally["seconds"] = round(time.monotonic() - started)
print(json.dumps(tally))
