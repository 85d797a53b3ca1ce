/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GENESIS_ENROLMENT_INVITED,
  GENESIS_ENROLMENT_CONSENTED,
  GENESIS_ENROLMENT_VETOED
} GenesisEnrolment;

/**
 * GenesisAnswer:
 * @GENESIS_ANSWER_NONE: not asked in this round
 * @GENESIS_ANSWER_WAITING: asked
 * @GENESIS_ANSWER_PENDING: a partial is being checked and added
 * @GENESIS_ANSWER_ACCEPTED: its partial is in the total
 * @GENESIS_ANSWER_ABSENT: said that it cannot, or was silent at the deadline: may be asked again
 * @GENESIS_ANSWER_REJECTED: its partial was not what it should be: is not asked again
 *
 * What a site did in the round that is open.
 */
typedef enum
{
  GENESIS_ANSWER_NONE,
  GENESIS_ANSWER_WAITING,
  GENESIS_ANSWER_PENDING,
  GENESIS_ANSWER_ACCEPTED,
  GENESIS_ANSWER_ABSENT,
  GENESIS_ANSWER_REJECTED
} GenesisAnswer;

/**
 * GenesisSeat:
 * @digest: of the partial that is pending or accepted in this round
 * @reason: why it is absent or rejected
 * @receipts: the digest that was accepted in round i + 1, or %NULL
 *
 * A site as the coordinator's machine sees it.
 */
typedef struct
{
  char *name;
  GenesisEnrolment enrolment;
  int veto_code;
  char *veto;
  GenesisAnswer answer;
  char *digest;
  char *reason;
  GPtrArray *receipts;
} GenesisSeat;

void genesis_seat_set_reason (GenesisSeat *seat, const char *reason);
/* Why the site has no part in the round; NULL when nothing is known against it. */
const char *genesis_seat_get_absence (const GenesisSeat *seat);
gboolean genesis_seat_is_policy_veto (const GenesisSeat *seat);
/* Its table cannot be read: trying again does not help. */
gboolean genesis_seat_is_data_veto (const GenesisSeat *seat);
void genesis_seat_remember_receipt (GenesisSeat *seat, guint round);

/**
 * GenesisSeats:
 * @list: (element-type GenesisSeat): in the order in which the sites were seen
 *
 * The sites of a run, with how many of them are in which condition: no step looks at all of them to
 * know that.
 */
typedef struct
{
  GPtrArray *list;
  GHashTable *by_name;
  guint n_invited, n_consented, n_waiting, n_pending, n_accepted, n_absent;
} GenesisSeats;

GenesisSeats *genesis_seats_new (void);
void genesis_seats_free (GenesisSeats *self);
GenesisSeat *genesis_seats_add (GenesisSeats *self, const char *name);
GenesisSeat *genesis_seats_find (GenesisSeats *self, const char *name);
void genesis_seats_set_answer (GenesisSeats *self, GenesisSeat *seat, GenesisAnswer answer);
/* Nobody was asked anything in the round yet: a receipt of an opening that was given up is none. */
void genesis_seats_clear_answers (GenesisSeats *self, guint round);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisSeats, genesis_seats_free)

G_END_DECLS
