/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "host/genesis-blocks-private.h"

static const guint64 one_cell[] = { 1 };
static const guint64 three_cells[] = { 3 };
static const genesis_abi_session session = {
  .struct_size = sizeof session,
  .n_sites = 1,
  .unit = GENESIS_ABI_UNIT_RECORD,
  .rounds = 5,
  .n_max = 1 << 29,
  .max_weight_q20 = 1 << 20,
};

/* rows; counts of three cells that total the rows; sums of three cells between -10 and 20 a record */
static GenesisPlan *
make_plan (void)
{
  static const genesis_abi_block_spec rows = {
    .struct_size = sizeof rows,
    .rank = 1,
    .name = "rows",
    .shape = one_cell,
    .norm = 2,
    .unit = 1,
    .flags = 1,
    .sensitivity = 1,
    .hi = 1,
    .quantum = 1,
  };
  static const genesis_abi_block_spec counts = {
    .struct_size = sizeof counts,
    .rank = 1,
    .name = "counts",
    .shape = three_cells,
    .norm = 2,
    .group = 1,
    .unit = 1,
    .flags = 1,
    .sensitivity = 1,
    .hi = 1,
    .quantum = 1,
  };
  static const genesis_abi_block_spec sums = {
    .struct_size = sizeof sums,
    .rank = 1,
    .name = "a sum",
    .shape = three_cells,
    .norm = 2,
    .group = 2,
    .unit = 1,
    .sensitivity = 40,
    .lo = -10,
    .hi = 20,
    .quantum = 1,
  };
  static const genesis_abi_block_spec *const specs[] = { &rows, &counts, &sums };
  static const genesis_abi_plan plan = {
    .struct_size = sizeof plan,
    .phase = 1,
    .n_specs = 3,
    .specs = specs,
  };
  g_autoptr (GError) error = NULL;
  GenesisPlan *copy = genesis_plan_new_copy (&plan, &session, &error);

  g_assert_no_error (error);
  return copy;
}

static GenesisBlocks *
make_partial (GenesisPlan *plan, gint64 rows, gint64 a, gint64 b, gint64 c, gint64 sum)
{
  GenesisBlocks *blocks = genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
  genesis_abi_sums *sums = genesis_blocks_get_sums (blocks);

  sums->data[0][0] = rows;
  sums->data[1][0] = a;
  sums->data[1][1] = b;
  sums->data[1][2] = c;
  sums->data[2][0] = sum;
  return blocks;
}

static void
test_plan_blocks_are_zeroed_and_aligned (void)
{
  g_autoptr (GenesisPlan) plan = make_plan ();
  static const GenesisBufferBacking backings[] = { GENESIS_BUFFER_BACKING_HEAP,
                                                   GENESIS_BUFFER_BACKING_MEMFD };

  for (guint k = 0; k < G_N_ELEMENTS (backings); k++)
    {
      g_autoptr (GenesisBlocks) blocks = genesis_blocks_new_for_plan (plan, backings[k]);
      const genesis_abi_blocks *abi = genesis_blocks_get_abi (blocks);
      genesis_abi_sums *sums = genesis_blocks_get_sums (blocks);

      g_assert_cmpuint (abi->n, ==, 3);
      g_assert_cmpuint (sums->n, ==, 3);
      for (guint i = 0; i < 3; i++)
        {
          g_assert_cmpuint (sums->cells[i], ==, abi->items[i]->n);
          g_assert_true (sums->data[i] == abi->items[i]->data);
          g_assert_cmpuint ((guintptr)sums->data[i] % 64, ==, 0);
          for (guint64 c = 0; c < sums->cells[i]; c++)
            g_assert_cmpint (sums->data[i][c], ==, 0);
        }
      g_assert_cmpstr (abi->items[2]->name, ==, "a sum");
      g_assert_cmpuint (genesis_blocks_get_n_bytes (blocks), ==, 7 * 8);
    }
}

static void
test_state_is_sorted (void)
{
  g_autoptr (GenesisBlocks) state = genesis_blocks_new_state ();
  const genesis_abi_blocks *abi = genesis_blocks_get_abi (state);
  const gint64 values[] = { 1, 2, 3 };
  const char *names[] = { "m", "z", "B", "a", "m:x", "é" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    genesis_blocks_put (state, names[i], GENESIS_ABI_I64, 3, values);
  g_assert_cmpuint (abi->n, ==, 6);
  for (guint i = 1; i < abi->n; i++)
    g_assert_cmpint (strcmp (abi->items[i - 1]->name, abi->items[i]->name), <, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_nonnull (genesis_blocks_find (state, names[i]));
  g_assert_null (genesis_blocks_find (state, "mm"));
  g_assert_cmpint (genesis_blocks_get_rows (state), ==, 0);
}

static void
test_put_replaces_and_drops (void)
{
  g_autoptr (GenesisBlocks) state = genesis_blocks_new_state ();
  const gint64 three[] = { 1, 2, 3 };
  const double two[] = { .5, -0.0 };
  const genesis_abi_block *block;

  genesis_blocks_put (state, "x", GENESIS_ABI_I64, 3, three);
  genesis_blocks_put (state, "x", GENESIS_ABI_F64, 2, two);
  block = genesis_blocks_find (state, "x");
  g_assert_cmpuint (genesis_blocks_get_abi (state)->n, ==, 1);
  g_assert_cmpuint (block->dtype, ==, GENESIS_ABI_F64);
  g_assert_cmpuint (block->n, ==, 2);
  g_assert_cmpfloat (((const double *)block->data)[0], ==, .5);
  g_assert_false (signbit (((const double *)block->data)[1]));
  g_assert_cmpuint (genesis_blocks_get_n_bytes (state), ==, 16);
  genesis_blocks_put (state, "x", GENESIS_ABI_F64, 1, block->data); /* its own values */
  g_assert_cmpfloat (((const double *)genesis_blocks_find (state, "x")->data)[0], ==, .5);
  genesis_blocks_put (state, "not there", GENESIS_ABI_I64, 0, NULL);
  genesis_blocks_put (state, "x", GENESIS_ABI_I64, 0, NULL);
  g_assert_cmpuint (genesis_blocks_get_abi (state)->n, ==, 0);
  g_assert_cmpuint (genesis_blocks_get_n_bytes (state), ==, 0);
}

static void
test_copy_is_independent (void)
{
  g_autoptr (GenesisBlocks) state = genesis_blocks_new_state ();
  g_autoptr (GenesisBlocks) copy = NULL;
  const gint64 one = 1, two = 2;

  genesis_blocks_put (state, "a", GENESIS_ABI_I64, 1, &one);
  copy = genesis_blocks_copy (state);
  g_assert_true (genesis_blocks_equal (state, copy));
  genesis_blocks_put (copy, "a", GENESIS_ABI_I64, 1, &two);
  genesis_blocks_put (copy, "b", GENESIS_ABI_I64, 1, &two);
  g_assert_false (genesis_blocks_equal (state, copy));
  g_assert_cmpuint (genesis_blocks_get_abi (state)->n, ==, 1);
  g_assert_cmpint (*(const gint64 *)genesis_blocks_find (state, "a")->data, ==, 1);
  g_assert_cmpint (*(const gint64 *)genesis_blocks_find (copy, "a")->data, ==, 2);
}

static GBytes *
encode (GenesisBlocks *blocks)
{
  g_auto (GenesisEncoder) encoder = { 0 };

  genesis_encoder_init (&encoder);
  genesis_blocks_encode (blocks, &encoder);
  return genesis_encoder_steal (&encoder);
}

static GenesisBlocks *
decode (gconstpointer data, gsize size, GError **error)
{
  GenesisDecoder decoder;

  genesis_decoder_init (&decoder, data, size);
  return genesis_blocks_decode (&decoder, error);
}

static GenesisBlocks *
make_state (void)
{
  GenesisBlocks *state = genesis_blocks_new_state ();
  const gint64 integers[] = { G_MININT64, -1, 0, G_MAXINT64 };
  const double reals[] = { -INFINITY, NAN, 1e-310, .1 };

  genesis_blocks_put (state, "integers", GENESIS_ABI_I64, 4, integers);
  genesis_blocks_put (state, "reals", GENESIS_ABI_F64, 4, reals);
  return state;
}

static void
test_codec_gives_back_what_it_took (void)
{
  g_autoptr (GenesisPlan) plan = make_plan ();
  GenesisBlocks *lists[] = { make_state (), make_partial (plan, 6, 1, 2, 3, -7),
                             genesis_blocks_new_state () };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = encode (lists[i]);
      g_autoptr (GBytes) again = NULL;
      g_autoptr (GenesisBlocks) back =
          decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);

      g_assert_no_error (error);
      g_assert_true (genesis_blocks_equal (lists[i], back));
      again = encode (back);
      g_assert_true (g_bytes_equal (bytes, again));
      genesis_blocks_unref (lists[i]);
    }
}

static void
assert_not_decoded (gconstpointer data, gsize size)
{
  g_autoptr (GError) error = NULL;
  GenesisBlocks *blocks = decode (data, size, &error);

  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_assert_null (blocks);
}

static void
test_decoder_refuses_every_cut (void)
{
  g_autoptr (GenesisBlocks) state = make_state ();
  g_autoptr (GBytes) bytes = encode (state);
  gsize size = g_bytes_get_size (bytes);

  for (gsize n = 0; n < size; n++)
    {
      g_autofree gpointer cut =
          g_memdup2 (g_bytes_get_data (bytes, NULL), n); /* of that size, for the sanitizer */

      assert_not_decoded (cut, n);
    }
}

/* Whatever one changed byte makes of it: refused, or a list with that one encoding. */
static void
test_decoder_survives_every_flip (void)
{
  g_autoptr (GenesisBlocks) state = make_state ();
  g_autoptr (GBytes) bytes = encode (state);
  gsize size;
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));

  for (gsize i = 0; i < size; i++)
    for (guint bit = 0; bit < 8; bit++)
      {
        g_autoptr (GenesisBlocks) back = NULL;

        data[i] ^= (guint8)(1u << bit);
        back = decode (data, size, NULL);
        if (back != NULL)
          {
            g_autoptr (GBytes) again = encode (back);

            g_assert_cmpuint (g_bytes_get_size (again), <=, size);
            g_assert_cmpmem (g_bytes_get_data (again, NULL), g_bytes_get_size (again), data,
                             g_bytes_get_size (again));
          }
        data[i] ^= (guint8)(1u << bit);
      }
}

static void
encode_block (GenesisEncoder *to, const char *name, guint32 dtype, guint64 n)
{
  genesis_encoder_put_text (to, name);
  genesis_encoder_put_u32 (to, dtype);
  genesis_encoder_put_u32 (to, 0);
  genesis_encoder_put_u64 (to, n);
}

/* A message may claim anything: sizes are judged before they are allocated. */
static void
test_decoder_refuses_claims (void)
{
  const struct
  {
    guint8 kind;
    guint32 n_blocks;
    const char *first, *second;
    guint32 dtype;
    guint64 n;
  } cases[] = {
    { 2, 1, "a", NULL, 2, 1 },                      /* unknown kind */
    { 1, G_MAXUINT32, "a", NULL, 2, 1 },            /* number of blocks */
    { 0, 4097, "a", NULL, 2, 1 },                   /* more than a plan may have */
    { 1, 1, "", NULL, 2, 1 },                       /* no name */
    { 1, 1, NULL, NULL, 2, 1 },                     /* no name */
    { 1, 1, "a", NULL, 3, 1 },                      /* unknown type */
    { 1, 1, "a", NULL, 2, 0 },                      /* empty */
    { 1, 1, "a", NULL, 2, G_MAXUINT64 },            /* cells */
    { 1, 1, "a", NULL, 2, (guint64)1 << 61 },       /* cells whose bytes wrap to 0 */
    { 1, 1, "a", NULL, 2, ((guint64)1 << 26) + 1 }, /* one cell too many */
    { 1, 2, "b", "a", 2, 1 },                       /* a state out of order */
    { 1, 2, "a", "a", 2, 1 },                       /* a name twice */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GenesisEncoder) encoder = { 0 };
      const guint8 padding[200] = { 0 };

      genesis_encoder_init (&encoder);
      genesis_encoder_put_u8 (&encoder, cases[i].kind);
      genesis_encoder_put_u32 (&encoder, cases[i].n_blocks);
      encode_block (&encoder, cases[i].first, cases[i].dtype, cases[i].n);
      if (cases[i].second != NULL)
        {
          genesis_encoder_put_raw (&encoder, padding, 8);
          encode_block (&encoder, cases[i].second, cases[i].dtype, cases[i].n);
        }
      genesis_encoder_put_raw (&encoder, padding, sizeof padding);
      assert_not_decoded (encoder.bytes->data, encoder.bytes->len);
    }
}

static void
test_reals_have_one_encoding (void)
{
  const guint64 others[] = { G_GUINT64_CONSTANT (1) << 63, /* minus zero */
                             G_GUINT64_CONSTANT (0xfff8000000000000),
                             G_GUINT64_CONSTANT (0x7ff8000000000001) };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_auto (GenesisEncoder) encoder = { 0 };
      g_autoptr (GenesisBlocks) state = genesis_blocks_new_state ();
      g_autoptr (GBytes) bytes = NULL;
      double value;

      genesis_encoder_init (&encoder);
      genesis_encoder_put_u8 (&encoder, 1);
      genesis_encoder_put_u32 (&encoder, 1);
      encode_block (&encoder, "x", GENESIS_ABI_F64, 1);
      genesis_encoder_put_u64 (&encoder, others[i]);
      assert_not_decoded (encoder.bytes->data, encoder.bytes->len);
      memcpy (&value, &others[i], sizeof value);
      genesis_blocks_put (state, "x", GENESIS_ABI_F64, 1, &value);
      bytes = encode (state);
      g_assert_cmpuint (g_bytes_get_size (bytes), ==, encoder.bytes->len);
    }
}

static void
assert_partial (GenesisBlocks *partial, GenesisPlan *plan, guint64 n_rows, const char *part)
{
  g_autoptr (GenesisBlocks) owned = partial;
  g_autoptr (GError) error = NULL;
  gboolean is_fine = genesis_blocks_check_partial (partial, plan, n_rows, &error);

  g_assert_true (is_fine == (part == NULL));
  if (part == NULL)
    {
      g_assert_no_error (error);
      return;
    }
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  if (strstr (error->message, part) == NULL)
    g_error ("'%s' does not contain '%s'", error->message, part);
}

static void
test_honest_partials_pass (void)
{
  g_autoptr (GenesisPlan) plan = make_plan ();

  assert_partial (make_partial (plan, 6, 1, 2, 3, 120), plan, 6, NULL);
  assert_partial (make_partial (plan, 6, 6, 0, 0, -60), plan, 6, NULL);
  assert_partial (make_partial (plan, 0, 0, 0, 0, 0), plan, 0, NULL);
}

static void
test_impossible_sums_are_refused (void)
{
  g_autoptr (GenesisPlan) plan = make_plan ();

  assert_partial (make_partial (plan, 6, 1, 2, 3, 0), plan, 7, "'rows'");
  assert_partial (make_partial (plan, -6, 1, 2, 3, 0), plan, 6, "'rows'");
  assert_partial (make_partial (plan, 6, 1, 2, 4, 0), plan, 6, "'counts': its counts do not total");
  assert_partial (make_partial (plan, 6, -1, 4, 3, 0), plan, 6, "'counts': a count is below 0");
  assert_partial (make_partial (plan, 6, 7, -1, 0, 0), plan, 6, "'counts'");
  assert_partial (make_partial (plan, 6, 1, 2, 3, 121), plan, 6, "'a sum': a sum is more");
  assert_partial (make_partial (plan, 6, 1, 2, 3, -61), plan, 6, "'a sum': a sum is more");
  assert_partial (make_partial (plan, 6, 1, 2, 3, G_MININT64), plan, 6, "'a sum': a sum is more");
  assert_partial (make_partial (plan, 0, 0, 0, 0, 1), plan, 0, "'a sum': a sum is more");
}

static void
test_sums_do_not_wrap (void)
{
  g_autoptr (GenesisPlan) plan = make_plan ();

  /* in 64 bits the three counts would total 6 */
  assert_partial (make_partial (plan, 6, G_MAXINT64, G_MAXINT64, 8, 0), plan, 6, "'counts'");
}

static void
test_other_shapes_are_refused (void)
{
  g_autoptr (GenesisPlan) plan = make_plan ();
  const gint64 values[] = { 6, 0, 0 };
  const double reals[] = { 6 };
  GenesisBlocks *list = genesis_blocks_new_list ();

  genesis_blocks_append (list, "rows", GENESIS_ABI_I64, 0, 1, values);
  assert_partial (genesis_blocks_copy (list), plan, 6, "1 blocks, the plan asks for 3");
  genesis_blocks_append (list, "a sum", GENESIS_ABI_I64, 0, 3, values);
  genesis_blocks_append (list, "counts", GENESIS_ABI_I64, 0, 3, values);
  assert_partial (list, plan, 6, "the plan asks for 'counts' in place 2");
  list = genesis_blocks_new_list ();
  genesis_blocks_append (list, "rows", GENESIS_ABI_I64, 0, 1, values);
  genesis_blocks_append (list, "counts", GENESIS_ABI_I64, 0, 2, values);
  genesis_blocks_append (list, "a sum", GENESIS_ABI_I64, 0, 3, values);
  assert_partial (list, plan, 6, "has 2 cells, the plan asks for 3");
  list = genesis_blocks_new_list ();
  genesis_blocks_append (list, "rows", GENESIS_ABI_F64, 0, 1, reals);
  genesis_blocks_append (list, "counts", GENESIS_ABI_I64, 0, 3, values);
  genesis_blocks_append (list, "a sum", GENESIS_ABI_I64, 0, 3, values);
  assert_partial (list, plan, 6, "integers only");
  list = genesis_blocks_new_list ();
  genesis_blocks_append (list, "rows", GENESIS_ABI_I64, 4, 1, values);
  genesis_blocks_append (list, "counts", GENESIS_ABI_I64, 0, 3, values);
  genesis_blocks_append (list, "a sum", GENESIS_ABI_I64, 0, 3, values);
  assert_partial (list, plan, 6, "no shift");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/blocks/plan/are-zeroed-and-aligned", test_plan_blocks_are_zeroed_and_aligned);
  g_test_add_func ("/blocks/state/is-sorted", test_state_is_sorted);
  g_test_add_func ("/blocks/state/put-replaces-and-drops", test_put_replaces_and_drops);
  g_test_add_func ("/blocks/state/copy-is-independent", test_copy_is_independent);
  g_test_add_func ("/blocks/codec/gives-back-what-it-took", test_codec_gives_back_what_it_took);
  g_test_add_func ("/blocks/codec/refuses-every-cut", test_decoder_refuses_every_cut);
  g_test_add_func ("/blocks/codec/survives-every-flip", test_decoder_survives_every_flip);
  g_test_add_func ("/blocks/codec/refuses-claims-before-allocating", test_decoder_refuses_claims);
  g_test_add_func ("/blocks/codec/reals-have-one-encoding", test_reals_have_one_encoding);
  g_test_add_func ("/blocks/partial/honest-ones-pass", test_honest_partials_pass);
  g_test_add_func ("/blocks/partial/impossible-sums-are-refused", test_impossible_sums_are_refused);
  g_test_add_func ("/blocks/partial/sums-do-not-wrap", test_sums_do_not_wrap);
  g_test_add_func ("/blocks/partial/other-shapes-are-refused", test_other_shapes_are_refused);
  return g_test_run ();
}
