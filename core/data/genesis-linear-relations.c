/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-linear-relations-private.h"

#include <string.h>

#define PRIME           ((G_GUINT64_CONSTANT (1) << 61) - 1)
#define MAX_DENOMINATOR 12

typedef unsigned __int128 Wide;

/* @active: columns that were not 0 in some row; of the others every multiple of their own unit
 *   vector is in the space, and not in basis
 * @dropped: columns that no relation may use
 * @basis: of the rest of the space: guint64[n], linearly independent
 * @numbers, @dots: room for the row at hand */
struct _GenesisLinearRelations
{
  guint n;
  gboolean *active, *dropped;
  GPtrArray *basis;
  guint64 *numbers, *dots;
};

/* -- the field ------------------------------------------------------------- */

static guint64
multiply (guint64 a, guint64 b)
{
  Wide product = (Wide)a * b;
  guint64 sum = (guint64)(product & PRIME) + (guint64)(product >> 61);

  return sum >= PRIME ? sum - PRIME : sum;
}

static guint64
subtract (guint64 a, guint64 b)
{
  return a >= b ? a - b : a + PRIME - b;
}

/* a^(p-2) */
static guint64
invert (guint64 a)
{
  guint64 result = 1;

  for (guint64 exponent = PRIME - 2; exponent > 0; exponent >>= 1)
    {
      if (exponent & 1)
        result = multiply (result, a);
      a = multiply (a, a);
    }
  return result;
}

static guint64
from_integer (gint64 value)
{
  return value >= 0 ? (guint64)value % PRIME : PRIME - (guint64)(-value) % PRIME;
}

static void
subtract_multiple (guint64 *from, const guint64 *what, guint64 times, guint n)
{
  for (guint i = 0; i < n; i++)
    if (what[i] != 0)
      from[i] = subtract (from[i], multiply (times, what[i]));
}

/* -- the space ------------------------------------------------------------- */

GenesisLinearRelations *
genesis_linear_relations_new (guint n)
{
  GenesisLinearRelations *self = g_new0 (GenesisLinearRelations, 1);

  self->n = n;
  self->active = g_new0 (gboolean, n + 1);
  self->dropped = g_new0 (gboolean, n + 1);
  self->basis = g_ptr_array_new_with_free_func (g_free);
  self->numbers = g_new0 (guint64, n + 1);
  self->dots = g_new0 (guint64, n + 1);
  return self;
}

void
genesis_linear_relations_free (GenesisLinearRelations *self)
{
  if (self == NULL)
    return;
  g_free (self->active);
  g_free (self->dropped);
  g_ptr_array_unref (self->basis);
  g_free (self->numbers);
  g_free (self->dots);
  g_free (self);
}

/* All rows so far had a 0 there. */
static void
activate (GenesisLinearRelations *self, guint column)
{
  guint64 *unit;

  if (self->active[column])
    return;
  unit = g_new0 (guint64, self->n);
  unit[column] = 1;
  self->active[column] = TRUE;
  g_ptr_array_add (self->basis, unit);
}

/* Keeps of the space what is orthogonal to row (n numbers below the prime). */
static void
cut (GenesisLinearRelations *self, const guint64 *row)
{
  guint64 *dots = self->dots;
  guint pivot = self->basis->len;
  const guint64 *leaving;
  guint64 inverse;

  for (guint k = 0; k < self->basis->len; k++)
    {
      const guint64 *v = g_ptr_array_index (self->basis, k);
      Wide sum = 0;

      for (guint i = 0; i < self->n; i++)
        if (row[i] != 0 && v[i] != 0)
          sum += multiply (v[i], row[i]);
      dots[k] = (guint64)(sum % PRIME);
      if (dots[k] != 0 && pivot == self->basis->len)
        pivot = k;
    }
  if (pivot == self->basis->len)
    return;
  leaving = g_ptr_array_index (self->basis, pivot);
  inverse = invert (dots[pivot]);
  for (guint k = pivot + 1; k < self->basis->len; k++)
    if (dots[k] != 0)
      subtract_multiple (g_ptr_array_index (self->basis, k), leaving, multiply (dots[k], inverse),
                         self->n);
  g_ptr_array_remove_index (self->basis, pivot);
}

void
genesis_linear_relations_add (GenesisLinearRelations *self, const gint64 *row)
{
  for (guint i = 0; i < self->n; i++)
    {
      self->numbers[i] = 0;
      if (row[i] == 0 || self->dropped[i])
        continue;
      activate (self, i);
      self->numbers[i] = from_integer (row[i]);
    }
  cut (self, self->numbers);
}

void
genesis_linear_relations_drop (GenesisLinearRelations *self, guint column)
{
  g_autofree guint64 *unit = NULL;

  if (self->dropped[column])
    return;
  activate (self, column);
  unit = g_new0 (guint64, self->n);
  unit[column] = 1;
  cut (self, unit);
  self->dropped[column] = TRUE;
}

/* Reduced row echelon form of the basis, columns in the order of places; pivots[k] is the column of
   row k. */
static void
reduce (GPtrArray *basis, guint n, const guint *places, guint *pivots)
{
  guint done = 0;

  for (guint at = 0; at < n && done < basis->len; at++)
    {
      guint column = places[at], found = done;
      gpointer held;
      guint64 *row, inverse;

      while (found < basis->len && ((guint64 *)g_ptr_array_index (basis, found))[column] == 0)
        found++;
      if (found == basis->len)
        continue;
      held = basis->pdata[found];
      basis->pdata[found] = basis->pdata[done];
      basis->pdata[done] = held;
      row = held;
      inverse = invert (row[column]);
      for (guint i = 0; i < n; i++)
        row[i] = multiply (row[i], inverse);
      for (guint k = 0; k < basis->len; k++)
        {
          guint64 *other = g_ptr_array_index (basis, k);

          if (k != done && other[column] != 0)
            subtract_multiple (other, row, other[column], n);
        }
      pivots[done++] = column;
    }
}

static GPtrArray *
dup_basis (const GenesisLinearRelations *self)
{
  GPtrArray *basis = g_ptr_array_new_with_free_func (g_free);

  for (guint k = 0; k < self->basis->len; k++)
    g_ptr_array_add (basis,
                     g_memdup2 (g_ptr_array_index (self->basis, k), self->n * sizeof (guint64)));
  return basis;
}

/* With the basis in echelon form, the rows e_f - sum_p v_pf e_p, one for each column f that is no
   pivot, span what is orthogonal to it. */
void
genesis_linear_relations_merge (GenesisLinearRelations *self, const GenesisLinearRelations *other)
{
  guint n = self->n;
  g_autoptr (GPtrArray) basis = dup_basis (other);
  g_autofree guint *places = g_new (guint, n + 1);
  g_autofree guint *pivots = g_new (guint, n + 1);
  g_autofree gboolean *is_pivot = g_new0 (gboolean, n + 1);
  g_autofree guint64 *row = g_new (guint64, n + 1);

  for (guint i = 0; i < n; i++)
    {
      places[i] = i;
      if (other->active[i])
        activate (self, i);
    }
  reduce (basis, n, places, pivots);
  for (guint k = 0; k < basis->len; k++)
    is_pivot[pivots[k]] = TRUE;
  for (guint f = 0; f < n; f++)
    {
      if (!other->active[f] || is_pivot[f])
        continue;
      memset (row, 0, n * sizeof *row);
      row[f] = 1;
      for (guint k = 0; k < basis->len; k++)
        row[pivots[k]] = subtract (0, ((guint64 *)g_ptr_array_index (basis, k))[f]);
      cut (self, row);
    }
  for (guint i = 0; i < n; i++)
    if (other->dropped[i])
      genesis_linear_relations_drop (self, i);
}

/* -- the relations --------------------------------------------------------- */

/* row times a small number, as small integers; false when there is no such number. */
static gboolean
make_small (const guint64 *row, guint n, gint *small)
{
  for (guint64 times = 1; times <= MAX_DENOMINATOR; times++)
    {
      guint i = 0, n_terms = 0;

      for (; i < n; i++)
        {
          guint64 value = multiply (row[i], times);

          if (value <= GENESIS_LINEAR_RELATIONS_MAX_COEFFICIENT)
            small[i] = (gint)value;
          else if (PRIME - value <= GENESIS_LINEAR_RELATIONS_MAX_COEFFICIENT)
            small[i] = -(gint)(PRIME - value);
          else
            break;
          n_terms += small[i] != 0;
        }
      if (i == n && n_terms <= GENESIS_LINEAR_RELATIONS_MAX_TERMS)
        return TRUE;
    }
  return FALSE;
}

static GenesisLinearRelations *
copy (const GenesisLinearRelations *self)
{
  GenesisLinearRelations *own = genesis_linear_relations_new (self->n);

  memcpy (own->active, self->active, self->n * sizeof (gboolean));
  memcpy (own->dropped, self->dropped, self->n * sizeof (gboolean));
  g_ptr_array_unref (own->basis);
  own->basis = dup_basis (self);
  return own;
}

GPtrArray *
genesis_linear_relations_conclude (const GenesisLinearRelations *self, const gboolean *wanted,
                                   const guint *ranks)
{
  guint n = self->n;
  GPtrArray *relations = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GenesisLinearRelations) kept = copy (self);
  g_autofree guint *places = g_new (guint, n + 1);
  g_autofree guint *pivots = g_new (guint, n + 1);

  for (guint i = 0; i < n; i++)
    {
      places[ranks[i]] = i;
      if (kept->active[i] && !wanted[i])
        genesis_linear_relations_drop (kept, i);
    }
  reduce (kept->basis, n, places, pivots);
  for (guint k = 0; k < kept->basis->len; k++)
    {
      g_autofree gint *small = g_new0 (gint, n + 1);

      if (make_small (g_ptr_array_index (kept->basis, k), n, small))
        g_ptr_array_add (relations, g_steal_pointer (&small));
    }
  return relations;
}
