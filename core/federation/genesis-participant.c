/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-participant-private.h"

GenesisParticipant *
genesis_participant_new (GenesisDataSite *site, guint index)
{
  GenesisParticipant *self = g_new0 (GenesisParticipant, 1);

  self->site = g_object_ref (site);
  self->machine = genesis_site_machine_new (genesis_data_site_get_name (site));
  self->index = index;
  return self;
}

const char *
genesis_participant_get_name (GenesisParticipant *self)
{
  return genesis_data_site_get_name (self->site);
}

/* The partial is folded into the total or refused: nobody needs it any more. */
void
genesis_participant_discard (GenesisParticipant *self)
{
  g_clear_pointer (&self->partial, genesis_blocks_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->digest, g_free);
}

void
genesis_participant_free (GenesisParticipant *self)
{
  genesis_participant_discard (self);
  g_clear_pointer (&self->next_own, genesis_blocks_unref);
  g_clear_pointer (&self->own, genesis_blocks_unref);
  g_clear_pointer (&self->machine, genesis_site_machine_free);
  g_clear_pointer (&self->ledger, genesis_spend_ledger_unref);
  g_clear_object (&self->site);
  g_free (self);
}
