/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-source.h>

G_BEGIN_DECLS

/* One pass over the records of a source as typed rows: foreach_chunk of a source that has only
   open, and what others build on. */
gboolean genesis_source_foreach_parsed_chunk (GenesisSource *self, GenesisSchema *schema,
                                              GenesisChunkFunc func, gpointer user_data,
                                              GCancellable *cancellable, GError **error);

G_END_DECLS
