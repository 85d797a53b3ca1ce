/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GENESIS_REMARK_REFUSED, /* no schema can be made before it is mended */
  GENESIS_REMARK_WARNING, /* a schema can be made, hardly the one that is wanted */
  GENESIS_REMARK_NOTE     /* as it may well be meant */
} GenesisRemarkGrade;

/**
 * GenesisSummaryRemark:
 * @code: a word that stays, as "mixed-kinds"
 * @column: its name, or NULL: the table's
 * @place: of the column, counted from 1; 0: the table's
 * @number: line or row; 0: none
 * @what, @todo: what is seen, and what to do about it (or NULL); no value of a record
 */
typedef struct
{
  const char *code;
  GenesisRemarkGrade grade;
  char *column;
  guint place;
  guint64 number;
  char *what, *todo;
} GenesisSummaryRemark;

/* GenesisSummaryRemark each. */
GPtrArray *genesis_summary_remarks_new (void);
/* code is a literal; todo is copied. The remark that was added. */
GenesisSummaryRemark *genesis_summary_remarks_add (GPtrArray *list, GenesisRemarkGrade grade,
                                                   const char *code, guint64 number,
                                                   const char *todo, const char *format, ...)
    G_GNUC_PRINTF (6, 7);
guint genesis_summary_remarks_count (GPtrArray *list, GenesisRemarkGrade grade);
/* The worst first, then in the order in which they came. */
void genesis_summary_remarks_sort (GPtrArray *list);
/* "refused", "warning" or "note". */
const char *genesis_remark_grade_get_word (GenesisRemarkGrade grade);

G_END_DECLS
