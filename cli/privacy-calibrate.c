/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "privacy.h"

#include <math.h>

static const char calibrate_help[] =
    "How much noise a run needs that may spend epsilon at delta: the noise multiplier of each of\n"
    "its rounds, and the sigma of one group of blocks. A round costs 1 / noise_scale^2, however\n"
    "many groups of blocks it asks for: they share it, so the noise of each grows with the root "
    "of\n"
    "their number. The answers are rounded up. (mu and rho: the largest that may be spent.)\n"
    "\n"
    "Example:\n"
    "  genesis privacy calibrate --epsilon 1 --rounds 3\n"
    "  genesis privacy calibrate --epsilon 1 --rounds 3 --groups 2 --sensitivity 3.74\n"
    "\n"
    "Exit codes: 0 done, 2 usage, or a number that is none or out of range";

/* What a run is calibrated to. */
typedef struct
{
  Number epsilon, delta, rounds, groups, sensitivity;
  guint n_rounds, n_groups;
} Target;

static void
target_clear (Target *target)
{
  number_clear (&target->epsilon);
  number_clear (&target->delta);
  number_clear (&target->rounds);
  number_clear (&target->groups);
  number_clear (&target->sensitivity);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Target, target_clear)

static int
parse_target (const char *title, Target *target)
{
  int code;

  if (target->epsilon.text == NULL)
    return command_refuse (title, "no --epsilon");
  if (target->delta.text == NULL)
    target->delta.text = g_strdup (PRIVACY_DEFAULT_DELTA);
  if (target->sensitivity.text == NULL)
    target->sensitivity.text = g_strdup ("1");
  if ((code = number_parse (&target->epsilon, title, "epsilon")) >= 0
      || (code = number_parse (&target->delta, title, "delta")) >= 0
      || (code = number_parse (&target->sensitivity, title, "sensitivity")) >= 0
      || (code = number_parse_count (&target->rounds, title, "rounds", &target->n_rounds)) >= 0
      || (code = number_parse_count (&target->groups, title, "groups", &target->n_groups)) >= 0)
    return code;
  if (target->sensitivity.value < 0)
    return command_refuse (title, "--sensitivity: '%s' is below 0", target->sensitivity.text);
  return -1;
}

static int
answer_calibration (const char *title, const Target *target, gboolean as_json)
{
  const double epsilon = target->epsilon.value, delta = target->delta.value;
  g_auto (Answer) answer = { NULL };
  g_autoptr (GError) error = NULL;
  double noise_scale, mu, rho;

  answer_init (&answer);
  if (!genesis_privacy_noise_scale (epsilon, delta, target->n_rounds, &noise_scale, &error)
      || !genesis_privacy_mu (epsilon, delta, &mu, &error)
      || !genesis_privacy_zcdp_rho (epsilon, delta, &rho, &error))
    return command_refuse (title, "%s", error->message);
  answer_add (&answer, "noise_scale", noise_scale, "of each round");
  answer_add (&answer, "sigma", noise_scale * sqrt (target->n_groups) * target->sensitivity.value,
              "of each group of blocks");
  answer_add (&answer, "epsilon", epsilon, "of all rounds together");
  answer_add (&answer, "delta", delta, "");
  answer_add_count (&answer, "rounds", target->n_rounds, "");
  answer_add_count (&answer, "groups", target->n_groups, "of blocks in a round, with equal shares");
  answer_add (&answer, "sensitivity", target->sensitivity.value, "of a group");
  answer_add (&answer, "mu", mu, "that Gaussian mechanisms may spend");
  answer_add (&answer, "rho", rho, "that other mechanisms may spend, zCDP");
  answer_add_warning (&answer, epsilon);
  return answer_print (&answer, as_json);
}

static int
run_calibrate (int argc, char **argv)
{
  g_auto (Target) target = { { NULL } };
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "epsilon", 0, 0, G_OPTION_ARG_STRING, &target.epsilon.text, "What the run may spend",
      "EPSILON" },
    { "delta", 0, 0, G_OPTION_ARG_STRING, &target.delta.text,
      "Between 0 and 1 (" PRIVACY_DEFAULT_DELTA ")", "DELTA" },
    { "rounds", 0, 0, G_OPTION_ARG_STRING, &target.rounds.text, "How many rounds share it (1)",
      "N" },
    { "groups", 0, 0, G_OPTION_ARG_STRING, &target.groups.text,
      "How many groups of blocks share a round (1)", "N" },
    { "sensitivity", 0, 0, G_OPTION_ARG_STRING, &target.sensitivity.text,
      "Sensitivity of one group, for sigma (1)", "S" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Print a JSON object", NULL },
    G_OPTION_ENTRY_NULL,
  };
  int code = command_parse (&argc, &argv, entries, "--epsilon EPSILON", calibrate_help);

  if (code < 0)
    code = command_refuse_words (argc, argv);
  if (code >= 0 || (code = parse_target (argv[0], &target)) >= 0)
    return code;
  return answer_calibration (argv[0], &target, as_json);
}

const Command privacy_calibrate_command = { "calibrate", run_calibrate,
                                            "how much noise a run needs" };
