/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-field-join-private.h"

#include <string.h>

#include "data/genesis-disagreement-private.h"

/* How several opinions about one column become one. Every rule is a join: it asks for the most
   decimals, the widest bounds, the union, or the first by bytes, so that neither the order nor the
   grouping of sites can show in the result. */

typedef enum
{
  FAMILY_NUMBER,
  FAMILY_DATETIME,
  FAMILY_WORD
} Family;

static Family
get_family (const GenesisField *field)
{
  if (field->categories != NULL)
    return FAMILY_WORD;
  return field->kind == GENESIS_FIELD_KIND_DATETIME ? FAMILY_DATETIME : FAMILY_NUMBER;
}

static gboolean
check_families (const GenesisFieldSide *sides, guint n, GPtrArray *report)
{
  for (guint i = 1; i < n; i++)
    if (get_family (sides[i].field) != get_family (sides[0].field))
      {
        genesis_disagreements_add (report, sides[0].field->name, "type", NULL,
                                   "%s in '%s' but %s in '%s'; write it alike at both sites, or "
                                   "declare one type in both schemas",
                                   genesis_field_get_type_name (sides[0].field), sides[0].site,
                                   genesis_field_get_type_name (sides[i].field), sides[i].site);
        return FALSE;
      }
  return TRUE;
}

/* -- units ------------------------------------------------------------------ */

static gboolean
join_units (const GenesisFieldSide *sides, guint n, const char **unit, GPtrArray *report)
{
  const GenesisFieldSide *with = NULL, *without = NULL;

  for (guint i = 0; i < n; i++)
    {
      if (*sides[i].field->unit == '\0')
        without = without != NULL ? without : &sides[i];
      else if (with == NULL)
        with = &sides[i];
      else if (strcmp (with->field->unit, sides[i].field->unit) != 0)
        {
          genesis_disagreements_add (report, with->field->name, "unit", NULL,
                                     "'%s' in '%s' but '%s' in '%s'; convert the values of one "
                                     "site, or mend its schema",
                                     with->field->unit, with->site, sides[i].field->unit,
                                     sides[i].site);
          return FALSE;
        }
    }
  *unit = with != NULL ? with->field->unit : "";
  if (with != NULL && without != NULL)
    genesis_disagreements_add (report, with->field->name, "unit",
                               "a unit that one schema gives and none contradicts is taken",
                               "'%s' in '%s', none in '%s'", with->field->unit, with->site,
                               without->site);
  return TRUE;
}

/* -- missing cells ---------------------------------------------------------- */

static gboolean
is_better_spelling (const char *a, const char *b)
{
  if (b == NULL || *b == '\0')
    return b == NULL || *a != '\0';
  return *a != '\0' && strcmp (a, b) < 0;
}

/* What is written: the first spelling by bytes that is not the empty cell. */
static const GenesisFieldSide *
choose_spelling (const GenesisFieldSide *sides, guint n)
{
  const GenesisFieldSide *best = NULL;

  for (guint i = 0; i < n; i++)
    if (sides[i].field->may_be_missing
        && is_better_spelling (sides[i].field->missing, best != NULL ? best->field->missing : NULL))
      best = &sides[i];
  return best;
}

static void
report_spelling (const GenesisFieldSide *sides, guint n, const GenesisFieldSide *best,
                 GPtrArray *report)
{
  for (guint i = 0; i < n; i++)
    if (sides[i].field->may_be_missing
        && strcmp (sides[i].field->missing, best->field->missing) != 0)
      {
        genesis_disagreements_add (report, best->field->name, "missing cells",
                                   "all spellings are read, and the first by bytes that is not "
                                   "the empty cell is written",
                                   "spelled '%s' in '%s', '%s' in '%s'", best->field->missing,
                                   best->site, sides[i].field->missing, sides[i].site);
        return;
      }
}

static void
join_markers (const GenesisFieldSide *sides, guint n, const char *written,
              GenesisFieldReading *reading)
{
  g_autoptr (GPtrArray) spellings = g_ptr_array_new ();

  g_ptr_array_add (spellings, (gpointer)written);
  for (guint i = 0; i < n; i++)
    {
      char **markers = sides[i].field->reading.markers;

      if (sides[i].field->may_be_missing)
        g_ptr_array_add (spellings, sides[i].field->missing);
      for (gsize k = 0; markers != NULL && markers[k] != NULL; k++)
        g_ptr_array_add (spellings, markers[k]);
    }
  g_ptr_array_add (spellings, NULL);
  genesis_field_reading_set_markers (reading, (const char *const *)spellings->pdata);
}

/* -- values outside --------------------------------------------------------- */

static void
join_outside (const GenesisFieldSide *sides, guint n, GenesisFieldReading *reading,
              GPtrArray *report)
{
  reading->outside = sides[0].field->reading.outside;
  for (guint i = 0; i < n; i++)
    reading->may_be_absent = reading->may_be_absent || sides[i].field->reading.may_be_absent;
  for (guint i = 1; i < n; i++)
    if (sides[i].field->reading.outside != reading->outside)
      {
        genesis_disagreements_add (report, sides[0].field->name, "values outside",
                                   "where the rules for values outside differ, they are refused",
                                   "'%s' and '%s' have other rules", sides[0].site, sides[i].site);
        reading->outside = GENESIS_OUTSIDE_REFUSE;
        return;
      }
}

static GenesisField *
join_values (const GenesisFieldSide *sides, guint n, GPtrArray *report)
{
  if (!check_families (sides, n, report))
    return NULL;
  switch (get_family (sides[0].field))
    {
    case FAMILY_NUMBER:
      return genesis_field_join_numbers (sides, n, report);
    case FAMILY_DATETIME:
      return genesis_field_join_datetimes (sides, n, report);
    case FAMILY_WORD:
    default:
      return genesis_field_join_words (sides, n, report);
    }
}

GenesisField *
genesis_field_join (const GenesisFieldSide *sides, guint n, GPtrArray *report)
{
  const GenesisFieldSide *spelling = choose_spelling (sides, n);
  GenesisFieldReading reading = { GENESIS_OUTSIDE_REFUSE, FALSE, NULL };
  g_autoptr (GenesisField) field = join_values (sides, n, report);
  const char *unit;

  if (!join_units (sides, n, &unit, report) || field == NULL)
    return NULL;
  genesis_field_complete (field, unit, spelling != NULL ? spelling->field->missing : NULL);
  join_outside (sides, n, &reading, report);
  if (spelling != NULL)
    {
      report_spelling (sides, n, spelling, report);
      join_markers (sides, n, spelling->field->missing, &reading);
    }
  genesis_field_set_reading (field, &reading);
  genesis_field_reading_clear (&reading);
  return g_steal_pointer (&field);
}
