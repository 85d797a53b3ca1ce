/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "command.h"

extern const Command data_summary_command;

/* What "genesis data summary" says, of its JSON. */
char *data_report (const char *json);
