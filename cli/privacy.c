/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "privacy.h"

/* -- what was spent --------------------------------------------------------- */

/* The options that say how much privacy is spent, one of mu, rho and noise_scale. */
typedef struct
{
  Number mu, rho, noise_scale, rounds;
  guint n_rounds;
} Loss;

static void
loss_clear (Loss *loss)
{
  number_clear (&loss->mu);
  number_clear (&loss->rho);
  number_clear (&loss->noise_scale);
  number_clear (&loss->rounds);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Loss, loss_clear)

/* The options of loss and, behind them, two of the verb's own. */
static GOptionEntry *
join_entries (Loss *loss, const GOptionEntry own[2])
{
  const GOptionEntry entries[] = {
    { "mu", 0, 0, G_OPTION_ARG_STRING, &loss->mu.text,
      "What was spent, as the mu of Gaussian mechanisms", "MU" },
    { "rho", 0, 0, G_OPTION_ARG_STRING, &loss->rho.text, "The same as the rho of zCDP", "RHO" },
    { "noise-scale", 0, 0, G_OPTION_ARG_STRING, &loss->noise_scale.text,
      "The same as the noise multiplier of a round: mu^2 = rounds / Z^2", "Z" },
    { "rounds", 0, 0, G_OPTION_ARG_STRING, &loss->rounds.text,
      "With --noise-scale: how many rounds (1)", "N" },
    own[0],
    own[1],
    G_OPTION_ENTRY_NULL,
  };

  return g_memdup2 (entries, sizeof entries);
}

/* -1 with loss->mu or loss->rho; else a refusal's exit code. */
static int
parse_loss (const char *title, Loss *loss)
{
  Number *const given = loss->mu.text != NULL    ? &loss->mu
                        : loss->rho.text != NULL ? &loss->rho
                                                 : &loss->noise_scale;
  g_autoptr (GError) error = NULL;
  int code;

  if ((loss->mu.text != NULL) + (loss->rho.text != NULL) + (loss->noise_scale.text != NULL) != 1)
    return command_refuse (title, "what was spent is told by one of --mu, --rho and --noise-scale");
  if (loss->rounds.text != NULL && given != &loss->noise_scale)
    return command_refuse (title, "--rounds goes with --noise-scale; --mu and --rho are of all "
                                  "rounds together");
  code = number_parse_count (&loss->rounds, title, "rounds", &loss->n_rounds);
  if (code < 0)
    code = number_parse (given, title,
                         given == &loss->mu    ? "mu"
                         : given == &loss->rho ? "rho"
                                               : "noise-scale");
  if (code >= 0 || given != &loss->noise_scale)
    return code;
  if (genesis_privacy_mu_of_noise_scale (given->value, loss->n_rounds, &loss->mu.value, &error))
    return -1;
  return command_refuse (title, "%s", error->message);
}

static void
add_loss (Answer *answer, const Loss *loss)
{
  if (loss->rho.text != NULL)
    answer_add (answer, "rho", loss->rho.value, "of zCDP, what was spent");
  else
    answer_add (answer, "mu", loss->mu.value, "of Gaussian mechanisms, what was spent");
  if (loss->noise_scale.text == NULL)
    return;
  answer_add (answer, "noise_scale", loss->noise_scale.value, "of each round");
  answer_add_count (answer, "rounds", loss->n_rounds, "");
}

/* -- epsilon ---------------------------------------------------------------- */

static const char epsilon_help[] =
    "How much a release tells at most about one record: with differential privacy (epsilon,\n"
    "delta), whatever it says is at most e^epsilon times as likely with the record as without it,\n"
    "but for an event of probability delta. Gaussian mechanisms add up by mu^2: (sensitivity /\n"
    "sigma)^2 of each, over all rounds. The answer is rounded up.\n"
    "\n"
    "Example:\n"
    "  genesis privacy epsilon --noise-scale 0.1 --rounds 3    222.977: hardly any privacy\n"
    "  genesis privacy epsilon --mu 0.268 --delta 1e-5         1: strong\n"
    "\n"
    "Exit codes: 0 done, 2 usage, or a number that is none or out of range";

static int
run_epsilon (int argc, char **argv)
{
  g_auto (Loss) loss = { { NULL } };
  g_auto (Number) delta = { NULL };
  g_auto (Answer) answer = { NULL };
  gboolean as_json = FALSE;
  const GOptionEntry own[] = {
    { "delta", 0, 0, G_OPTION_ARG_STRING, &delta.text,
      "Between 0 and 1 (" PRIVACY_DEFAULT_DELTA ")", "DELTA" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Print a JSON object", NULL },
  };
  g_autofree GOptionEntry *entries = join_entries (&loss, own);
  g_autoptr (GError) error = NULL;
  double epsilon;
  int code;

  answer_init (&answer);
  code = command_parse (&argc, &argv, entries, "--mu MU|--rho RHO|--noise-scale Z", epsilon_help);
  if (code < 0)
    code = command_refuse_words (argc, argv);
  if (delta.text == NULL)
    delta.text = g_strdup (PRIVACY_DEFAULT_DELTA);
  if (code >= 0 || (code = parse_loss (argv[0], &loss)) >= 0
      || (code = number_parse (&delta, argv[0], "delta")) >= 0)
    return code;
  if (!(loss.rho.text != NULL
            ? genesis_privacy_zcdp_epsilon (loss.rho.value, delta.value, &epsilon, &error)
            : genesis_privacy_epsilon (loss.mu.value, delta.value, &epsilon, &error)))
    return command_refuse (argv[0], "%s", error->message);
  answer_add (&answer, "epsilon", epsilon, "at most");
  answer_add (&answer, "delta", delta.value, "");
  add_loss (&answer, &loss);
  answer_add_warning (&answer, epsilon);
  return answer_print (&answer, as_json);
}

/* -- delta ------------------------------------------------------------------ */

static const char delta_help[] =
    "The probability with which a release may tell more about one record than epsilon says; the\n"
    "other way round than 'genesis privacy epsilon'.\n"
    "\n"
    "Example:\n"
    "  genesis privacy delta --mu 1 --epsilon 1      0.126937: epsilon 1 is not what mu 1 gives\n"
    "\n"
    "Exit codes: 0 done, 2 usage, or a number that is none or out of range";

static int
run_delta (int argc, char **argv)
{
  g_auto (Loss) loss = { { NULL } };
  g_auto (Number) epsilon = { NULL };
  g_auto (Answer) answer = { NULL };
  gboolean as_json = FALSE;
  const GOptionEntry own[] = {
    { "epsilon", 0, 0, G_OPTION_ARG_STRING, &epsilon.text, "At least 0", "EPSILON" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Print a JSON object", NULL },
  };
  g_autofree GOptionEntry *entries = join_entries (&loss, own);
  g_autoptr (GError) error = NULL;
  double delta;
  int code;

  answer_init (&answer);
  code = command_parse (&argc, &argv, entries,
                        "--mu MU|--rho RHO|--noise-scale Z --epsilon EPSILON", delta_help);
  if (code < 0)
    code = command_refuse_words (argc, argv);
  if (code < 0 && epsilon.text == NULL)
    code = command_refuse (argv[0], "no --epsilon");
  if (code >= 0 || (code = parse_loss (argv[0], &loss)) >= 0
      || (code = number_parse (&epsilon, argv[0], "epsilon")) >= 0)
    return code;
  if (!(loss.rho.text != NULL
            ? genesis_privacy_zcdp_delta (loss.rho.value, epsilon.value, &delta, &error)
            : genesis_privacy_delta (loss.mu.value, epsilon.value, &delta, &error)))
    return command_refuse (argv[0], "%s", error->message);
  answer_add (&answer, "delta", delta, "at most");
  answer_add (&answer, "epsilon", epsilon.value, "");
  add_loss (&answer, &loss);
  return answer_print (&answer, as_json);
}

static const Command epsilon = { "epsilon", run_epsilon, "what a release tells at most" };
static const Command delta = { "delta", run_delta, "the same, the other way round" };

static int
run_privacy (int argc, char **argv)
{
  static const Command *const commands[] = { &epsilon, &delta, &privacy_calibrate_command, NULL };

  return command_dispatch (
      argv[0],
      "The calculator of differential privacy. An epsilon of 1 is strong, 10 is weak, and 100 is\n"
      "none; delta should be far below one over the number of records.\n"
      "\n"
      "Example:\n"
      "  genesis privacy calibrate --epsilon 1 --rounds 3     the noise that a run needs\n"
      "  genesis privacy epsilon --noise-scale 0.1 --rounds 3 what noise gives\n"
      "\n"
      "Exit codes: 0 done, 2 usage\n",
      commands, argc, argv);
}

const Command privacy_command = { "privacy", run_privacy, "calculate with differential privacy" };
