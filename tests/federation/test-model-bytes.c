/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The model file against an enemy: every file of the corpus and systematic damage to small models,
   through the fuzz target. GENESIS_WRITE_CORPUS=FOLDER writes the corpus anew from the sample
   models. */
#include "config.h"

#include <string.h>

#include "test-model-sample-private.h"

static char *
dup_corpus_path (const char *name)
{
  const char *source = g_getenv ("GENESIS_TEST_SOURCE_DIR");

  return source != NULL
             ? g_build_filename (source, "tests", "federation", "corpus-model", name, NULL)
             : NULL;
}

/* Which samples are damaged: the smallest and one more, or all of them with -m slow. */
static gboolean
is_damaged (guint index, guint one_more)
{
  return g_test_slow () || index == 0 || index == one_more;
}

static GBytes *
make_sample_bytes (guint index)
{
  g_autoptr (GenesisModel) model = model_sample_new (index);

  return genesis_model_to_bytes (model);
}

static void
test_corpus (void)
{
  g_autofree char *folder = dup_corpus_path (NULL);
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;
  guint n_good = 0;
  const char *name;

  if (folder == NULL)
    {
      g_test_skip ("GENESIS_TEST_SOURCE_DIR is not set");
      return;
    }
  dir = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *data = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (path, &data, &size, NULL));
      n_good += (guint)LLVMFuzzerTestOneInput ((const guint8 *)data, size);
    }
  g_assert_cmpuint (n_good, >=, MODEL_SAMPLES);
}

/* The corpus is what this version writes: a change of the format that was not meant shows here.
   After one that was meant, write the corpus anew. */
static void
test_corpus_is_current (void)
{
  for (guint i = 0; i < MODEL_SAMPLES; i++)
    {
      g_autofree char *name = g_strdup_printf ("sample-%u.genesis", i);
      g_autofree char *path = dup_corpus_path (name);
      g_autoptr (GBytes) bytes = make_sample_bytes (i);
      g_autofree char *data = NULL;
      gsize size;

      if (path == NULL)
        {
          g_test_skip ("GENESIS_TEST_SOURCE_DIR is not set");
          return;
        }
      g_assert_true (g_file_get_contents (path, &data, &size, NULL));
      g_assert_cmpmem (data, size, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }
}

/* With the checksum mended each time: the decoders are on their own. */
static void
test_every_byte_changed (void)
{
  static const guint8 masks[] = { 0x01, 0x80, 0xff };
  guint n_accepted = 0;

  for (guint i = 0; i < MODEL_SAMPLES; i++)
    {
      g_autoptr (GBytes) bytes = make_sample_bytes (i);
      gsize size;
      g_autofree guint8 *copy = g_bytes_unref_to_data (g_steal_pointer (&bytes), &size);

      for (gsize at = 0; is_damaged (i, 6) && at < size - 32; at++)
        for (gsize m = at % 3; m < G_N_ELEMENTS (masks); m += g_test_slow () ? 1 : 3)
          {
            copy[at] ^= masks[m];
            n_accepted += (guint)LLVMFuzzerTestOneInput (copy, size);
            copy[at] ^= masks[m];
          }
    }
  /* changed counts, weights and names are models as well */
  g_assert_cmpuint (n_accepted, >, 100);
}

/* Four or eight bytes set to what makes lengths and counts overflow. */
static void
test_huge_numbers_everywhere (void)
{
  static const guint64 values[] = { 0xffffffff,  0x7fffffff, 0x80000000,
                                    G_MAXUINT64, G_MAXINT64, G_GUINT64_CONSTANT (1) << 61 };

  for (guint i = 0; i < MODEL_SAMPLES; i++)
    {
      g_autoptr (GBytes) bytes = make_sample_bytes (i);
      gsize size;
      const guint8 *data = g_bytes_get_data (bytes, &size);

      for (gsize at = 8; is_damaged (i, 4) && at + 8 <= size - 32; at++)
        for (gsize v = at % 3; v < G_N_ELEMENTS (values); v += g_test_slow () ? 1 : 3)
          {
            g_autofree guint8 *copy = g_memdup2 (data, size);
            guint64 value = GUINT64_TO_LE (values[v]);

            memcpy (copy + at, &value, values[v] > G_MAXUINT32 ? 8 : 4);
            LLVMFuzzerTestOneInput (copy, size);
          }
    }
}

static void
test_every_truncation (void)
{
  for (guint i = 0; i < MODEL_SAMPLES; i++)
    {
      g_autoptr (GBytes) bytes = make_sample_bytes (i);
      gsize size;
      const guint8 *data = g_bytes_get_data (bytes, &size);

      for (gsize cut = 0; is_damaged (i, 4) && cut < size; cut++)
        {
          /* an exact copy, so that a read beyond it is seen by a sanitizer */
          g_autofree guint8 *copy = g_memdup2 (data, cut);
          g_autoptr (GBytes) as_is = g_bytes_new (copy, cut);
          g_autoptr (GenesisModel) model = genesis_model_new_from_bytes (as_is, NULL);

          g_assert_null (model);
          g_assert_cmpint (LLVMFuzzerTestOneInput (copy, cut), ==, 0);
        }
    }
}

/* Without mending, the checksum finds every single change. */
static void
test_checksum_finds_all (void)
{
  for (guint i = 0; i < MODEL_SAMPLES; i++)
    {
      g_autoptr (GBytes) bytes = make_sample_bytes (i);
      gsize size;
      g_autofree guint8 *copy = g_bytes_unref_to_data (g_steal_pointer (&bytes), &size);

      for (gsize at = 0; is_damaged (i, 4) && at < size; at++)
        {
          g_autoptr (GBytes) damaged = NULL;
          g_autoptr (GenesisModel) model = NULL;

          copy[at] ^= 0x10;
          damaged = g_bytes_new (copy, size);
          model = genesis_model_new_from_bytes (damaged, NULL);
          g_assert_null (model);
          copy[at] ^= 0x10;
        }
    }
}

static void
write_corpus (const char *folder)
{
  for (guint i = 0; i < MODEL_SAMPLES; i++)
    {
      g_autofree char *name = g_strdup_printf ("sample-%u.genesis", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GenesisModel) model = model_sample_new (i);
      g_autoptr (GError) error = NULL;

      genesis_model_save (model, path, &error);
      g_assert_no_error (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("GENESIS_WRITE_CORPUS") != NULL)
    {
      write_corpus (g_getenv ("GENESIS_WRITE_CORPUS"));
      return 0;
    }
  g_test_add_func ("/model-bytes/corpus/replays", test_corpus);
  g_test_add_func ("/model-bytes/corpus/is-current", test_corpus_is_current);
  g_test_add_func ("/model-bytes/damage/every-byte-changed", test_every_byte_changed);
  g_test_add_func ("/model-bytes/damage/huge-numbers", test_huge_numbers_everywhere);
  g_test_add_func ("/model-bytes/damage/every-truncation", test_every_truncation);
  g_test_add_func ("/model-bytes/damage/checksum-finds-all", test_checksum_finds_all);

  return g_test_run ();
}
