/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-seats-private.h"

#include <genesis/genesis-error.h>

static void
seat_free (GenesisSeat *seat)
{
  g_free (seat->name);
  g_free (seat->veto);
  g_free (seat->digest);
  g_free (seat->reason);
  g_ptr_array_unref (seat->receipts);
  g_free (seat);
}

void
genesis_seat_set_reason (GenesisSeat *seat, const char *reason)
{
  g_free (seat->reason);
  seat->reason = g_strdup (reason != NULL ? reason : "no reason given");
}

const char *
genesis_seat_get_absence (const GenesisSeat *seat)
{
  if (seat->enrolment == GENESIS_ENROLMENT_VETOED)
    return seat->veto;
  if (seat->answer == GENESIS_ANSWER_ABSENT || seat->answer == GENESIS_ANSWER_REJECTED)
    return seat->reason;
  return NULL;
}

gboolean
genesis_seat_is_policy_veto (const GenesisSeat *seat)
{
  return seat->enrolment == GENESIS_ENROLMENT_VETOED
         && (seat->veto_code == GENESIS_ERROR_REFUSED
             || seat->veto_code == GENESIS_ERROR_BUDGET_EXHAUSTED);
}

gboolean
genesis_seat_is_data_veto (const GenesisSeat *seat)
{
  return seat->enrolment == GENESIS_ENROLMENT_VETOED
         && (seat->veto_code == GENESIS_ERROR_INVALID_DATA
             || seat->veto_code == GENESIS_ERROR_SCHEMA_MISMATCH
             || seat->veto_code == GENESIS_ERROR_NOT_FOUND);
}

void
genesis_seat_remember_receipt (GenesisSeat *seat, guint round)
{
  if (seat->receipts->len < round)
    g_ptr_array_set_size (seat->receipts, round);
  g_free (seat->receipts->pdata[round - 1]);
  seat->receipts->pdata[round - 1] = g_strdup (seat->digest);
}

static guint *
answer_counter (GenesisSeats *self, GenesisAnswer answer)
{
  switch (answer)
    {
    case GENESIS_ANSWER_WAITING:
      return &self->n_waiting;
    case GENESIS_ANSWER_PENDING:
      return &self->n_pending;
    case GENESIS_ANSWER_ACCEPTED:
      return &self->n_accepted;
    case GENESIS_ANSWER_ABSENT:
      return &self->n_absent;
    case GENESIS_ANSWER_NONE:
    case GENESIS_ANSWER_REJECTED:
    default:
      return NULL;
    }
}

void
genesis_seats_set_answer (GenesisSeats *self, GenesisSeat *seat, GenesisAnswer answer)
{
  guint *from = answer_counter (self, seat->answer);
  guint *to = answer_counter (self, answer);

  if (from != NULL)
    *from -= 1;
  if (to != NULL)
    *to += 1;
  seat->answer = answer;
}

void
genesis_seats_clear_answers (GenesisSeats *self, guint round)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      GenesisSeat *seat = g_ptr_array_index (self->list, i);

      genesis_seats_set_answer (self, seat, GENESIS_ANSWER_NONE);
      g_clear_pointer (&seat->digest, g_free);
      g_clear_pointer (&seat->reason, g_free);
      if (seat->receipts->len >= round)
        g_clear_pointer (&seat->receipts->pdata[round - 1], g_free);
    }
}

GenesisSeat *
genesis_seats_add (GenesisSeats *self, const char *name)
{
  GenesisSeat *seat = g_new0 (GenesisSeat, 1);

  seat->name = g_strdup (name);
  seat->receipts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->list, seat);
  g_hash_table_insert (self->by_name, seat->name, seat);
  self->n_invited++;
  return seat;
}

GenesisSeat *
genesis_seats_find (GenesisSeats *self, const char *name)
{
  return name != NULL ? g_hash_table_lookup (self->by_name, name) : NULL;
}

GenesisSeats *
genesis_seats_new (void)
{
  GenesisSeats *self = g_new0 (GenesisSeats, 1);

  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify)seat_free);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
genesis_seats_free (GenesisSeats *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->list);
  g_free (self);
}
