/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include <genesis/plugin-abi.h>

G_BEGIN_DECLS

/* What a struct of minor 0 reached to: its size without the members that later minors append. */
#define GENESIS_ABI_SIZE_1_0(Type, last_member)                                                    \
  (offsetof (Type, last_member) + sizeof (((Type *)NULL)->last_member))

/* Copies min (struct_size, size_here) bytes of a plugin's struct into a zeroed struct of the
   host, whose struct_size is then what was copied. The error names what, both sizes and the
   next step. */
gboolean genesis_abi_copy_struct (gpointer to, gsize size_here, gconstpointer from, gsize size_1_0,
                                  const char *what, GError **error);

G_END_DECLS
