/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-quality-evaluator-private.h"

/* What must be looked at before anything else. These are alarms of a regression, not proofs of
   privacy: none of them being raised guarantees nothing. */

static void
alarm_free (gpointer data)
{
  GenesisQualityAlarm *self = data;

  g_free (self->what);
  g_free (self);
}

static void G_GNUC_PRINTF (3, 4)
    add_alarm (GPtrArray *alarms, const char *code, const char *format, ...)
{
  GenesisQualityAlarm *alarm = g_new0 (GenesisQualityAlarm, 1);
  va_list args;

  va_start (args, format);
  alarm->code = code;
  alarm->what = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (alarms, alarm);
}

static void
look_at_copies (GPtrArray *alarms, const GenesisRowCopies *copies, guint64 n_synthetic)
{
  if (!copies->alarm)
    return;
  if (copies->has_holdout)
    add_alarm (alarms, "copies",
               "training rows are copied: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
               " synthetic rows equal a training row; of different rows %" G_GUINT64_FORMAT
               " are in one of two equally large samples of training rows and %" G_GUINT64_FORMAT
               " in the other, of holdout rows",
               copies->training, n_synthetic, copies->only_training, copies->only_holdout);
  else
    add_alarm (alarms, "copies",
               "training rows are copied: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
               " synthetic rows equal a real row, while %" G_GUINT64_FORMAT
               " real rows equal another real row",
               copies->training, n_synthetic, copies->repeated);
}

static void
look_at_distances (GPtrArray *alarms, const GenesisNearestRecords *nearest)
{
  char closer[G_ASCII_DTOSTR_BUF_SIZE], limit[G_ASCII_DTOSTR_BUF_SIZE];

  if (nearest->closer_alarm)
    add_alarm (alarms, "closer",
               "synthetic rows are closer to training rows: a share of %s of them is, where one "
               "half is expected and %s is the limit",
               g_ascii_formatd (closer, sizeof closer, "%.3f", nearest->closer.all),
               g_ascii_formatd (limit, sizeof limit, "%.3f", nearest->closer_limit));
  if (nearest->advantage_alarm)
    add_alarm (alarms, "membership",
               "training rows can be told from holdout rows by their distance to synthetic rows: "
               "advantage %s, limit %s",
               g_ascii_formatd (closer, sizeof closer, "%.3f", nearest->advantage),
               g_ascii_formatd (limit, sizeof limit, "%.3f", nearest->advantage_limit));
}

GPtrArray *
genesis_quality_alarms_new (const GenesisQualityEvaluator *self)
{
  GPtrArray *alarms = g_ptr_array_new_with_free_func (alarm_free);

  look_at_copies (alarms, &self->result->copies, self->frames[GENESIS_QUALITY_SYNTHETIC]->n_rows);
  look_at_distances (alarms, &self->result->nearest);
  return alarms;
}

/**
 * genesis_quality_evaluator_dup_alarms:
 * @self: an evaluator
 * @error: as genesis_quality_evaluator_evaluate()
 *
 * What must be looked at first, a line each: rows that are copied, rows that are nearer to training
 * rows than to holdout rows.
 *
 * Returns: (transfer full) (array zero-terminated=1) (nullable): lines, none when all is quiet
 */
char **
genesis_quality_evaluator_dup_alarms (GenesisQualityEvaluator *self, GError **error)
{
  g_autoptr (GPtrArray) alarms = NULL;
  char **lines;

  g_return_val_if_fail (GENESIS_IS_QUALITY_EVALUATOR (self), NULL);

  if (!genesis_quality_evaluator_evaluate (self, NULL, error))
    return NULL;
  alarms = genesis_quality_alarms_new (self);
  lines = g_new0 (char *, alarms->len + 1);
  for (guint i = 0; i < alarms->len; i++)
    lines[i] = g_strdup (((const GenesisQualityAlarm *)g_ptr_array_index (alarms, i))->what);
  return lines;
}
