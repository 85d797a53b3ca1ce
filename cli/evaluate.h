/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "command.h"

/* What "genesis evaluate" says to a person: json is what the evaluator wrote; the names are those
   of the tables, holdout NULL when there is none. */
char *evaluate_report (const char *json, const char *real, const char *synthetic,
                       const char *holdout);
