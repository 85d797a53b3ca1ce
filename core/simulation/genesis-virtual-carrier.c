/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "simulation/genesis-virtual-carrier-private.h"

#include <math.h>

typedef struct
{
  GenesisParticipant *participant;
  double seconds;
} Answer;

static int
compare_answers (gconstpointer a, gconstpointer b)
{
  const Answer *x = a, *y = b;

  if (x->seconds != y->seconds)
    return x->seconds < y->seconds ? -1 : 1;
  return x->participant->index < y->participant->index
             ? -1
             : x->participant->index > y->participant->index;
}

/* A round that was given up and is taken up again goes on with the attempts that it had. */
static GenesisSimulatedRound *
find_round (GenesisVirtualCarrier *self, guint number)
{
  if (self->rounds->len < number)
    g_ptr_array_add (self->rounds, genesis_simulated_round_new (number));
  g_assert (self->rounds->len == number);
  return g_ptr_array_index (self->rounds, number - 1);
}

static void
note (GenesisVirtualCarrier *self, GenesisCommunicationKind kind, guint round, guint site,
      double seconds, guint64 n)
{
  const GenesisCommunication entry = {
    self->asked_at + seconds, kind, round, self->attempt, site, n
  };

  genesis_communication_log_add (self->log, &entry);
}

static void
ask_site (GenesisVirtualCarrier *self, GenesisSimulatedRound *round,
          GenesisSimulatedAttempt *attempt, GenesisParticipant *participant)
{
  const guint site = participant->index;
  const char *name = genesis_participant_get_name (participant);
  const GenesisSimulatedFault fault =
      genesis_simulated_fault_draw (&self->rates, site,
                                    genesis_partition_get_size (self->partition, site),
                                    round->number, self->attempt);
  const Answer answer = { participant, fault.seconds };

  if (fault.is_failed)
    {
      attempt->n_failed++;
      g_ptr_array_add (round->failed, g_strdup (name));
      note (self, GENESIS_COMMUNICATION_FAILED, round->number, site, 0.0, 0);
      return;
    }
  if (fault.is_straggler)
    {
      attempt->n_stragglers++;
      g_ptr_array_add (round->stragglers, g_strdup (name));
    }
  if (!fault.is_late)
    {
      g_array_append_val (self->answers, answer);
      return;
    }
  attempt->n_late++;
  g_ptr_array_add (round->late, g_strdup (name));
  note (self, GENESIS_COMMUNICATION_LATE, round->number, site, fault.seconds, 0);
}

/* A coordinator waits for who is silent until the deadline. Without one it is known that no more
   answers come when the last one is there. */
static double
get_duration (const GenesisVirtualCarrier *self, const GenesisSimulatedAttempt *attempt)
{
  if (attempt->n_failed + attempt->n_late > 0 && isfinite (self->rates.deadline))
    return self->rates.deadline;
  if (self->answers->len == 0)
    return 0.0;
  return g_array_index (self->answers, Answer, self->answers->len - 1).seconds;
}

static void
carry (GPtrArray *asked, guint number, guint attempt_number, gpointer user_data)
{
  GenesisVirtualCarrier *self = user_data;
  GenesisSimulatedRound *round = find_round (self, number);
  GenesisSimulatedAttempt attempt = { .n_asked = asked->len };

  self->asked_at = self->now;
  self->attempt = attempt_number + 1;
  note (self, GENESIS_COMMUNICATION_ASKED, number, 0, 0.0, asked->len);
  g_array_set_size (self->answers, 0);
  self->n_taken = 0;
  for (guint i = 0; i < asked->len; i++)
    ask_site (self, round, &attempt, g_ptr_array_index (asked, i));
  g_array_sort (self->answers, compare_answers);
  attempt.virtual_seconds = get_duration (self, &attempt);
  self->now += attempt.virtual_seconds;
  round->virtual_seconds += attempt.virtual_seconds;
  g_array_append_val (round->attempts, attempt);
  g_ptr_array_set_size (asked, 0);
  for (guint i = 0; i < self->answers->len; i++)
    g_ptr_array_add (asked, g_array_index (self->answers, Answer, i).participant);
}

/* Answers are taken in the order in which they come; one that was refused is passed over. */
static void
accepted (GenesisParticipant *participant, guint number, gsize n_bytes, gpointer user_data)
{
  GenesisVirtualCarrier *self = user_data;
  GenesisSimulatedRound *round = g_ptr_array_index (self->rounds, number - 1);

  while (g_array_index (self->answers, Answer, self->n_taken).participant != participant)
    {
      self->n_taken++;
      g_assert (self->n_taken < self->answers->len);
    }
  g_array_index (round->attempts, GenesisSimulatedAttempt, round->attempts->len - 1).n_answered++;
  note (self, GENESIS_COMMUNICATION_ANSWERED, number, participant->index,
        g_array_index (self->answers, Answer, self->n_taken).seconds, n_bytes);
}

GenesisInProcessCarrier
genesis_virtual_carrier_get (GenesisVirtualCarrier *self)
{
  return (GenesisInProcessCarrier){
    carry,
    accepted,
    self,
    isfinite (self->rates.deadline) ? NULL : "gave no answer",
  };
}

GenesisVirtualCarrier *
genesis_virtual_carrier_new (const GenesisFaultRates *rates, GenesisPartition *partition)
{
  GenesisVirtualCarrier *self = g_new0 (GenesisVirtualCarrier, 1);

  self->rates = *rates;
  self->partition = genesis_partition_ref (partition);
  self->rounds = g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_simulated_round_unref);
  self->log = genesis_communication_log_new (partition->n_parts);
  self->answers = g_array_new (FALSE, FALSE, sizeof (Answer));
  return self;
}

void
genesis_virtual_carrier_free (GenesisVirtualCarrier *self)
{
  g_clear_pointer (&self->partition, genesis_partition_unref);
  g_clear_pointer (&self->log, genesis_communication_log_free);
  g_clear_pointer (&self->rounds, g_ptr_array_unref);
  g_array_unref (self->answers);
  g_free (self);
}
