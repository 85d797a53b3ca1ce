/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-in-process-duties-private.h"

/* Questions that travel: the coordinator asks a whole attempt in one step, the carrier says who
   answers in time and in what order, and what it keeps back is silent until the deadline. */

void
genesis_driver_hold_question (GenesisInProcessDriver *self, const GenesisRunMessage *action)
{
  g_ptr_array_add (self->questions, genesis_run_message_new_twin (action));
}

static void
deliver_question (GenesisInProcessDriver *self, GenesisParticipant *to)
{
  const GenesisRunMessage *first = g_ptr_array_index (self->questions, 0);
  GenesisRunMessage *message = genesis_driver_tell_site (self, to, GENESIS_RUN_ASKED, first->round);

  message->attempt = first->attempt;
  message->plan = g_strdup (first->plan);
}

gboolean
genesis_driver_carry_questions (GenesisInProcessDriver *self)
{
  g_autoptr (GPtrArray) asked = NULL;

  if (self->questions->len == 0)
    return FALSE;
  asked = g_ptr_array_new ();
  for (guint i = 0; i < self->questions->len; i++)
    {
      const GenesisRunMessage *question = g_ptr_array_index (self->questions, i);

      g_ptr_array_add (asked, g_hash_table_lookup (self->by_name, question->site));
      self->carried_round = question->round;
      self->carried_attempt = question->attempt;
    }
  self->is_carried = TRUE;
  self->carrier.carry (asked, self->carried_round, self->carried_attempt, self->carrier.user_data);
  for (guint i = 0; i < asked->len; i++)
    deliver_question (self, g_ptr_array_index (asked, i));
  g_ptr_array_set_size (self->questions, 0);
  return TRUE;
}

gboolean
genesis_driver_end_attempt (GenesisInProcessDriver *self)
{
  GenesisRunMessage *message;

  if (!self->is_carried)
    return FALSE;
  self->is_carried = FALSE;
  message = genesis_driver_tell_coordinator (self, GENESIS_RUN_DEADLINE, NULL, self->carried_round);
  message->attempt = self->carried_attempt;
  message->text = g_strdup (self->carrier.silence);
  return TRUE;
}

void
genesis_in_process_driver_set_carrier (GenesisInProcessDriver *self,
                                       const GenesisInProcessCarrier *carrier)
{
  self->carrier = *carrier;
}
