/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-error.h>
#include <genesis/genesis-site-list.h>

#include "pipeline-fixture.h"

static GenesisSiteList *
load (Fixture *fixture, const char *text, const char *site, GError **error)
{
  g_autofree char *path = fixture_path (fixture, "sites.ini");

  fixture_write (fixture, "sites.ini", text);
  return genesis_site_list_load (path, site, error);
}

#define SITES                                                                                      \
  "[schema]\nmissing=?;NA\ndate_order=DMY\n[site:south]\npath=s.csv\ndelimiter=semicolon\n"        \
  "[site:north]\npath=n.csv\n"

/* No plugin is named, and none is looked for. */
static void
test_all (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSiteList) list = load (fixture, SITES, NULL, &error);
  g_autofree char *path = fixture_path (fixture, "n.csv");
  const char *const *markers;

  g_assert_no_error (error);
  g_assert_cmpuint (genesis_site_list_get_n_sites (list), ==, 2);
  g_assert_cmpstr (genesis_site_list_get_name (list, 0), ==, "south");
  g_assert_cmpstr (genesis_site_list_get_name (list, 1), ==, "north");
  g_assert_cmpstr (genesis_source_get_name (genesis_site_list_get_source (list, 1)), ==, path);
  markers = genesis_site_list_get_missing_markers (list);
  g_assert_cmpstr (markers[0], ==, "?");
  g_assert_cmpstr (markers[1], ==, "NA");
  g_assert_null (markers[2]);
  g_assert_cmpstr (genesis_site_list_get_date_order (list), ==, "DMY");
}

static void
test_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSiteList) list = load (fixture, SITES, "north", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (genesis_site_list_get_n_sites (list), ==, 1);
  g_assert_cmpstr (genesis_site_list_get_name (list, 0), ==, "north");
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text, *site, *message;
  } cases[] = {
    { SITES, "nroth", "no site 'nroth'; did you mean 'north'?" },
    { SITES, "elsewhere", "no site 'elsewhere'; add its group [site:NAME]" },
    { "[schema]\nmissing=?\n", NULL, "no site; add a group [site:NAME]" },
    { "[site:a]\n", NULL, "no path; name the site's CSV file with path=" },
    { "[site:a]\npath=a.csv\npaht=b\n", NULL, "did you mean 'path'?" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (load (fixture, cases[i].text, cases[i].site, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
      g_assert_nonnull (strstr (error->message, cases[i].message));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down)
  ADD ("/site-list/all-in-the-order-of-the-file", test_all);
  ADD ("/site-list/one-by-name", test_one);
  ADD ("/site-list/refusals-name-file-and-next-step", test_refusals);
  return g_test_run ();
}
