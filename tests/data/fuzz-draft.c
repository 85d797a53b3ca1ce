/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-encoder-private.h"
#include "data/genesis-schema-draft-file-private.h"

/* Any bytes as a draft file, or as two with a NUL between them: they are refused with the
   documented error, or the draft that they are comes back as the same bytes, merges with itself
   under another name and makes a schema or says why not; two make the same merged draft whichever
   comes first. The checksum is mended first, else nothing but the checksum would ever be tried.
   Built for libFuzzer with -Dfuzz=true; the corpus is replayed by test-draft-corpus. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_message (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_cmpint ((int)error->domain, ==, (int)GENESIS_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
check_comes_back (GenesisSchemaDraft *draft)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = genesis_schema_draft_to_json (draft, 0, &error);
  g_autofree char *again = NULL;
  g_autoptr (GenesisSchemaDraft) back = NULL;

  g_assert_no_error (error);
  back = genesis_schema_draft_new_from_json (json, &error);
  g_assert_no_error (error);
  again = genesis_schema_draft_to_json (back, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json, ==, again);
}

static void
check_conclusion (GenesisSchemaDraft *draft)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = genesis_schema_draft_conclude (draft, &error);
  g_autofree char *report = genesis_schema_draft_dup_disagreements (draft);
  g_autofree char *json = NULL;
  g_autoptr (GenesisSchema) back = NULL;

  g_assert_true (g_utf8_validate (report, -1, NULL));
  if (schema == NULL)
    {
      check_message (error);
      return;
    }
  json = genesis_schema_to_json (schema);
  back = genesis_schema_new_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_true (genesis_schema_equal (schema, back));
}

static void
check_merge (GenesisSchemaDraft *draft, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchemaDraft) other = genesis_schema_draft_new_from_json (json, &error);

  g_assert_no_error (error);
  g_assert_false (genesis_schema_draft_merge (draft, other, &error));
  g_clear_error (&error);
  genesis_schema_draft_set_site (other, "another");
  if (genesis_schema_draft_merge (draft, other, &error))
    {
      genesis_schema_draft_set_date_order (draft, "DMY", NULL);
      check_conclusion (draft);
      return;
    }
  check_message (error);
}

/* The same text with a checksum that fits, when it looks like one draft. */
static char *
mend_checksum (const char *json)
{
  const char *member = g_strrstr (json, ",\n  \"checksum\" : \"");
  g_autofree char *bare = NULL;
  g_autofree char *checksum = NULL;

  if (member == NULL)
    return g_strdup (json);
  bare = g_strdup_printf ("%.*s\n}", (int)(member - json), json);
  checksum = genesis_sha256_hex (bare, strlen (bare));
  return g_strdup_printf ("%.*s,\n  \"checksum\" : \"%s\"\n}", (int)(member - json), json,
                          checksum);
}

/* The merged draft as text, or NULL when the two do not go together. */
static char *
merge_texts (const char *first, const char *second)
{
  g_autoptr (GenesisSchemaDraft) a = genesis_schema_draft_new_from_json (first, NULL);
  g_autoptr (GenesisSchemaDraft) b = genesis_schema_draft_new_from_json (second, NULL);
  g_autoptr (GError) error = NULL;
  char *json;

  if (a == NULL || b == NULL)
    return NULL;
  if (!genesis_schema_draft_merge (a, b, &error))
    {
      check_message (error);
      return NULL;
    }
  json = genesis_schema_draft_to_json (a, 0, &error);
  g_assert_no_error (error);
  check_conclusion (a);
  return json;
}

static void
check_order_of_two (const char *first, const char *second)
{
  g_autofree char *a = merge_texts (first, second);
  g_autofree char *b = merge_texts (second, first);

  g_assert_cmpstr (a, ==, b);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autofree char *json = mend_checksum (text);
  const gsize n_first = strlen (text) + 1;
  g_autofree char *rest =
      n_first < size ? g_strndup ((const char *)data + n_first, size - n_first) : NULL;
  g_autofree char *second = rest != NULL ? mend_checksum (rest) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new_from_json (json, &error);

  if (draft == NULL)
    {
      check_message (error);
      g_assert_true (g_error_matches (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA));
      return 0;
    }
  g_assert_no_error (error);
  if (second != NULL)
    check_order_of_two (json, second);
  check_comes_back (draft);
  check_conclusion (draft);
  check_merge (draft, json);
  return 0;
}
