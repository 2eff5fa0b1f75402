/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "holder-scene.h"

#include <string.h>

#include "base/clock.h"
#include "base/hex.h"
#include "evm/address.h"
#include "licenses/wire.h"

static void
write_file (const char *folder, const char *name, const char *content, gsize length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents_full (path, content, (gssize) length,
                                           G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
}

static void
write_key (const char *folder, const char *name, GmSecret *key)
{
  g_autofree char *hex = gm_hex_encode (gm_secret_open (key), 32);
  g_autofree char *line = g_strconcat (hex, "\n", NULL);

  gm_secret_close (key);
  write_file (folder, name, line, strlen (line));
}

void
holder_scene_revoke (HolderScene *s, gint64 issued_at, const GmHash *uid)
{
  g_autoptr (GmRevocationList) list = gm_world_revocations (s->world, issued_at, uid);
  g_autoptr (GBytes) json = gm_wire_encode (gm_revocation_list_to_json (list), NULL);

  write_file (s->folder, "revocations.json", g_bytes_get_data (json, NULL),
              g_bytes_get_size (json));
}

static void
start_holder (HolderScene *s, guint i)
{
  const GmKeyHolder *holder = g_ptr_array_index (s->world->holders, i);
  g_autofree char *hpke = g_strconcat (holder->id, ".hpke", NULL);
  g_autofree char *sign = g_strconcat (holder->id, ".sign", NULL);
  g_autofree char *attester = gm_address_dup_text (&s->world->issuer->address);
  g_autofree char *json = g_strdup_printf (
      "{\"v\":1,\"holderId\":\"%s\",\"address\":\"127.0.0.1\",\"port\":0,\"credentials\":\".\","
      "\"hpkeCredential\":\"%s\",\"signCredential\":\"%s\",\"conditions\":[{\"kind\":\"offchain\","
      "\"chainId\":5000000001,\"attester\":\"%s\",\"revocations\":\"revocations.json\"}]}",
      holder->id, hpke, sign, attester);
  g_autofree char *path = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;
  GmPolicy *policy;

  write_key (s->folder, hpke, s->world->hpke_keys[i]);
  write_key (s->folder, sign, s->world->sign_seeds[i]);
  write_file (s->folder, "policy.json", json, strlen (json));
  path = g_build_filename (s->folder, "policy.json", NULL);
  policy = gm_policy_load (path, &error);
  g_assert_no_error (error);
  s->services[i] = gm_holder_service_start (policy, &error);
  g_assert_no_error (error);
  url = g_strdup_printf ("http://127.0.0.1:%u", gm_holder_service_port (s->services[i]));
  g_ptr_array_add (s->holders,
                   gm_key_holder_new (holder->id, url, &holder->hpke_key, &holder->sign_key));
}

HolderScene *
holder_scene_new (void)
{
  HolderScene *s = g_new0 (HolderScene, 1);

  gm_clock_set_for_test (WORLD_NOW * 1000);
  s->world = gm_world_new ();
  s->folder = g_dir_make_tmp ("gm-holders-XXXXXX", NULL);
  s->holders = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_key_holder_free);
  holder_scene_revoke (s, WORLD_NOW, NULL);
  for (guint i = 0; i < WORLD_HOLDERS; i++)
    start_holder (s, i);
  return s;
}

void
holder_scene_free (HolderScene *s)
{
  for (guint i = 0; i < WORLD_HOLDERS; i++)
    g_clear_pointer (&s->services[i], gm_holder_service_stop);
  g_ptr_array_unref (s->holders);
  gm_world_free (s->world);
  gm_world_remove_folder (s->folder);
  g_free (s->folder);
  g_free (s);
  gm_clock_set_for_test (0);
}
