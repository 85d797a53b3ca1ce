/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-plan-check-private.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#define KNOWN_BLOCK_FLAGS 1u
#define SHARE_SLACK       1e-9 /* shares such as 1/3 + 2/3 need not sum to 1 exactly */

static gboolean G_GNUC_PRINTF (3, 4)
    refuse (GError **error, const char *block, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  if (block != NULL)
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN, "block '%s': %s", block, text);
  else
    g_set_error_literal (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN, text);
  return FALSE;
}

gboolean
genesis_session_check (const genesis_abi_session *session, GError **error)
{
  const char *wrong = NULL;

  if (session->rounds < 1 || session->rounds > GENESIS_PLAN_MAX_ROUNDS)
    wrong = "rounds must be from 1 to 64";
  else if (session->n_sites < 1)
    wrong = "a run needs at least one site";
  else if (session->n_max < 1)
    wrong = "the largest number of rows must be at least 1";
  else if (session->max_weight_q20 < 1)
    wrong = "the largest weight must be at least 2^-20";
  else if (session->unit != GENESIS_ABI_UNIT_RECORD && session->unit != GENESIS_ABI_UNIT_SITE)
    wrong = "the unit of privacy must be record or site";
  else if (session->neighbours > 1)
    wrong = "neighbours must be add/remove or replace";
  else if (isnan (session->budget_mu2) || session->budget_mu2 < 0)
    wrong = "the privacy budget must be 0 or more";
  if (wrong == NULL)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, "session: %s", wrong);
  return FALSE;
}

/* A title is shown on the operator's terminal while the round runs. */
static gboolean
is_title (const char *title)
{
  if (strnlen (title, GENESIS_PLAN_MAX_TITLE + 1) > GENESIS_PLAN_MAX_TITLE
      || !g_utf8_validate (title, -1, NULL))
    return FALSE;
  for (const char *at = title; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

gboolean
genesis_plan_check_head (const genesis_abi_plan *plan, const genesis_abi_session *session,
                         GError **error)
{
  guint32 cap = MIN (session->rounds, GENESIS_PLAN_MAX_ROUNDS);

  if (plan->phase < 1)
    return refuse (error, NULL, "phases of plans count from 1");
  if (plan->phase > cap)
    return refuse (
        error, NULL,
        "asks for round %u although the run has at most %u; a generator must be finished "
        "by then",
        plan->phase, cap);
  if (plan->n_specs < 1)
    return refuse (error, NULL, "the plan has no blocks; the first one must be 'rows'");
  if (plan->n_specs > GENESIS_PLAN_MAX_BLOCKS)
    return refuse (error, NULL, "the plan has %u blocks, at most %u are allowed", plan->n_specs,
                   GENESIS_PLAN_MAX_BLOCKS);
  if (plan->specs == NULL)
    return refuse (error, NULL, "the plan's list of blocks is a null pointer");
  if (plan->title != NULL && !is_title (plan->title))
    return refuse (error, NULL,
                   "the plan's title is not UTF-8, holds control characters or is longer than %u "
                   "bytes",
                   GENESIS_PLAN_MAX_TITLE);
  if (!(plan->budget_share >= 0 && plan->budget_share <= 1))
    return refuse (error, NULL, "the plan's budget share must lie in [0, 1]");
  return TRUE;
}

gboolean
genesis_plan_check_spec_head (const genesis_abi_block_spec *spec, guint index, GError **error)
{
  if (spec->name == NULL || *spec->name == '\0')
    return refuse (error, NULL, "block %u of the plan has no name", index);
  if (strnlen (spec->name, GENESIS_BLOCK_MAX_NAME + 1) > GENESIS_BLOCK_MAX_NAME)
    return refuse (error, NULL, "the name of block %u is longer than %u bytes", index,
                   GENESIS_BLOCK_MAX_NAME);
  if (!g_utf8_validate (spec->name, -1, NULL))
    return refuse (error, NULL, "the name of block %u is not UTF-8", index);
  if (spec->rank < 1 || spec->rank > GENESIS_PLAN_MAX_RANK)
    return refuse (error, spec->name, "has rank %u, from 1 to %u are allowed", spec->rank,
                   GENESIS_PLAN_MAX_RANK);
  if (spec->shape == NULL)
    return refuse (error, spec->name, "its shape is a null pointer");
  return TRUE;
}

guint64
genesis_block_spec_get_cells (const genesis_abi_block_spec *spec)
{
  guint64 cells = 1;

  for (guint32 i = 0; i < spec->rank; i++)
    cells *= spec->shape[i];
  return cells;
}

/* Adds the block's cells to n_cells; every product stays below 2^52. */
static gboolean
check_shape (const genesis_abi_block_spec *spec, guint64 *n_cells, GError **error)
{
  guint64 cells = 1;

  for (guint32 i = 0; i < spec->rank; i++)
    {
      if (spec->shape[i] == 0)
        return refuse (error, spec->name, "dimension %u is 0; leave out a block that has no cells",
                       i + 1);
      if (spec->shape[i] > GENESIS_PLAN_MAX_CELLS
          || (cells *= spec->shape[i]) > GENESIS_PLAN_MAX_CELLS)
        return refuse (error, spec->name, "has more than %" G_GUINT64_FORMAT " cells (512 MiB)",
                       GENESIS_PLAN_MAX_CELLS);
    }
  *n_cells += cells;
  if (*n_cells > GENESIS_PLAN_MAX_CELLS || *n_cells * sizeof (gint64) > GENESIS_PLAN_MAX_BYTES)
    return refuse (error, spec->name,
                   "brings the plan to more than %" G_GUINT64_FORMAT " cells (512 MiB)",
                   GENESIS_PLAN_MAX_CELLS);
  return TRUE;
}

/* n_max x bound x weight < 2^62, in whole numbers: weight is in 2^-20, and partials themselves
   are unweighted. */
static gboolean
check_overflow (const genesis_abi_block_spec *spec, const genesis_abi_session *session,
                GError **error)
{
  double bound = ceil (MAX (fabs (spec->lo), fabs (spec->hi)));
  guint64 weight = MAX (session->max_weight_q20, G_GUINT64_CONSTANT (1) << 20);
  unsigned __int128 limit = ((unsigned __int128)1 << 82) - 1;

  if (bound < 0x1p62 && (unsigned __int128)session->n_max * (guint64)bound <= limit / weight)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_OVERFLOW,
               "block '%s': %" G_GUINT64_FORMAT " rows of up to %.17g with weights up to %.6g can "
               "pass 2^62; use a coarser quantum, smaller weights or fewer rows",
               spec->name, session->n_max, bound, (double)weight * 0x1p-20);
  return FALSE;
}

static gboolean
check_numbers (const genesis_abi_block_spec *spec, gboolean may_be_free, GError **error)
{
  if (!isfinite (spec->lo) || !isfinite (spec->hi) || spec->lo > spec->hi)
    return refuse (error, spec->name, "lo and hi must be finite and in order");
  if (!isfinite (spec->quantum) || spec->quantum <= 0)
    return refuse (error, spec->name, "its quantum must be finite and above 0");
  if (!isfinite (spec->sensitivity) || spec->sensitivity < 0
      || (spec->sensitivity == 0 && !may_be_free))
    return refuse (error, spec->name, "its sensitivity must be finite and above 0");
  if (spec->norm < GENESIS_ABI_NORM_L1 || spec->norm > GENESIS_ABI_NORM_LINF)
    return refuse (error, spec->name, "norm %u is unknown", spec->norm);
  if (spec->unit != GENESIS_ABI_UNIT_RECORD && spec->unit != GENESIS_ABI_UNIT_SITE)
    return refuse (error, spec->name, "unit %u is unknown", spec->unit);
  if ((spec->flags & ~KNOWN_BLOCK_FLAGS) != 0)
    return refuse (error, spec->name, "flags %#x are unknown to this host",
                   spec->flags & ~KNOWN_BLOCK_FLAGS);
  if (!(spec->group_share >= 0 && spec->group_share <= 1))
    return refuse (error, spec->name, "its group's share must lie in [0, 1]");
  return TRUE;
}

/* One count of the records, by which everything else is normalised. */
static gboolean
check_rows (const genesis_abi_block_spec *spec, const genesis_abi_session *session, GError **error)
{
  if (strcmp (spec->name, "rows") != 0)
    return refuse (error, spec->name, "is the first block of the plan; that must be 'rows'");
  if (genesis_block_spec_get_cells (spec) != 1)
    return refuse (error, spec->name, "must have exactly one cell");
  if ((spec->flags & 1) == 0)
    return refuse (error, spec->name, "must carry flag 1, each record adds 1");
  if (spec->lo < 0 || spec->lo > 1 || spec->hi != 1 || spec->quantum != 1)
    return refuse (error, spec->name, "must have lo 0, hi 1 and quantum 1");
  if (spec->unit != GENESIS_ABI_UNIT_RECORD)
    return refuse (error, spec->name, "must have unit record");
  if (spec->sensitivity != 1 && !(spec->sensitivity == 0 && session->neighbours == 1))
    return refuse (error, spec->name, "must have sensitivity 1");
  return TRUE;
}

static gboolean
check_group (const genesis_abi_block_spec *spec, const genesis_abi_block_spec *first,
             GError **error)
{
  if (spec->sensitivity != first->sensitivity)
    return refuse (error, spec->name, "declares another sensitivity than '%s' of its group %u",
                   first->name, spec->group);
  if (spec->norm != first->norm || spec->unit != first->unit)
    return refuse (error, spec->name, "declares another norm or unit than '%s' of its group %u",
                   first->name, spec->group);
  if (spec->group_share != first->group_share)
    return refuse (error, spec->name, "declares another group share than '%s' of its group %u",
                   first->name, spec->group);
  return TRUE;
}

static gboolean
check_groups_and_names (const genesis_abi_plan *plan, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) groups = g_hash_table_new (NULL, NULL);
  double shares = 0;

  for (guint32 i = 0; i < plan->n_specs; i++)
    {
      const genesis_abi_block_spec *spec = plan->specs[i];
      const genesis_abi_block_spec *first =
          g_hash_table_lookup (groups, GUINT_TO_POINTER (spec->group));

      if (!g_hash_table_add (names, (gpointer)spec->name))
        return refuse (error, spec->name, "occurs twice in the plan");
      if (first == plan->specs[0])
        return refuse (error, spec->name, "is in the group of 'rows', which must be alone there");
      if (first != NULL && !check_group (spec, first, error))
        return FALSE;
      if (first != NULL)
        continue;
      g_hash_table_insert (groups, GUINT_TO_POINTER (spec->group), (gpointer)spec);
      shares += spec->group_share;
    }
  if (shares > 1 + SHARE_SLACK)
    return refuse (error, NULL, "the shares of the plan's groups sum to more than 1");
  return TRUE;
}

gboolean
genesis_plan_check_specs (const genesis_abi_plan *plan, const genesis_abi_session *session,
                          guint64 *n_cells, GError **error)
{
  guint64 cells = 0;

  for (guint32 i = 0; i < plan->n_specs; i++)
    {
      const genesis_abi_block_spec *spec = plan->specs[i];

      if (!check_shape (spec, &cells, error) || !check_numbers (spec, i == 0, error)
          || (i == 0 && !check_rows (spec, session, error))
          || !check_overflow (spec, session, error))
        return FALSE;
    }
  if (!check_groups_and_names (plan, error))
    return FALSE;
  *n_cells = cells;
  return TRUE;
}
