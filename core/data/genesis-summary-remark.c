/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-summary-remark-private.h"

static void
remark_free (gpointer data)
{
  GenesisSummaryRemark *self = data;

  g_free (self->column);
  g_free (self->what);
  g_free (self->todo);
  g_free (self);
}

GPtrArray *
genesis_summary_remarks_new (void)
{
  return g_ptr_array_new_with_free_func (remark_free);
}

GenesisSummaryRemark *
genesis_summary_remarks_add (GPtrArray *list, GenesisRemarkGrade grade, const char *code,
                             guint64 number, const char *todo, const char *format, ...)
{
  GenesisSummaryRemark *self = g_new0 (GenesisSummaryRemark, 1);
  va_list arguments;

  self->code = code;
  self->grade = grade;
  self->number = number;
  self->todo = g_strdup (todo);
  va_start (arguments, format);
  self->what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (list, self);
  return self;
}

guint
genesis_summary_remarks_count (GPtrArray *list, GenesisRemarkGrade grade)
{
  guint n = 0;

  for (guint i = 0; i < list->len; i++)
    n += ((const GenesisSummaryRemark *)g_ptr_array_index (list, i))->grade == grade;
  return n;
}

/* g_ptr_array_sort() is stable. */
static int
compare_grades (gconstpointer a, gconstpointer b)
{
  const GenesisSummaryRemark *x = *(const GenesisSummaryRemark *const *)a;
  const GenesisSummaryRemark *y = *(const GenesisSummaryRemark *const *)b;

  return (int)x->grade - (int)y->grade;
}

void
genesis_summary_remarks_sort (GPtrArray *list)
{
  g_ptr_array_sort (list, compare_grades);
}

const char *
genesis_remark_grade_get_word (GenesisRemarkGrade grade)
{
  static const char *const names[] = { "refused", "warning", "note" };

  return names[grade];
}
