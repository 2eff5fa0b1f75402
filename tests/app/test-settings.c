/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/settings.h"

static void
on_notify (GObject *object, GParamSpec *pspec, gpointer count)
{
  (*(guint *) count)++;
}

static void
test_values (void)
{
  g_autoptr (GmSettings) settings = gm_settings_new ();
  g_autofree char *url = NULL;
  g_autofree char *owner = NULL;
  double volume;
  guint notified = 0;

  g_signal_connect (settings, "notify", G_CALLBACK (on_notify), &notified);
  gm_settings_set_store (settings, "http://127.0.0.1:1", "0xabc");
  gm_settings_set_store (settings, "http://127.0.0.1:1", "0xabc");
  g_assert_cmpuint (notified, ==, 2);
  g_object_set (settings, "volume", 0.5, NULL);
  g_object_get (settings, "volume", &volume, NULL);
  url = gm_settings_dup_store_url (settings);
  owner = gm_settings_dup_store_owner (settings);
  g_assert_cmpfloat (volume, ==, 0.5);
  g_assert_cmpstr (url, ==, "http://127.0.0.1:1");
  g_assert_cmpstr (owner, ==, "0xabc");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/work-with-and-without-a-schema", test_values);
  return g_test_run ();
}
