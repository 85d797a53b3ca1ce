/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Draws n times as much noise as a cell of a private total gets, on one core. */
gboolean bench_noise_draw (guint64 n, GError **error);
