/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-rehearsal.h>

#include "pipeline/genesis-settings-private.h"

G_BEGIN_DECLS

struct _GenesisRehearsal
{
  GObject parent_instance;

  GenesisSettings *settings;
  GenesisPluginHost *host;
  char *table, *synthetic, *schema; /* resolved paths; synthetic and schema may be NULL */
  char *column;                     /* NULL: iid */
  double alpha;                     /* 0: by column */
  guint n_sites;
  double failure, straggler, straggler_delay, deadline;
  GenesisStrategy strategy;
};

void genesis_rehearsal_emit_progress (GenesisRehearsal *self, const char *what, double share);
void genesis_rehearsal_emit_warning (GenesisRehearsal *self, const char *text);

G_END_DECLS
