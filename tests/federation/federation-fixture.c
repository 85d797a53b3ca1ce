/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation-fixture.h"

#include <genesis/genesis-error.h>

/* -- a source that fails --------------------------------------------------- */

#define FAILING_TYPE_SOURCE (failing_source_get_type ())
G_DECLARE_FINAL_TYPE (FailingSource, failing_source, FAILING, SOURCE, GObject)

struct _FailingSource
{
  GObject parent_instance;
  GenesisSource *rows;
  GenesisSource *later; /* instead of a failure, or NULL */
  gint n_good;          /* atomic */
};

static gboolean
failing_source_foreach_chunk (GenesisSource *source, GenesisSchema *schema, GenesisChunkFunc func,
                              gpointer user_data, GCancellable *cancellable, GError **error)
{
  FailingSource *self = FAILING_SOURCE (source);

  if (g_atomic_int_add (&self->n_good, -1) > 0)
    return genesis_source_foreach_chunk (self->rows, schema, func, user_data, cancellable, error);
  if (self->later != NULL)
    return genesis_source_foreach_chunk (self->later, schema, func, user_data, cancellable, error);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_IO, "the disk is gone");
  return FALSE;
}

static const char *
failing_source_get_name (GenesisSource *source)
{
  return "failing";
}

static void
failing_source_iface_init (GenesisSourceInterface *iface)
{
  iface->foreach_chunk = failing_source_foreach_chunk;
  iface->get_name = failing_source_get_name;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FailingSource, failing_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GENESIS_TYPE_SOURCE,
                                                      failing_source_iface_init))

static void
failing_source_finalize (GObject *object)
{
  g_clear_object (&FAILING_SOURCE (object)->rows);
  g_clear_object (&FAILING_SOURCE (object)->later);
  G_OBJECT_CLASS (failing_source_parent_class)->finalize (object);
}

static void
failing_source_class_init (FailingSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = failing_source_finalize;
}

static void
failing_source_init (FailingSource *self)
{
}

/* -- rows ------------------------------------------------------------------ */

static GenesisSchema *
make_schema (void)
{
  static const char *const wards[] = { "east", "north", "west", NULL };
  g_autoptr (GenesisField) age = genesis_field_new_integer ("age", 0, 0, 99);
  g_autoptr (GenesisField) ward = genesis_field_new_category ("ward", wards);
  g_autoptr (GenesisField) level = genesis_field_new_real ("level", 0.0, 1.0);
  GenesisField *fields[] = { age, ward, level };
  g_autoptr (GError) error = NULL;
  GenesisSchema *schema = genesis_schema_new (fields, G_N_ELEMENTS (fields), &error);

  g_assert_no_error (error);
  return schema;
}

static guint64
mix (guint64 value)
{
  value = (value ^ value >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  value = (value ^ value >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return value ^ value >> 31;
}

GenesisTable *
federation_fixture_rows (guint64 first, guint64 step, guint64 end)
{
  static const char *const wards[] = { "east", "north", "west" };
  g_autoptr (GenesisSchema) schema = make_schema ();
  const guint64 n_rows = first < end ? (end - first + step - 1) / step : 0;
  GenesisTable *table = genesis_table_new (schema, n_rows);
  g_autofree gint64 *ages = g_new (gint64, n_rows + 1);
  g_autofree const char **texts = g_new (const char *, n_rows + 1);
  g_autofree double *levels = g_new (double, n_rows + 1);
  g_autoptr (GError) error = NULL;

  for (guint64 i = 0; i < n_rows; i++)
    {
      const guint64 bits = mix (first + i * step + 1);

      ages[i] = bits % 100;
      texts[i] = wards[(bits >> 8) % 7 % 3];
      levels[i] = (bits >> 11) * 0x1p-53;
    }
  genesis_table_set_column_integers (table, 0, ages, n_rows, &error);
  g_assert_no_error (error);
  genesis_table_set_column_text (table, 1, texts, n_rows, &error);
  g_assert_no_error (error);
  genesis_table_set_column_reals (table, 2, levels, n_rows, &error);
  g_assert_no_error (error);
  return table;
}

/* -- federations ----------------------------------------------------------- */

GenesisPluginHost *
federation_fixture_host (void)
{
  static GenesisPluginHost *host;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  if (host != NULL)
    return host;
  host = genesis_plugin_host_new ();
  path = g_build_filename (g_getenv ("GENESIS_TEST_BROKEN_DIR"), "tally.so", NULL);
  genesis_plugin_host_load_file (host, path, &error);
  g_assert_no_error (error);
  return host;
}

GenesisDataSite *
federation_fixture_site (const char *name, GenesisTable *table, guint64 min_samples)
{
  g_autoptr (GenesisSiteConfig) config = genesis_site_config_new (name);

  genesis_site_config_set_min_samples (config, min_samples);
  return genesis_data_site_new (name, table, config);
}

GenesisDataSite *
federation_fixture_failing_site (const char *name, GenesisTable *table, guint n_good)
{
  return federation_fixture_changing_site (name, table, n_good, NULL);
}

GenesisDataSite *
federation_fixture_changing_site (const char *name, GenesisTable *table, guint n_good,
                                  GenesisTable *later)
{
  g_autoptr (FailingSource) source = g_object_new (FAILING_TYPE_SOURCE, NULL);
  g_autoptr (GenesisSiteConfig) config = genesis_site_config_new (name);

  source->rows = genesis_source_new_for_table (table);
  source->later = later != NULL ? genesis_source_new_for_table (later) : NULL;
  source->n_good = n_good;
  genesis_site_config_set_min_samples (config, 0);
  return genesis_data_site_new_for_source (name, GENESIS_SOURCE (source),
                                           genesis_table_get_schema (table), config);
}

GenesisFederatedGenerator *
federation_fixture_generator (void)
{
  g_autoptr (GenesisAggregator) aggregator = genesis_aggregator_new ("org.example.sum");
  GenesisFederatedGenerator *generator =
      genesis_federated_generator_new (federation_fixture_host (), aggregator, "org.example.tally");

  g_object_set (generator, "threads", 1, NULL);
  return generator;
}

void
federation_fixture_add (GenesisFederatedGenerator *generator, GenesisDataSite *site)
{
  g_autoptr (GError) error = NULL;

  genesis_federated_generator_add_site (generator, site, &error);
  g_assert_no_error (error);
  g_object_unref (site);
}

GenesisFederatedGenerator *
federation_fixture_partition (guint n_sites, guint64 n_rows)
{
  GenesisFederatedGenerator *generator = federation_fixture_generator ();

  for (guint i = 0; i < n_sites; i++)
    {
      g_autofree char *name = g_strdup_printf ("site-%04u", i);
      g_autoptr (GenesisTable) rows = federation_fixture_rows (i, n_sites, n_rows);

      federation_fixture_add (generator, federation_fixture_site (name, rows, 0));
    }
  return generator;
}

char *
federation_fixture_train (GenesisFederatedGenerator *generator)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result =
      genesis_federated_generator_train (generator, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);
  g_assert_true (genesis_training_result_get_finished (result));
  return genesis_federated_generator_dup_model_digest (generator);
}

GVariant *
federation_fixture_weights (const char *name, ...)
{
  g_auto (GVariantBuilder) weights = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sd}"));
  va_list arguments;

  va_start (arguments, name);
  for (; name != NULL; name = va_arg (arguments, const char *))
    g_variant_builder_add (&weights, "{sd}", name, va_arg (arguments, double));
  va_end (arguments);
  return g_variant_ref_sink (g_variant_builder_end (&weights));
}
