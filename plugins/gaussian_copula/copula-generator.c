/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-generator.h"

#include <math.h>
#include <string.h>

#include <cblas.h>
#include <gsl/gsl_cdf.h>

#include "copula-noise.h"
#include "copula-pattern.h"
#include "genesis-sdk-fail.h"

#define GRID_MAX    14
#define GRID_MIN    2
#define CLIP        4.0
#define CLIP_NOISY  2.0
#define CELLS_NOISY 256u

void
copula_destroy (genesis_abi_gen *self)
{
  const genesis_abi_host *host = self->host;

  genesis_sdk_plan_clear (&self->plan);
  genesis_sdk_memory_give_back (host, self->normal);
  genesis_sdk_memory_give_back (host, self->starts);
  genesis_sdk_memory_give_back (host, self->gap_columns);
  genesis_sdk_memory_give_back (host, self->columns);
  genesis_sdk_memory_give_back (host, self);
}

/* The finest grid on which n_max records of the largest weight cannot leave 62 bits: a product
   is at most (clip 2^grid)^2. */
static int
find_grid (const genesis_abi_session *session, double clip)
{
  double weight = ceil ((double)session->max_weight_q20 / 1048576.0);
  double records = (double)session->n_max * (weight > 1.0 ? weight : 1.0);
  int grid = GRID_MAX;

  while (grid > GRID_MIN && !(records * clip * clip * ldexp (1.0, 2 * grid) < 0x1p62))
    grid--;
  return grid;
}

static genesis_abi_status
init_columns (genesis_abi_gen *self)
{
  int is_noisy = genesis_sdk_noise_is_there (self->session);

  for (uint32_t c = 0; c < self->n_columns; c++)
    {
      const genesis_abi_field *field = self->schema->fields[c];
      genesis_sdk_column *column = &self->columns[c];
      int64_t *starts = self->starts + (size_t)c * GENESIS_SDK_COLUMN_CELLS;
      const char *wrong =
          is_noisy ? genesis_sdk_column_init_with_spikes (column, field, c, CELLS_NOISY, starts)
                   : genesis_sdk_column_init (column, field, c, GENESIS_SDK_COLUMN_CELLS, starts);

      if (wrong != NULL)
        return genesis_sdk_fail (self->host, GENESIS_ABI_E_CONFIG, NULL, "column '%s': %s",
                                 field->name, wrong);
      if (field->flags & 1u)
        {
          column->gap = (int32_t)self->n_gaps;
          self->gap_columns[self->n_gaps++] = c;
        }
    }
  return GENESIS_ABI_OK;
}

static void
init_patterns (genesis_abi_gen *self)
{
  self->pattern_words = (self->n_gaps + 63) / 64;
  if (self->missing != COPULA_MISSING_PATTERN || self->n_gaps < 2)
    return;
  self->pattern_exact = self->n_gaps <= COPULA_PATTERN_EXACT;
  self->pattern_cells = self->pattern_exact ? 1u << self->n_gaps : COPULA_PATTERN_CELLS;
}

static void
init_normal (genesis_abi_gen *self)
{
  for (uint32_t i = 0; i <= COPULA_NORMAL_CELLS; i++)
    self->normal[i] =
        gsl_cdf_ugaussian_P (COPULA_NORMAL_EDGE * (2.0 * i / COPULA_NORMAL_CELLS - 1.0));
}

static genesis_abi_status
init (genesis_abi_gen *self, const genesis_abi_config *config)
{
  genesis_abi_status status;

  self->bins = (uint32_t)config->values[0].i;
  self->missing = (uint32_t)config->values[1].i;
  self->rounds = self->session->rounds > 0 ? self->session->rounds : COPULA_ROUNDS_DEFAULT;
  self->clip = genesis_sdk_noise_is_there (self->session) ? CLIP_NOISY : CLIP;
  self->grid = find_grid (self->session, self->clip);
  self->n_columns = self->schema->n_fields;
  self->columns = genesis_sdk_memory_take (self->host, self->n_columns, sizeof *self->columns);
  self->gap_columns =
      genesis_sdk_memory_take (self->host, self->n_columns, sizeof *self->gap_columns);
  self->starts =
      genesis_sdk_memory_take (self->host, (uint64_t)self->n_columns * GENESIS_SDK_COLUMN_CELLS,
                               sizeof *self->starts);
  self->normal =
      genesis_sdk_memory_take (self->host, COPULA_NORMAL_CELLS + 1, sizeof *self->normal);
  if (self->columns == NULL || self->gap_columns == NULL || self->starts == NULL
      || self->normal == NULL)
    return GENESIS_ABI_E_NOMEM;
  status = init_columns (self);
  init_patterns (self);
  if (genesis_sdk_noise_is_there (self->session))
    self->grid = copula_noise_find_grid (self, self->grid);
  init_normal (self);
  return status;
}

genesis_abi_status
copula_create (const genesis_abi_host *host, const genesis_abi_session *session,
               const genesis_abi_schema *schema, const genesis_abi_config *config,
               genesis_abi_gen **out)
{
  genesis_abi_gen *self;
  genesis_abi_status status;

  if (schema->n_fields == 0)
    return genesis_sdk_fail (host, GENESIS_ABI_E_CONFIG, NULL,
                             "the schema has no columns; name at least one");
  self = host->alloc (host->ctx, sizeof *self);
  if (self == NULL)
    return GENESIS_ABI_E_NOMEM;
  memset (self, 0, sizeof *self);
  self->host = host;
  self->session = session;
  self->schema = schema;
  genesis_sdk_plan_init (&self->plan, host);
  status = init (self, config);
  if (status != GENESIS_ABI_OK)
    {
      copula_destroy (self);
      return status;
    }
  /* the host's threads own the cores */
  openblas_set_num_threads (1);
  *out = self;
  return GENESIS_ABI_OK;
}
