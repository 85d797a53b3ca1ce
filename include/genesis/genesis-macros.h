/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

/* GENESIS_API marks a public symbol; everything else in the library is hidden. */
#define GENESIS_API __attribute__ ((visibility ("default"))) extern
