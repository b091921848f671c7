"""What schemathesis cannot know of the contract, for `make test-contract`."""

import schemathesis

# Codes for which the simulator breaks the contract, or keeps everybody waiting, on purpose.
BROKEN = tuple("6789")


@schemathesis.hook
def filter_body(context, body):
    questions = body if isinstance(body, list) else [body]
    codes = [question.get("hes_code") for question in questions if isinstance(question, dict)]
    return not any(isinstance(code, str) and code.endswith(BROKEN) for code in codes)


@schemathesis.check
def a_question_is_refused_for_its_code_alone(context, response, case):
    """Stands in for positive_data_acceptance: a question of the contract may be about an unknown code."""
    if case.meta.generation.mode.is_positive and response.status_code == 400:
        key = response.json()["errorKey"]
        assert key in ("hescodenotfound", "hescodehasbeenexpired"), f"refused for {key}"
