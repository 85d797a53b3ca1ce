/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Takes the id of another plugin. */
#include "broken-base.h"

#define ID "org.example.tally"
#include "broken-module.h"
