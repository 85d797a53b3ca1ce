/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One piece of work, done several times: how long it took on the wall and in CPU seconds. */
typedef struct _BenchStage BenchStage;

BenchStage *bench_stage_new (const char *name);
void bench_stage_free (BenchStage *self);
void bench_stage_start (BenchStage *self);
void bench_stage_stop (BenchStage *self, guint64 rows, guint64 bytes);
void bench_stage_print_header (void);
void bench_stage_print (BenchStage *self);
void bench_stage_append_json (BenchStage *self, GString *json);

guint64 bench_stage_get_peak_memory (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchStage, bench_stage_free)

G_END_DECLS
