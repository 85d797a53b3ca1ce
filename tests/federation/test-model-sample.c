/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "test-model-sample-private.h"

#include <math.h>

#include "data/genesis-schema-private.h"

static GenesisSchema *
make_schema (gboolean wide)
{
  static const char *const words[] = { "no", "yes", "it depends", NULL };
  static const char *const excluded[] = { "patient", NULL };
  static const char *const markers[] = { "?", NULL };
  GenesisField *fields[5];
  GenesisSchema *schema;
  guint n = 0;

  fields[n++] = genesis_field_new_integer ("age", 0, 0, 120);
  if (wide)
    {
      fields[n++] = genesis_field_new_real ("crp", -1.5, 1e6);
      fields[n++] = genesis_field_new_category ("größe", words);
      fields[n++] = genesis_field_new_boolean ("smoker", "no", "yes");
      fields[n++] = genesis_field_new_datetime ("seen", "YYYY-MM-DD", 0, 20000);
    }
  schema = wide ? genesis_schema_new_full (fields, n, excluded, markers, NULL)
                : genesis_schema_new (fields, n, NULL);
  for (guint i = 0; i < n; i++)
    genesis_field_unref (fields[i]);
  g_assert_nonnull (schema);

  return schema;
}

static GenesisBlocks *
make_state (guint n_blocks, gint64 seed)
{
  const gint64 counts[4] = { seed, -seed, G_MAXINT64, G_MININT64 };
  const double scores[3] = { 0.1 * (double)seed, -INFINITY, NAN };
  GenesisBlocks *state = genesis_blocks_new_state ();

  if (n_blocks > 0)
    genesis_blocks_put (state, "counts", GENESIS_ABI_I64, 4, counts);
  if (n_blocks > 1)
    genesis_blocks_put (state, "scores", GENESIS_ABI_F64, 3, scores);
  if (n_blocks > 2)
    genesis_blocks_put (state, "ärger", GENESIS_ABI_I64, 1, counts);

  return state;
}

static GPtrArray *
make_sites (guint n, guint n_states)
{
  GPtrArray *sites = g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_model_site_free);

  /* handed over in the wrong order */
  for (guint i = n; i > 0; i--)
    {
      g_autofree char *name = g_strdup_printf ("site %u", i - 1);
      g_autoptr (GenesisBlocks) state = i <= n_states ? make_state (2, 10 + i) : NULL;

      g_ptr_array_add (sites, genesis_model_site_new (name, 100 * i, i == 2 ? .5 : 1, state));
    }

  return sites;
}

GenesisModel *
model_sample_new (guint index)
{
  static const char *const settings[] = { "bins=256", "b=1", "b1=2", "note=", NULL };
  static const struct
  {
    gboolean wide, with_settings;
    guint n_blocks, n_sites, n_states;
    const char *provenance;
  } samples[MODEL_SAMPLES] = {
    { FALSE, FALSE, 0, 0, 0, NULL },
    { FALSE, FALSE, 1, 0, 0, NULL },
    { TRUE, FALSE, 2, 0, 0, "{}" },
    { TRUE, TRUE, 3, 0, 0,
      "{\"a\": [1, 2.5e-3, null, true], \"b\": {\"c\": \"d\\u00e9 \\\" x\"}}" },
    { FALSE, TRUE, 1, 1, 1, NULL },
    { FALSE, TRUE, 2, 2, 2, "{\"seed\": 42}" },
    { TRUE, TRUE, 3, 3, 3, "{\"tool\": \"genesis 0.1\"}" },
    { FALSE, FALSE, 1, 3, 0, "{\"aggregator\": \"genesis.secure_dp\"}" },
    { FALSE, FALSE, 1, 3, 1, NULL },
    { FALSE, FALSE, 0, 12, 0, " {\"spaces\" : [ ] } " },
  };
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GenesisBlocks) state = NULL;
  g_autoptr (GPtrArray) sites = NULL;

  g_assert_cmpuint (index, <, MODEL_SAMPLES);
  schema = make_schema (samples[index].wide);
  state = make_state (samples[index].n_blocks, 7);
  sites = make_sites (samples[index].n_sites, samples[index].n_states);

  return genesis_model_new (schema, "org.example.tally", 1 + index,
                            samples[index].with_settings ? settings : NULL, 5, 1u << 29, state,
                            sites, samples[index].provenance);
}
