/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-abi-schema-private.h"

#include "data/genesis-field-private.h"

struct _GenesisAbiSchema
{
  genesis_abi_schema abi;
  genesis_abi_field *fields;
  const genesis_abi_field **pointers;
};

static uint32_t
find_type (GenesisFieldKind kind)
{
  switch (kind)
    {
    case GENESIS_FIELD_KIND_REAL:
      return GENESIS_ABI_COL_REAL;
    case GENESIS_FIELD_KIND_INTEGER:
    case GENESIS_FIELD_KIND_DATETIME:
      return GENESIS_ABI_COL_INT;
    default:
      return GENESIS_ABI_COL_CATEGORY;
    }
}

/* UCUM-like names of the ticks that data show; any other is spelled in microseconds. */
static char *
name_tick (gint64 us)
{
  static const struct
  {
    gint64 us;
    const char *name;
  } ticks[] = {
    { G_GINT64_CONSTANT (86400000000), "d" },
    { G_GINT64_CONSTANT (3600000000), "h" },
    { 60000000, "min" },
    { 1000000, "s" },
    { 1000, "ms" },
    { 1, "us" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ticks); i++)
    if (ticks[i].us == us)
      return g_strdup (ticks[i].name);
  return g_strdup_printf ("%" G_GINT64_FORMAT " us", us);
}

static void
fill_field (genesis_abi_field *to, const GenesisField *from)
{
  gboolean is_date = from->kind == GENESIS_FIELD_KIND_DATETIME;

  to->struct_size = sizeof *to;
  to->type = find_type (from->kind);
  to->name = g_strdup (from->name);
  to->unit = is_date ? name_tick (from->tick_us) : g_strdup (from->unit);
  to->flags = from->may_be_missing ? GENESIS_ABI_FIELD_MAY_BE_MISSING : 0;
  if (to->type == GENESIS_ABI_COL_REAL)
    {
      to->lo = from->lo;
      to->hi = from->hi;
    }
  else if (to->type == GENESIS_ABI_COL_INT)
    {
      to->ilo = from->ilo;
      to->ihi = from->ihi;
      to->decimals = is_date ? 0 : from->decimals;
    }
  else
    {
      to->n_categories = from->n_categories;
      to->categories = (const char *const *)g_strdupv (from->categories);
    }
}

GenesisAbiSchema *
genesis_abi_schema_new (GenesisSchema *schema)
{
  GenesisAbiSchema *self = g_new0 (GenesisAbiSchema, 1);
  guint n = genesis_schema_get_n_fields (schema);

  self->fields = g_new0 (genesis_abi_field, n);
  self->pointers = g_new0 (const genesis_abi_field *, n);
  for (guint j = 0; j < n; j++)
    {
      fill_field (&self->fields[j], genesis_schema_get_field (schema, j));
      self->pointers[j] = &self->fields[j];
    }
  self->abi.struct_size = sizeof self->abi;
  self->abi.n_fields = n;
  self->abi.fields = self->pointers;
  return self;
}

void
genesis_abi_schema_free (GenesisAbiSchema *self)
{
  for (guint j = 0; j < self->abi.n_fields; j++)
    {
      g_free ((char *)self->fields[j].name);
      g_free ((char *)self->fields[j].unit);
      g_strfreev ((char **)self->fields[j].categories);
    }
  g_free (self->fields);
  g_free (self->pointers);
  g_free (self);
}

const genesis_abi_schema *
genesis_abi_schema_get (GenesisAbiSchema *self)
{
  return &self->abi;
}
