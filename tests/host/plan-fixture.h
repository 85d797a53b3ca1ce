/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <math.h>

#include <genesis/genesis-error.h>

#include "host/genesis-plan-private.h"

/* A plan that is right, in memory that a test may change before it is copied. */
typedef struct
{
  genesis_abi_session session;
  guint64 one_cell[1], shape[8];
  genesis_abi_block_spec rows, counts, scores;
  const genesis_abi_block_spec *specs[3];
  genesis_abi_plan plan;
} Fixture;

static inline genesis_abi_block_spec
make_spec (const char *name, const guint64 *shape, guint32 rank, guint32 group)
{
  return (genesis_abi_block_spec){
    .struct_size = sizeof (genesis_abi_block_spec),
    .rank = rank,
    .name = name,
    .shape = shape,
    .norm = GENESIS_ABI_NORM_L2,
    .group = group,
    .unit = GENESIS_ABI_UNIT_RECORD,
    .sensitivity = 1,
    .hi = 1,
    .quantum = 1,
  };
}

static inline void
set_up (Fixture *f, gconstpointer unused)
{
  f->session = (genesis_abi_session){
    .struct_size = sizeof f->session,
    .n_sites = 3,
    .unit = GENESIS_ABI_UNIT_RECORD,
    .rounds = 5,
    .n_max = 1 << 29,
    .max_weight_q20 = 1 << 20,
    .budget_mu2 = INFINITY,
  };
  f->one_cell[0] = 1;
  for (guint i = 0; i < 8; i++)
    f->shape[i] = 2;
  f->rows = make_spec ("rows", f->one_cell, 1, 0);
  f->rows.flags = GENESIS_ABI_BLOCK_COUNTS;
  f->counts = make_spec ("counts", f->shape, 2, 1);
  f->scores = make_spec ("scores", f->shape, 3, 1);
  f->specs[0] = &f->rows;
  f->specs[1] = &f->counts;
  f->specs[2] = &f->scores;
  f->plan = (genesis_abi_plan){
    .struct_size = sizeof f->plan,
    .phase = 1,
    .title = "first",
    .n_specs = 3,
    .specs = f->specs,
    .budget_share = .25,
  };
}

static inline void
tear_down (Fixture *f, gconstpointer unused)
{
}

static inline GenesisPlan *
copy (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  GenesisPlan *plan = genesis_plan_new_copy (&f->plan, &f->session, &error);

  g_assert_no_error (error);
  g_assert_nonnull (plan);
  return plan;
}

static inline void
assert_refused (Fixture *f, int code, const char *part)
{
  g_autoptr (GError) error = NULL;
  GenesisPlan *plan = genesis_plan_new_copy (&f->plan, &f->session, &error);

  g_assert_error (error, GENESIS_ERROR, code);
  g_assert_null (plan);
  if (strstr (error->message, part) == NULL)
    g_error ("'%s' does not contain '%s'", error->message, part);
}
