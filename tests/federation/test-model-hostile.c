/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Model files whose checksum fits and that are wrong all the same. */
#include "config.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-encoder-private.h"
#include "base/genesis-stream-private.h"
#include "data/genesis-schema-private.h"

#include "test-model-sample-private.h"

/* A model file made of three sections as they are given, with a checksum that fits. */
static GBytes *
make_file (GenesisEncoder *pooled, GenesisEncoder *sites, const char *provenance)
{
  static const guint8 head[] = { 0x89, 'G', 'N', 'S', '\r', '\n', 0x1a, '\n', 1, 0, 0, 0 };
  g_auto (GenesisEncoder) file = { NULL };
  guint8 checksum[32];

  genesis_encoder_init (&file);
  genesis_encoder_put_raw (&file, head, sizeof head);
  genesis_encoder_put_bytes (&file, pooled->bytes->data, pooled->bytes->len);
  genesis_encoder_put_bytes (&file, sites->bytes->data, sites->bytes->len);
  genesis_encoder_put_bytes (&file, provenance, strlen (provenance));
  genesis_sha256 (file.bytes->data, file.bytes->len, checksum);
  genesis_encoder_put_raw (&file, checksum, sizeof checksum);

  return genesis_encoder_steal (&file);
}

/* One thing is wrong in each; what is not said is right. */
typedef struct
{
  const char *path, *phrase;
  int code;
  const char *stream, *generator, *settings[4];
  guint32 n_settings; /* another number than there are */
  gboolean no_rounds, no_limit, plan_order, trailing;
  const char *names[3]; /* of sites */
  double weight;        /* 0: 1 */
  guint8 has_state;
  gboolean sites_trailing;
  const char *provenance;
} Hostile;

#define BAD(path, phrase) "/model/hostile/" path, phrase, GENESIS_ERROR_INVALID_DATA

static const Hostile hostile[] = {
  { "/model/hostile/none-of-it", .settings = { "a=1", "b=2" }, .names = { "x", "y" },
    .has_state = 1, .provenance = "{}" },
  { "/model/hostile/other-stream", "'mt19937'", GENESIS_ERROR_UNSUPPORTED, .stream = "mt19937" },
  { BAD ("no-generator", "the generator's name is not the id of a plugin"), .generator = "" },
  { BAD ("generator-is-a-path", "is not the id of a plugin"), .generator = "../../evil.so" },
  { BAD ("generator-commands-the-terminal", "is not the id of"),
    .generator = "org.example.\033[2J" },
  { BAD ("setting-commands-the-terminal", "setting 1"), .settings = { "\033[2J=1" } },
  { BAD ("settings-unsorted", "setting 2"), .settings = { "b=1", "a=2" } },
  { BAD ("setting-twice", "setting 2"), .settings = { "a=1", "a=2" } },
  { BAD ("setting-without-value", "setting 1"), .settings = { "a" } },
  { BAD ("setting-not-utf8", "setting 1"), .settings = { "a=\xff" } },
  { BAD ("too-many-settings", "settings"), .n_settings = 4097 },
  { BAD ("no-rounds", "rounds"), .no_rounds = TRUE },
  { BAD ("n-max", "largest number of rows"), .no_limit = TRUE },
  { BAD ("blocks-in-plan-order", "section pooled: the blocks are not those of a state"),
    .plan_order = TRUE },
  { BAD ("pooled-trailing", "section pooled: there are bytes behind"), .trailing = TRUE },
  { BAD ("sites-unsorted", "section sites: site 2"), .names = { "y", "x" } },
  { BAD ("site-twice", "section sites: site 2"), .names = { "x", "x" } },
  { BAD ("site-without-name", "section sites: site 1"), .names = { "" } },
  { BAD ("site-name-not-utf8", "section sites: site 1"), .names = { "\xc3(" } },
  { BAD ("weight-negative", "weight"), .names = { "x" }, .weight = -1 },
  { BAD ("weight-infinite", "weight"), .names = { "x" }, .weight = INFINITY },
  { BAD ("state-of-unknown-kind", "unknown kind"), .names = { "x" }, .has_state = 2 },
  { BAD ("sites-trailing", "section sites: there are bytes behind"), .sites_trailing = TRUE },
  { BAD ("provenance-array", "section provenance"), .provenance = "[]" },
};

static void
put_state (GenesisEncoder *to, gboolean plan_order)
{
  g_autoptr (GenesisBlocks) state = genesis_blocks_new_state ();
  const gint64 value = 1;
  guint at = to->bytes->len;

  genesis_blocks_put (state, "a", GENESIS_ABI_I64, 1, &value);
  genesis_blocks_encode (state, to);
  if (plan_order)
    to->bytes->data[at] = 0;
}

static void
put_pooled (GenesisEncoder *to, const Hostile *test)
{
  g_autoptr (GenesisModel) sample = model_sample_new (0);

  guint32 n = 0;

  while (test->settings[n] != NULL)
    n++;
  genesis_encoder_put_text (to, test->stream != NULL ? test->stream : GENESIS_STREAM_NAME);
  genesis_schema_encode (sample->schema, to);
  genesis_encoder_put_text (to, test->generator != NULL ? test->generator : "a.b");
  genesis_encoder_put_u32 (to, 1);
  genesis_encoder_put_u32 (to, test->n_settings > 0 ? test->n_settings : n);
  for (guint32 i = 0; i < n; i++)
    genesis_encoder_put_text (to, test->settings[i]);
  genesis_encoder_put_u32 (to, test->no_rounds ? 0 : 5);
  genesis_encoder_put_u64 (to, test->no_limit ? G_MAXUINT64 : 100);
  put_state (to, test->plan_order);
  if (test->trailing)
    genesis_encoder_put_u8 (to, 0);
}

static void
put_sites (GenesisEncoder *to, const Hostile *test)
{
  guint32 n = 0;

  while (test->names[n] != NULL)
    n++;
  genesis_encoder_put_u32 (to, n);
  for (guint32 i = 0; i < n; i++)
    {
      genesis_encoder_put_text (to, test->names[i]);
      genesis_encoder_put_u64 (to, 10);
      genesis_encoder_put_f64 (to, test->weight != 0 ? test->weight : 1);
      genesis_encoder_put_u8 (to, test->has_state);
      if (test->has_state == 1)
        put_state (to, FALSE);
    }
  if (test->sites_trailing)
    genesis_encoder_put_u8 (to, 0);
}

static void
test_hostile (gconstpointer data)
{
  const Hostile *test = data;
  g_auto (GenesisEncoder) pooled = { NULL };
  g_auto (GenesisEncoder) sites = { NULL };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GenesisModel) model = NULL;
  g_autoptr (GError) error = NULL;

  genesis_encoder_init (&pooled);
  genesis_encoder_init (&sites);
  put_pooled (&pooled, test);
  put_sites (&sites, test);
  bytes = make_file (&pooled, &sites, test->provenance != NULL ? test->provenance : "");
  model = genesis_model_new_from_bytes (bytes, &error);
  if (test->phrase == NULL)
    {
      g_assert_no_error (error);
      g_assert_nonnull (model);
      return;
    }

  g_assert_null (model);
  g_assert_error (error, GENESIS_ERROR, test->code);
  if (strstr (error->message, test->phrase) == NULL)
    g_error ("\"%s\" is not in: %s", test->phrase, error->message);
}

/* 257 sites may be listed, but only 256 of them with a state. */
static void
test_too_many_states (void)
{
  for (guint n = GENESIS_SITE_MODELS_MAX; n <= GENESIS_SITE_MODELS_MAX + 1; n++)
    {
      g_auto (GenesisEncoder) pooled = { NULL };
      g_auto (GenesisEncoder) sites = { NULL };
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GenesisModel) model = NULL;
      g_autoptr (GError) error = NULL;

      genesis_encoder_init (&pooled);
      genesis_encoder_init (&sites);
      put_pooled (&pooled, &hostile[0]);
      genesis_encoder_put_u32 (&sites, n + 1);
      for (guint i = 0; i <= n; i++)
        {
          g_autofree char *name = g_strdup_printf ("%04u", i);

          genesis_encoder_put_text (&sites, name);
          genesis_encoder_put_u64 (&sites, 1);
          genesis_encoder_put_f64 (&sites, 1);
          genesis_encoder_put_u8 (&sites, i < n);
          if (i < n)
            put_state (&sites, FALSE);
        }
      bytes = make_file (&pooled, &sites, "");
      model = genesis_model_new_from_bytes (bytes, &error);
      g_assert_true ((model != NULL) == (n == GENESIS_SITE_MODELS_MAX));
      if (model == NULL)
        g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    g_test_add_data_func (hostile[i].path, &hostile[i], test_hostile);
  g_test_add_func ("/model/hostile/too-many-states", test_too_many_states);

  return g_test_run ();
}
