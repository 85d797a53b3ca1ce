/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* GFunc of the helpers' pool: data is a running parallel () that a helper joins until no job is
   left. */
void genesis_parallel_help (gpointer data, gpointer unused);

G_END_DECLS
