/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Writes the tables of four invented hospitals, the example federation: hospitals [--seed N] FOLDER
 *
 * The same seed gives the same files. The hospitals differ as real ones do: in size, in the age of
 * their patients, in what they measure at all, in how they spell a missing value and a whole
 * number. A latent severity s ~ N(m, 1) of each patient ties the laboratory values together; m
 * differs between hospitals. */

#include "config.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>

typedef enum
{
  ADMITTED,
  DEPARTMENT,
  AGE,
  SEX,
  SMOKER,
  SYSTOLIC,
  DIASTOLIC,
  GLUCOSE,
  CREATININE,
  CRP,
  TROPONIN,
  POTASSIUM,
  LDL,
  FERRITIN,
  DIAGNOSIS,
  LENGTH_OF_STAY,
  N_COLUMNS
} Column;

/* decimals: digits after the point; TEXT: the cell is a word. */
#define TEXT (-1)
static const struct
{
  const char *name;
  int decimals;
} columns[N_COLUMNS] = {
  [ADMITTED] = { "admitted", TEXT },
  [DEPARTMENT] = { "department", TEXT },
  [AGE] = { "age", 0 },
  [SEX] = { "sex", TEXT },
  [SMOKER] = { "smoker", TEXT },
  [SYSTOLIC] = { "systolic", 0 },
  [DIASTOLIC] = { "diastolic", 0 },
  [GLUCOSE] = { "glucose", 1 },
  [CREATININE] = { "creatinine", 2 },
  [CRP] = { "crp", 1 },
  [TROPONIN] = { "troponin", 3 },
  [POTASSIUM] = { "potassium", 2 },
  [LDL] = { "ldl", 0 },
  [FERRITIN] = { "ferritin", 1 },
  [DIAGNOSIS] = { "diagnosis", TEXT },
  [LENGTH_OF_STAY] = { "length_of_stay", 0 },
};

typedef struct
{
  const char *name;
  guint rows;
  double mean_age, sd_age;
  double women;          /* share */
  double severity;       /* mean of the latent severity */
  double departments[5]; /* shares */
  double gap;            /* share of each laboratory value that is missing on its own */
  double block_gap;      /* share of rows whose five laboratory values are missing together */
  Column never;          /* never measured here; N_COLUMNS: all are */
  const char *missing;   /* how a missing value is spelled */
  gboolean point_zero;   /* whole numbers as 63.0 */
} Hospital;

static const char *const departments[5] = { "emergency", "internal medicine", "surgery",
                                            "cardiology", "oncology, haematology" };

static const Hospital hospitals[] = {
  { "northgate",
    3200,
    54,
    18,
    .51,
    .0,
    { .40, .25, .20, .10, .05 },
    .02,
    .00,
    N_COLUMNS,
    "",
    FALSE },
  { "riverside",
    1400,
    71,
    11,
    .57,
    .5,
    { .25, .40, .10, .25, .00 },
    .05,
    .00,
    N_COLUMNS,
    "?",
    TRUE },
  { "hillview", 700, 46, 15, .48, -.3, { .15, .15, .55, .10, .05 }, .04, .00, FERRITIN, "", FALSE },
  { "islands", 260, 60, 20, .50, .2, { .70, .30, .00, .00, .00 }, .03, .35, N_COLUMNS, "?", FALSE },
};

typedef struct
{
  double number[N_COLUMNS]; /* NAN: missing */
  const char *word[N_COLUMNS];
  char admitted[11];
} Patient;

/* splitmix64 (Steele, Lea and Flood 2014). */
static guint64
draw_bits (guint64 *state)
{
  guint64 z = (*state += 0x9e3779b97f4a7c15u);

  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

/* Uniform in (0, 1): never 0, so its logarithm is finite. */
static double
draw_uniform (guint64 *state)
{
  return ((double)(draw_bits (state) >> 12) + .5) * 0x1p-52;
}

/* Box and Muller's first normal. */
static double
draw_normal (guint64 *state)
{
  double radius = sqrt (-2.0 * log (draw_uniform (state)));

  return radius * cos (2.0 * G_PI * draw_uniform (state));
}

static gboolean
draw_chance (guint64 *state, double p)
{
  return draw_uniform (state) < p;
}

static guint
draw_index (guint64 *state, const double *shares, guint n)
{
  double u = draw_uniform (state);

  for (guint i = 0; i + 1 < n; i++)
    {
      if (u < shares[i])
        return i;
      u -= shares[i];
    }
  return n - 1;
}

/* A day of 2022 to 2024; fewer patients are admitted at weekends. */
static void
draw_admitted (guint64 *state, Patient *patient)
{
  GDate date;

  do
    g_date_set_julian (&date, 738156 + (guint32)(draw_uniform (state) * 1096));
  while (g_date_get_weekday (&date) >= G_DATE_SATURDAY && draw_chance (state, .6));
  g_snprintf (patient->admitted, sizeof patient->admitted, "%04d-%02d-%02d",
              g_date_get_year (&date), (int)g_date_get_month (&date), g_date_get_day (&date));
  patient->word[ADMITTED] = patient->admitted;
}

/* exp (mu + sigma z), a heavy right tail around the median exp (mu). */
static double
lognormal (double median, double sigma, double z)
{
  return median * exp (sigma * z);
}

static void
draw_person (guint64 *state, const Hospital *hospital, Patient *patient)
{
  double *x = patient->number;
  double age = hospital->mean_age + hospital->sd_age * draw_normal (state);
  double pressure, rest;

  draw_admitted (state, patient);
  patient->word[DEPARTMENT] = departments[draw_index (state, hospital->departments, 5)];
  x[AGE] = CLAMP (age, 18, 99);
  patient->word[SEX] = draw_chance (state, hospital->women) ? "F" : "M";
  patient->word[SMOKER] = draw_chance (state, x[AGE] < 70 ? .27 : .12) ? "yes" : "no";
  pressure = draw_normal (state);
  x[SYSTOLIC] = CLAMP (118 + .35 * (x[AGE] - 50) + 15 * pressure, 80, 230);
  rest = 76 + 8 * (.75 * pressure + .66 * draw_normal (state));
  x[DIASTOLIC] = CLAMP (rest, 40, 130);
}

static void
draw_laboratory (guint64 *state, double severity, Patient *patient)
{
  double *x = patient->number;
  double heart = draw_normal (state) + .8 * (severity - 1.4) + .02 * (x[AGE] - 60);
  double age = (x[AGE] - 50) / 20;
  double ldl = 118 + 31 * draw_normal (state) - 6 * severity;

  x[GLUCOSE] = lognormal (98, .22, .45 * severity + .3 * age + .8 * draw_normal (state));
  x[CREATININE] = lognormal (.9, .32, .5 * severity + .4 * age + .7 * draw_normal (state));
  x[CRP] = lognormal (4.5, 1.35, .8 * severity + .6 * draw_normal (state));
  /* Below the limit of detection the laboratory writes 0: most rows. */
  x[TROPONIN] = heart > -.4 ? lognormal (.012, 1.5, heart + .4) : 0;
  x[POTASSIUM] = 4.1 + .45 * (.3 * severity + .95 * draw_normal (state));
  x[LDL] = CLAMP (ldl, 25, 320);
  x[FERRITIN] = lognormal (95, 1.0, .5 * severity + .85 * draw_normal (state));
}

static void
draw_outcome (guint64 *state, double severity, Patient *patient)
{
  double *x = patient->number;

  if (x[TROPONIN] > .06)
    patient->word[DIAGNOSIS] = "myocardial infarction";
  else if (x[CRP] > 25 && draw_chance (state, .8))
    patient->word[DIAGNOSIS] = "infection";
  else if (x[CREATININE] > 1.4 && draw_chance (state, .7))
    patient->word[DIAGNOSIS] = "renal failure";
  else if (x[GLUCOSE] > 126)
    patient->word[DIAGNOSIS] = "diabetes";
  else
    patient->word[DIAGNOSIS] = draw_chance (state, .3) ? "injury" : "other";
  /* Exponential days whose mean grows with severity; many leave on the first day. */
  x[LENGTH_OF_STAY] = floor (-log (draw_uniform (state)) * 2.6 * exp (.4 * severity));
}

static void
leave_gaps (guint64 *state, const Hospital *hospital, Patient *patient)
{
  static const Column block[] = { CRP, TROPONIN, POTASSIUM, LDL, FERRITIN };

  for (guint i = GLUCOSE; i <= FERRITIN; i++)
    if (i == hospital->never || draw_chance (state, hospital->gap))
      patient->number[i] = NAN;
  if (draw_chance (state, .01))
    patient->word[SMOKER] = NULL;
  if (draw_chance (state, hospital->block_gap))
    for (guint i = 0; i < G_N_ELEMENTS (block); i++)
      patient->number[block[i]] = NAN;
}

static void
draw_patient (guint64 *state, const Hospital *hospital, Patient *patient)
{
  double severity = hospital->severity + draw_normal (state);

  *patient = (Patient){ 0 };
  draw_person (state, hospital, patient);
  draw_laboratory (state, severity, patient);
  draw_outcome (state, severity, patient);
  leave_gaps (state, hospital, patient);
}

static void
append_cell (GString *csv, const Hospital *hospital, const Patient *patient, Column column)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  char format[] = "%.0f";
  const char *word = patient->word[column];

  if (columns[column].decimals == TEXT && word != NULL)
    g_string_append_printf (csv, strchr (word, ',') != NULL ? "\"%s\"" : "%s", word);
  else if (columns[column].decimals == TEXT || isnan (patient->number[column]))
    g_string_append (csv, hospital->missing);
  else
    {
      format[2] = (char)('0' + columns[column].decimals);
      g_string_append (csv,
                       g_ascii_formatd (number, sizeof number, format, patient->number[column]));
      if (columns[column].decimals == 0 && hospital->point_zero)
        g_string_append (csv, ".0");
    }
  g_string_append_c (csv, column + 1 < N_COLUMNS ? ',' : '\n');
}

static gboolean
write_hospital (const Hospital *hospital, guint64 seed, const char *folder, GError **error)
{
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autofree char *name = g_strconcat (hospital->name, ".csv", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  guint64 state = seed;

  for (Column c = 0; c < N_COLUMNS; c++)
    g_string_append_printf (csv, "%s%c", columns[c].name, c + 1 < N_COLUMNS ? ',' : '\n');
  for (guint i = 0; i < hospital->rows; i++)
    {
      Patient patient;

      draw_patient (&state, hospital, &patient);
      for (Column c = 0; c < N_COLUMNS; c++)
        append_cell (csv, hospital, &patient, c);
    }
  if (!g_file_set_contents (path, csv->str, (gssize)csv->len, error))
    return FALSE;
  g_print ("%s: %u rows\n", path, hospital->rows);
  return TRUE;
}

int
main (int argc, char **argv)
{
  gint64 seed = 1;
  const GOptionEntry entries[] = {
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "the same seed gives the same tables (1)", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context =
      g_option_context_new ("FOLDER - write four example hospitals");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return g_printerr ("hospitals: %s\n", error->message), 2;
  if (argc != 2)
    return g_printerr ("hospitals: name one folder to write into\n"), 2;
  if (g_mkdir_with_parents (argv[1], 0777) != 0)
    return g_printerr ("hospitals: '%s': %s\n", argv[1], g_strerror (errno)), 74;
  for (guint i = 0; i < G_N_ELEMENTS (hospitals); i++)
    {
      /* One stream a hospital: its rows do not depend on the others'. */
      guint64 state = (guint64)seed + ((guint64)(i + 1) << 48);

      if (!write_hospital (&hospitals[i], draw_bits (&state), argv[1], &error))
        return g_printerr ("hospitals: %s\n", error->message), 74;
    }
  return 0;
}
