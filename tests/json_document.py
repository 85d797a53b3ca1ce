# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A JSON document made wrong in one place, for tests of what refuses it."""

import copy


def change(document, place, value):
    """The document with another value at a/b/c; None takes the member out."""
    document = copy.deepcopy(document)
    *path, last = [int(step) if step.isdigit() else step for step in place.split("/")]
    at = document
    for step in path:
        at = at[step]
    if value is None:
        del at[last]
    else:
        at[last] = value
    return document
