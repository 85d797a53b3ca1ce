/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A spend ledger in a folder that the test leaves empty. */
#include "privacy/genesis-spend-ledger-private.h"

#include <math.h>
#include <string.h>

#include <glib/gstdio.h>

#include <genesis/genesis-error.h>

#define DATASET "/data/north.csv"
#define PLAN    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

typedef struct
{
  char *top, *folder, *path;
} Fixture;

static inline void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->top = g_dir_make_tmp ("genesis-spend-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->folder = g_build_filename (fixture->top, "state", "ledgers", NULL);
  fixture->path = genesis_spend_ledger_dup_path (fixture->folder, DATASET);
}

static inline void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lock = g_strconcat (fixture->path, ".lock", NULL);
  g_autofree char *state = g_path_get_dirname (fixture->folder);

  g_unlink (fixture->path);
  g_unlink (lock);
  g_rmdir (fixture->folder);
  g_rmdir (state);
  g_assert_cmpint (g_rmdir (fixture->top), ==, 0);
  g_free (fixture->top);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static inline GenesisSpendLedger *
open_ledger (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GenesisSpendLedger *ledger = genesis_spend_ledger_open (fixture->path, DATASET, &error);

  g_assert_no_error (error);
  return ledger;
}

/* Two groups of blocks that cost 2 mu2 / 2. */
static inline GenesisSpend *
make_spend (const char *run, guint round, double mu2)
{
  g_autoptr (GError) error = NULL;
  GenesisSpend *spend = genesis_spend_new (run, round, PLAN);
  const double sigma = 4;
  const double sensitivity = sigma * sqrt (mu2 / 2);

  g_assert_true (genesis_spend_add (spend, "counts", sensitivity, sigma, &error));
  g_assert_true (genesis_spend_add (spend, "scores", sensitivity, sigma, &error));
  g_assert_no_error (error);
  return spend;
}
