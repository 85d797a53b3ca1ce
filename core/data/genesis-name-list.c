/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-name-list-private.h"

#define MOST_NAMES 12u

void
genesis_name_list_tell (GPtrArray *names, const char *what, GPtrArray *lines)
{
  GString *text = g_string_new (what);

  for (guint i = 0; i < names->len && i < MOST_NAMES; i++)
    g_string_append_printf (text, "%s'%s'", i > 0 ? ", " : " ",
                            (const char *)g_ptr_array_index (names, i));
  if (names->len > MOST_NAMES)
    g_string_append_printf (text, " and %u more", names->len - MOST_NAMES);
  g_ptr_array_add (lines, g_string_free (text, FALSE));
}
