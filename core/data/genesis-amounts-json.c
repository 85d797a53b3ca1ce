/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "data/genesis-amounts-private.h"
#include "data/genesis-draft-json-private.h"

/* -- spelling of numbers ---------------------------------------------------- */

void
genesis_number_looks_to_json (const GenesisNumberLooks *looks, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "looks");
  json_builder_begin_object (builder);
  genesis_json_add_count (builder, "longest_trailing", (guint64)looks->longest_trailing);
  genesis_json_add_count (builder, "bare", looks->n_bare);
  genesis_json_add_count (builder, "zero_point", looks->n_zero_point);
  genesis_json_add_count (builder, "plus", looks->n_plus);
  genesis_json_add_count (builder, "positive", looks->n_positive);
  genesis_json_add_count (builder, "negative_zeros", looks->n_negative_zeros);
  if (looks->n_rounded > 0)
    genesis_json_add_count (builder, "rounded", looks->n_rounded);
  genesis_json_add_count (builder, "exponents", looks->n_exponents);
  genesis_json_add_integer (builder, "exponent_letter", looks->letter);
  genesis_json_add_integer (builder, "exponent_plus", looks->plus);
  genesis_json_add_integer (builder, "exponent_digits", looks->digits);
  genesis_json_add_integer (builder, "exponent_decimals", looks->decimals);
  json_builder_end_object (builder);
}

void
genesis_number_looks_from_json (GenesisNumberLooks *looks, JsonObject *object,
                                GenesisDraftFault *fault)
{
  static const char *const known[] = { "longest_trailing",
                                       "bare",
                                       "zero_point",
                                       "plus",
                                       "positive",
                                       "negative_zeros",
                                       "rounded",
                                       "exponents",
                                       "exponent_letter",
                                       "exponent_plus",
                                       "exponent_digits",
                                       "exponent_decimals",
                                       NULL };
  guint64 longest;

  if (object == NULL)
    return;
  genesis_draft_check_members (object, known, fault);
  longest = genesis_draft_read_count (object, "longest_trailing", fault);
  looks->longest_trailing = (int)MIN (longest, G_MAXINT);
  looks->n_bare = genesis_draft_read_count (object, "bare", fault);
  looks->n_zero_point = genesis_draft_read_count (object, "zero_point", fault);
  looks->n_plus = genesis_draft_read_count (object, "plus", fault);
  looks->n_positive = genesis_draft_read_count (object, "positive", fault);
  looks->n_negative_zeros = genesis_draft_read_count (object, "negative_zeros", fault);
  if (json_object_has_member (object, "rounded"))
    looks->n_rounded = genesis_draft_read_count (object, "rounded", fault);
  looks->n_exponents = genesis_draft_read_count (object, "exponents", fault);
  looks->letter = genesis_draft_read_small (object, "exponent_letter", -1, fault);
  looks->plus = genesis_draft_read_small (object, "exponent_plus", -1, fault);
  looks->digits = genesis_draft_read_small (object, "exponent_digits", -1, fault);
  looks->decimals = genesis_draft_read_small (object, "exponent_decimals", -1, fault);
  if (looks->letter > 0 && looks->letter != 'E' && looks->letter != 'e')
    genesis_draft_fault_set (fault, "an exponent has no letter");
}

/* -- amounts ---------------------------------------------------------------- */

static void
write_counts (JsonBuilder *builder, const char *member, const guint64 *counts, gsize n)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (gsize i = 0; i < n; i++)
    json_builder_add_int_value (builder, (gint64)counts[i]);
  json_builder_end_array (builder);
}

static void
write_amount (const GenesisAmountFacts *amount, JsonBuilder *builder)
{
  const char mark[] = { amount->style.mark, '\0' };

  json_builder_begin_object (builder);
  genesis_json_add_text (builder, "prefix", amount->style.prefix);
  genesis_json_add_text (builder, "mark", mark);
  genesis_json_add_text (builder, "suffix", amount->style.suffix);
  json_builder_set_member_name (builder, "facts");
  genesis_column_facts_to_json (amount->numbers, builder);
  write_counts (builder, "grouped", amount->n_grouped, G_N_ELEMENTS (amount->n_grouped));
  genesis_json_add_count (builder, "ungrouped", amount->n_ungrouped);
  write_counts (builder, "negative", amount->n_negative, G_N_ELEMENTS (amount->n_negative));
  json_builder_end_object (builder);
}

void
genesis_amounts_to_json (const GenesisColumnFacts *facts, JsonBuilder *builder)
{
  g_autoptr (GPtrArray) keys = genesis_column_facts_get_seen_amounts (facts);

  json_builder_set_member_name (builder, "amount_kinds");
  json_builder_begin_array (builder);
  for (guint i = 0; i < keys->len; i++)
    write_amount (g_hash_table_lookup (facts->amounts, g_ptr_array_index (keys, i)), builder);
  json_builder_end_array (builder);
}

/* A prefix, mark and suffix that detection would find itself. */
static gboolean
is_dress (const GenesisNumberStyle *style)
{
  g_autofree char *text =
      g_strdup_printf ("%s1%c234%c5%s", style->prefix, style->mark == '.' ? ',' : '.', style->mark,
                       style->suffix);
  GenesisNumberReading readings[2];
  guint n = genesis_number_style_detect (text, strlen (text), readings);

  for (guint i = 0; i < n; i++)
    if (readings[i].style.mark == style->mark
        && strcmp (readings[i].style.prefix, style->prefix) == 0
        && strcmp (readings[i].style.suffix, style->suffix) == 0)
      return TRUE;
  return FALSE;
}

static void
read_style (JsonObject *object, GenesisNumberStyle *style, GenesisDraftFault *fault)
{
  const char *prefix = genesis_draft_read_text (object, "prefix", fault);
  const char *mark = genesis_draft_read_text (object, "mark", fault);
  const char *suffix = genesis_draft_read_text (object, "suffix", fault);

  if (g_strlcpy (style->prefix, prefix, sizeof style->prefix) >= sizeof style->prefix
      || g_strlcpy (style->suffix, suffix, sizeof style->suffix) >= sizeof style->suffix
      || (strcmp (mark, ".") != 0 && strcmp (mark, ",") != 0))
    genesis_draft_fault_set (fault, "the dress of an amount is none");
  style->mark = *mark;
  if (fault->why == NULL && !is_dress (style))
    genesis_draft_fault_set (fault, "the dress of an amount is none");
}

static void
read_counts (JsonObject *object, const char *member, guint64 *counts, gsize n,
             GenesisDraftFault *fault)
{
  JsonArray *list = genesis_draft_read_list (object, member, fault);

  if (fault->why == NULL && json_array_get_length (list) != n)
    genesis_draft_fault_set (fault, "the list '%s' has another length", member);
  for (gsize i = 0; i < n && fault->why == NULL; i++)
    counts[i] = genesis_draft_get_count (list, (guint)i, fault);
}

static void
read_amount (GenesisColumnFacts *facts, JsonObject *object, GenesisDraftFault *fault)
{
  static const char *const known[] = { "prefix",  "mark",      "suffix",   "facts",
                                       "grouped", "ungrouped", "negative", NULL };
  JsonObject *numbers = genesis_draft_read_object (object, "facts", fault);
  g_autoptr (GenesisColumnFacts) own = NULL;
  GenesisNumberStyle style = { .mark = '.' };
  GenesisAmountFacts *amount;

  genesis_draft_check_members (object, known, fault);
  read_style (object, &style, fault);
  if (fault->why != NULL)
    return;
  own = genesis_column_facts_from_json (numbers, FALSE, fault);
  if (fault->why == NULL && (own->n != own->n_numbers || own->n == 0 || own->n > facts->n_amounts))
    genesis_draft_fault_set (fault, "the numbers of an amount are impossible");
  if (fault->why != NULL)
    return;
  amount = genesis_amounts_ensure (facts, &style);
  genesis_column_facts_merge (amount->numbers, own);
  read_counts (object, "grouped", amount->n_grouped, G_N_ELEMENTS (amount->n_grouped), fault);
  amount->n_ungrouped = genesis_draft_read_count (object, "ungrouped", fault);
  read_counts (object, "negative", amount->n_negative, G_N_ELEMENTS (amount->n_negative), fault);
}

void
genesis_amounts_from_json (GenesisColumnFacts *facts, JsonArray *list, GenesisDraftFault *fault)
{
  guint n = fault->why == NULL ? json_array_get_length (list) : 0;

  for (guint i = 0; i < n && fault->why == NULL; i++)
    {
      JsonObject *own = genesis_draft_get_object (list, i, fault);

      if (own != NULL)
        read_amount (facts, own, fault);
    }
}
