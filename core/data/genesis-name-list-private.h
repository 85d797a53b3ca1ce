/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Adds "what 'a', 'b' and 3 more" to a list of lines; names: of texts, at most 12 of them are
   named. */
void genesis_name_list_tell (GPtrArray *names, const char *what, GPtrArray *lines);

G_END_DECLS
