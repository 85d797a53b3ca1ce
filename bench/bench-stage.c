/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bench-stage.h"

#include <sys/resource.h>

typedef struct
{
  double wall, cpu;
} BenchClock;

struct _BenchStage
{
  char *name;
  GArray *wall, *cpu; /* of double, one an attempt */
  BenchClock started;
  guint64 rows, bytes; /* of one attempt */
};

static BenchClock
read_clock (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (BenchClock){
    .wall = (double)g_get_monotonic_time () / 1e6,
    .cpu = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
           + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
  };
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a;
  double y = *(const double *)b;

  return (x > y) - (x < y);
}

/* The share-quantile of sorted values; the lower one of two middles. */
static double
pick (GArray *values, double share)
{
  g_array_sort (values, compare_doubles);
  return g_array_index (values, double, (guint)(share * (values->len - 1)));
}

BenchStage *
bench_stage_new (const char *name)
{
  BenchStage *self = g_new0 (BenchStage, 1);

  self->name = g_strdup (name);
  self->wall = g_array_new (FALSE, FALSE, sizeof (double));
  self->cpu = g_array_new (FALSE, FALSE, sizeof (double));
  return self;
}

void
bench_stage_free (BenchStage *self)
{
  g_free (self->name);
  g_array_unref (self->wall);
  g_array_unref (self->cpu);
  g_free (self);
}

void
bench_stage_start (BenchStage *self)
{
  self->started = read_clock ();
}

/* rows and bytes: what went through, for the rates; 0 when it makes no sense. */
void
bench_stage_stop (BenchStage *self, guint64 rows, guint64 bytes)
{
  BenchClock now = read_clock ();
  double wall = now.wall - self->started.wall;
  double cpu = now.cpu - self->started.cpu;

  g_array_append_val (self->wall, wall);
  g_array_append_val (self->cpu, cpu);
  self->rows = rows;
  self->bytes = bytes;
}

void
bench_stage_print_header (void)
{
  g_print ("%-26s %9s %9s %9s %9s %10s %9s\n", "stage", "median s", "min s", "max s", "cpu s",
           "rows/s", "MB/s");
}

void
bench_stage_print (BenchStage *self)
{
  double median = pick (self->wall, .5);

  g_print ("%-26s %9.4f %9.4f %9.4f %9.4f", self->name, median, pick (self->wall, 0),
           pick (self->wall, 1), pick (self->cpu, .5));
  if (self->rows > 0)
    g_print (" %10.3g", (double)self->rows / median);
  else
    g_print (" %10s", "-");
  if (self->bytes > 0)
    g_print (" %9.1f\n", (double)self->bytes / median / 1e6);
  else
    g_print (" %9s\n", "-");
}

static void
append_number (GString *json, const char *key, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (number, sizeof number, "%.6f", value);
  g_string_append_printf (json, ", \"%s\": %s", key, number);
}

void
bench_stage_append_json (BenchStage *self, GString *json)
{
  g_string_append_printf (json, "{\"stage\": \"%s\", \"times\": %u", self->name, self->wall->len);
  append_number (json, "median_seconds", pick (self->wall, .5));
  append_number (json, "min_seconds", pick (self->wall, 0));
  append_number (json, "max_seconds", pick (self->wall, 1));
  append_number (json, "median_cpu_seconds", pick (self->cpu, .5));
  g_string_append_printf (json,
                          ", \"rows\": %" G_GUINT64_FORMAT ", \"bytes\": %" G_GUINT64_FORMAT "}",
                          self->rows, self->bytes);
}

/* The largest resident set of this process so far, in bytes. */
guint64
bench_stage_get_peak_memory (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (guint64)usage.ru_maxrss * 1024;
}
