/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The candidate nearest to name by edit distance, when near enough to be meant (at most a third of
   the letters), else NULL. */
const char *genesis_nearest_name (const char *name, const char *const *candidates);

G_END_DECLS
