/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

/* What "genesis simulate" says to a person at the end, of one rehearsal or of a comparison. */
char *simulate_report (JsonObject *result);
