/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-row-bounds-private.h"

#include <math.h>

#include "host/genesis-plan-check-private.h"

#define FINE_SHIFT    16u
#define FINE_ROW      0x1p20 /* a row that moves the sums this far needs no finer units */
#define LARGEST_TOTAL 0x1p61
#define SLACK         0x1p-40 /* of norms that are computed in doubles */

typedef struct
{
  guint32 block;
  guint64 cell;
} Place;

struct _GenesisRowClipper
{
  const genesis_abi_plan *plan;
  const genesis_abi_session *session;
  GenesisBlocks *sums; /* borrowed */
  GenesisBlocks *row;
  GArray *touched; /* of Place; in the row that is told sparsely */
  guint n_groups;
  guint *groups;    /* of each block: which of the groups it is in */
  double *limits;   /* of each group; INFINITY: not clipped */
  guint32 *norms;   /* of each group */
  double *measured; /* of each group, of the row at hand */
  guint *shifts;    /* of each block */
};

gboolean
genesis_row_bounds_are_active (const GenesisRowBounds *self)
{
  return self->is_enforced || self->clip < 1;
}

guint
genesis_row_bounds_get_shift (const GenesisRowBounds *self, const genesis_abi_block_spec *spec,
                              const genesis_abi_session *session)
{
  const double weight = (double)session->max_weight_q20 * 0x1p-20;
  const double cell = fmax (fabs (spec->lo), fabs (spec->hi)) * weight;
  guint shift = 0;

  while (self->clip < 1 && shift < FINE_SHIFT
         && ldexp (spec->sensitivity, (int)shift + 1) <= FINE_ROW
         && ldexp (cell * (double)session->n_max, (int)shift + 1) <= LARGEST_TOTAL)
    shift++;
  return shift;
}

/* -- one row -------------------------------------------------------------------- */

static void
note_cell (GenesisRowClipper *self, guint32 block, gint64 value)
{
  const guint group = self->groups[block];
  const double size = fabs ((double)value);

  switch (self->norms[group])
    {
    case GENESIS_ABI_NORM_L1:
      self->measured[group] += size;
      break;
    case GENESIS_ABI_NORM_L2:
      self->measured[group] += size * size;
      break;
    default:
      self->measured[group] = fmax (self->measured[group], size);
    }
}

/* 1 where the group keeps its bound, else what brings it back. */
static double
get_factor (const GenesisRowClipper *self, guint group)
{
  const double norm = self->norms[group] == GENESIS_ABI_NORM_L2 ? sqrt (self->measured[group])
                                                                : self->measured[group];

  return norm <= self->limits[group] * (1 + SLACK) ? 1 : self->limits[group] / norm * (1 - SLACK);
}

/* Towards zero: rounding never makes a norm larger. */
static gboolean
move_cell (GenesisRowClipper *self, guint32 block, guint64 cell)
{
  gint64 *from = &genesis_blocks_get_sums (self->row)->data[block][cell];
  gint64 *to = &genesis_blocks_get_sums (self->sums)->data[block][cell];
  const double factor = get_factor (self, self->groups[block]);
  gint64 value = 0;

  if (factor < 1)
    value = (gint64)trunc (ldexp ((double)*from * factor, (int)self->shifts[block]));
  else if (__builtin_mul_overflow (*from, G_GINT64_CONSTANT (1) << self->shifts[block], &value))
    return FALSE;
  *from = 0;
  return !__builtin_add_overflow (*to, value, to);
}

static gboolean
end_dense (GenesisRowClipper *self)
{
  const genesis_abi_sums *row = genesis_blocks_get_sums (self->row);
  gboolean fits = TRUE;

  for (guint32 i = 0; i < row->n; i++)
    for (guint64 k = 0; k < row->cells[i]; k++)
      if (row->data[i][k] != 0)
        note_cell (self, i, row->data[i][k]);
  for (guint32 i = 0; i < row->n; i++)
    for (guint64 k = 0; k < row->cells[i]; k++)
      if (row->data[i][k] != 0)
        fits = move_cell (self, i, k) && fits;
  return fits;
}

/* A cell may stand twice in the list: it is counted twice at most, and moved once. */
static gboolean
end_sparse (GenesisRowClipper *self)
{
  const genesis_abi_sums *row = genesis_blocks_get_sums (self->row);
  gboolean fits = TRUE;

  for (guint i = 0; i < self->touched->len; i++)
    {
      const Place *place = &g_array_index (self->touched, Place, i);

      note_cell (self, place->block, row->data[place->block][place->cell]);
    }
  for (guint i = 0; i < self->touched->len; i++)
    {
      const Place *place = &g_array_index (self->touched, Place, i);

      fits = move_cell (self, place->block, place->cell) && fits;
    }
  g_array_set_size (self->touched, 0);
  return fits;
}

gboolean
genesis_row_clipper_add (GenesisRowClipper *self, guint32 block, guint64 cell, gint64 delta)
{
  genesis_abi_sums *row = genesis_blocks_get_sums (self->row);
  const Place place = { block, cell };

  if (block >= row->n || cell >= row->cells[block])
    return FALSE;
  if (row->data[block][cell] == 0)
    g_array_append_val (self->touched, place);
  return !__builtin_add_overflow (row->data[block][cell], delta, &row->data[block][cell]);
}

gboolean
genesis_row_clipper_end_row (GenesisRowClipper *self, gboolean sparse)
{
  const gboolean is_one = genesis_blocks_get_sums (self->row)->data[0][0] == 1;
  gboolean fits;

  for (guint i = 0; i < self->n_groups; i++)
    self->measured[i] = 0;
  fits = sparse ? end_sparse (self) : end_dense (self);
  return is_one && fits;
}

genesis_abi_sums *
genesis_row_clipper_get_sums (GenesisRowClipper *self)
{
  return genesis_blocks_get_sums (self->row);
}

/* -- the object ------------------------------------------------------------------ */

/* Of two tables with one record replaced, each may move by half of what both may differ in. That
   the number of rows stays the same is known; nothing clips it. */
static double
get_limit (const GenesisRowBounds *bounds, const genesis_abi_block_spec *spec,
           const genesis_abi_session *session, gboolean is_rows)
{
  if (is_rows && spec->sensitivity == 0)
    return INFINITY;
  return bounds->clip * spec->sensitivity / (session->neighbours == 1 ? 2 : 1);
}

static void
find_groups (GenesisRowClipper *self, const GenesisRowBounds *bounds)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL); /* number -> index + 1 */

  for (guint32 i = 0; i < self->plan->n_specs; i++)
    {
      const genesis_abi_block_spec *spec = self->plan->specs[i];
      gpointer key = GUINT_TO_POINTER (spec->group);
      guint index = GPOINTER_TO_UINT (g_hash_table_lookup (known, key));

      if (index == 0)
        {
          index = ++self->n_groups;
          g_hash_table_insert (known, key, GUINT_TO_POINTER (index));
          self->limits[index - 1] = get_limit (bounds, spec, self->session, i == 0);
          self->norms[index - 1] = spec->norm;
        }
      self->groups[i] = index - 1;
      self->shifts[i] = genesis_row_bounds_get_shift (bounds, spec, self->session);
    }
}

GenesisRowClipper *
genesis_row_clipper_new (const GenesisRowBounds *bounds, GenesisPlan *plan,
                         const genesis_abi_session *session, GenesisBlocks *sums)
{
  GenesisRowClipper *self = g_new0 (GenesisRowClipper, 1);
  const guint n = genesis_plan_get_abi (plan)->n_specs;

  self->plan = genesis_plan_get_abi (plan);
  self->session = session;
  self->sums = sums;
  self->row = genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
  self->touched = g_array_new (FALSE, FALSE, sizeof (Place));
  self->groups = g_new0 (guint, n);
  self->limits = g_new0 (double, n);
  self->norms = g_new0 (guint32, n);
  self->measured = g_new0 (double, n);
  self->shifts = g_new0 (guint, n);
  find_groups (self, bounds);
  return self;
}

void
genesis_row_clipper_free (GenesisRowClipper *self)
{
  if (self == NULL)
    return;
  genesis_blocks_unref (self->row);
  g_array_unref (self->touched);
  g_free (self->groups);
  g_free (self->limits);
  g_free (self->norms);
  g_free (self->measured);
  g_free (self->shifts);
  g_free (self);
}
