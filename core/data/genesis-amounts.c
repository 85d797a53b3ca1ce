/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-amounts-private.h"

#include <string.h>

static const char *const groups[GENESIS_AMOUNT_GROUPS] = {
  ",", ".", " ", "'", "\302\240" /* U+00A0 */, "\342\200\257" /* U+202F */
};

/* -- spelling ------------------------------------------------------------------------------ */

static void
agree (GenesisAgreement *self, int told)
{
  if (told == 0 || *self == -1)
    return;
  *self = *self == 0 || *self == told ? told : -1;
}

void
genesis_number_looks_add (GenesisNumberLooks *self, const GenesisNumberShape *shape, guint64 count)
{
  gboolean is_zero = shape->mantissa == 0;

  if (shape->printed > shape->needed)
    self->longest_trailing = MAX (self->longest_trailing, shape->printed);
  self->n_bare += shape->is_bare ? count : 0;
  self->n_zero_point += shape->has_zero_point ? count : 0;
  self->n_plus += shape->has_plus && !is_zero ? count : 0;
  self->n_positive += !shape->negative && !is_zero ? count : 0;
  self->n_negative_zeros += shape->has_minus && is_zero ? count : 0;
  if (shape->exponent_letter == 0 || !shape->is_normal)
    return;
  self->n_exponents += count;
  agree (&self->letter, shape->exponent_letter);
  agree (&self->plus, shape->exponent_plus);
  agree (&self->digits, shape->exponent_digits);
  agree (&self->decimals, shape->mantissa_decimals + 1);
}

void
genesis_number_looks_merge (GenesisNumberLooks *self, const GenesisNumberLooks *other)
{
  self->longest_trailing = MAX (self->longest_trailing, other->longest_trailing);
  self->n_bare += other->n_bare;
  self->n_zero_point += other->n_zero_point;
  self->n_plus += other->n_plus;
  self->n_positive += other->n_positive;
  self->n_negative_zeros += other->n_negative_zeros;
  self->n_rounded += other->n_rounded;
  self->n_exponents += other->n_exponents;
  agree (&self->letter, other->letter);
  agree (&self->plus, other->plus);
  agree (&self->digits, other->digits);
  agree (&self->decimals, other->decimals);
}

/* -- amounts ----------------------------------------------------------------------------------- */

static void
amount_free (gpointer data)
{
  GenesisAmountFacts *self = data;

  genesis_column_facts_free (self->numbers);
  g_free (self);
}

GenesisAmountFacts *
genesis_amounts_ensure (GenesisColumnFacts *facts, const GenesisNumberStyle *style)
{
  g_autofree char *key = g_strdup_printf ("%s0%c0%s", style->prefix, style->mark, style->suffix);
  GenesisAmountFacts *self;

  if (facts->amounts == NULL)
    facts->amounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, amount_free);
  self = g_hash_table_lookup (facts->amounts, key);
  if (self != NULL)
    return self;
  self = g_new0 (GenesisAmountFacts, 1);
  self->numbers = genesis_column_facts_new ();
  self->style.mark = style->mark;
  memcpy (self->style.prefix, style->prefix, sizeof style->prefix);
  memcpy (self->style.suffix, style->suffix, sizeof style->suffix);
  g_hash_table_insert (facts->amounts, g_steal_pointer (&key), self);
  return self;
}

static void
add_reading (GenesisColumnFacts *facts, const GenesisNumberReading *reading, guint64 count)
{
  GenesisAmountFacts *self = genesis_amounts_ensure (facts, &reading->style);

  genesis_column_facts_add (self->numbers, reading->plain, reading->n_plain, count);
  for (gsize i = 0; i < GENESIS_AMOUNT_GROUPS; i++)
    if (g_str_equal (reading->style.group, groups[i]))
      self->n_grouped[i] += count;
  if (reading->is_large && reading->style.group[0] == 0)
    self->n_ungrouped += count;
  if (reading->is_negative)
    self->n_negative[reading->style.negative] += count;
}

gboolean
genesis_amounts_add (GenesisColumnFacts *facts, const char *text, gsize n, guint64 count)
{
  GenesisNumberReading readings[2];
  guint n_readings = genesis_number_style_detect (text, n, readings);

  for (guint i = 0; i < n_readings; i++)
    add_reading (facts, &readings[i], count);
  facts->n_amounts += n_readings > 0 ? count : 0;
  return n_readings > 0;
}

void
genesis_amounts_merge (GenesisColumnFacts *facts, const GenesisColumnFacts *other)
{
  GHashTableIter iter;
  gpointer value;

  facts->n_amounts += other->n_amounts;
  if (other->amounts == NULL)
    return;
  g_hash_table_iter_init (&iter, other->amounts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const GenesisAmountFacts *from = value;
      GenesisAmountFacts *to = genesis_amounts_ensure (facts, &from->style);

      genesis_column_facts_merge (to->numbers, from->numbers);
      for (gsize i = 0; i < GENESIS_AMOUNT_GROUPS; i++)
        to->n_grouped[i] += from->n_grouped[i];
      to->n_ungrouped += from->n_ungrouped;
      for (gsize i = 0; i < G_N_ELEMENTS (to->n_negative); i++)
        to->n_negative[i] += from->n_negative[i];
    }
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
get_amounts (const GenesisColumnFacts *facts, guint64 fewest)
{
  GPtrArray *keys = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key, value;

  if (facts->amounts == NULL)
    return keys;
  g_hash_table_iter_init (&iter, facts->amounts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (((const GenesisAmountFacts *)value)->numbers->n >= fewest)
      g_ptr_array_add (keys, key);
  g_ptr_array_sort (keys, compare_texts);
  return keys;
}

GPtrArray *
genesis_column_facts_get_amounts (const GenesisColumnFacts *self)
{
  return get_amounts (self, self->n_amounts);
}

GPtrArray *
genesis_column_facts_get_seen_amounts (const GenesisColumnFacts *self)
{
  return get_amounts (self, 0);
}

void
genesis_amounts_append_kinds (const GenesisColumnFacts *facts, GString *kinds)
{
  g_autoptr (GPtrArray) all = genesis_column_facts_get_amounts (facts);
  g_autoptr (GPtrArray) seen = get_amounts (facts, 0);
  GPtrArray *keys = all->len > 0 ? all : seen;
  const char *joint = all->len > 0 ? GENESIS_COLUMN_ALTERNATIVES_JOINT : GENESIS_COLUMN_KINDS_JOINT;

  for (guint i = 0; i < keys->len; i++)
    {
      if (kinds->len > 0)
        g_string_append (kinds, i > 0 ? joint : GENESIS_COLUMN_KINDS_JOINT);
      g_string_append_printf (kinds, "=%s", (const char *)g_ptr_array_index (keys, i));
    }
}

const char *
genesis_amount_facts_choose_group (const GenesisAmountFacts *self)
{
  const char *group = "";

  for (gsize i = 0; i < GENESIS_AMOUNT_GROUPS; i++)
    {
      if (self->n_grouped[i] == 0)
        continue;
      if (*group != 0)
        return NULL;
      group = groups[i];
    }
  return group;
}

GenesisNumberNegative
genesis_amount_facts_choose_negative (const GenesisAmountFacts *self)
{
  guint best = 0;

  for (guint i = 1; i < G_N_ELEMENTS (self->n_negative); i++)
    if (self->n_negative[i] > self->n_negative[best])
      best = i;
  return (GenesisNumberNegative)best;
}
