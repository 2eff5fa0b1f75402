/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/auth.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/hex.h"
#include "evm/address.h"
#include "evm/siwe.h"

#define CLOCK_SKEW_SECONDS                                                                         \
  300 /* the text carries server time; this is how long signing may take                           \
       */

static const struct
{
  const char *name;
  GmRoles role;
} role_names[] = {
  { "buyer", GM_ROLE_SIGNED_IN },
  { "producer", GM_ROLE_PRODUCER },
  { "admin", GM_ROLE_ADMIN },
  { "auditor", GM_ROLE_AUDITOR },
};

static char *
token_hash (const char *token)
{
  GmHash hash;

  gm_hash_sha256 ((const guint8 *) token, strlen (token), &hash);
  return gm_hash_dup_hex (&hash);
}

char *
gm_auth_new_nonce (GmDatabase *database, GError **error)
{
  g_auto (GmWriter) writer = { 0 };
  g_autofree char *nonce = NULL;
  gint64 now = gm_clock_now_unix ();
  GmHash random;

  gm_hash_random (&random);
  nonce = gm_hex_encode (random.b, 16);
  if (!gm_database_begin (database, &writer, error) ||
      !gm_sql_run (writer.sql, "DELETE FROM nonces WHERE expires_at < ?1",
                   (GmValue[]){ gm_value_int (now) }, 1, NULL, error) ||
      !gm_sql_run (writer.sql, "INSERT INTO nonces (nonce, expires_at) VALUES (?1, ?2)",
                   (GmValue[]){ gm_value_text (nonce), gm_value_int (now + GM_AUTH_NONCE_SECONDS) },
                   2, NULL, error) ||
      !gm_database_commit (&writer, error))
    return NULL;
  return g_steal_pointer (&nonce);
}

static gboolean
check_origin (const GmSiwe *siwe, const GmAuthRules *rules, GError **error)
{
  for (guint i = 0; rules->origins[i] != NULL; i++)
    {
      const char *authority = strstr (rules->origins[i], "://");

      if (authority != NULL && g_str_equal (siwe->domain, authority + 3) &&
          (g_str_equal (siwe->uri, rules->origins[i]) ||
           (g_str_has_prefix (siwe->uri, rules->origins[i]) &&
            g_str_equal (siwe->uri + strlen (rules->origins[i]), "/"))))
        return TRUE;
    }
  return gm_fail (error, GM_ERROR_DENIED, "the signed text is for %s, not for this store",
                  siwe->domain);
}

static gboolean
check_times (const GmSiwe *siwe, GError **error)
{
  gint64 now_ms = gm_clock_now_ms (), at;

  if (!gm_clock_parse_iso (siwe->issued_at, &at, error))
    return FALSE;
  if (ABS (now_ms - at) > CLOCK_SKEW_SECONDS * 1000)
    return gm_fail (error, GM_ERROR_DENIED, "the signed text is not of now: use the store's time");
  if (siwe->expires_at == NULL)
    return TRUE;
  if (!gm_clock_parse_iso (siwe->expires_at, &at, error))
    return FALSE;
  return at > now_ms || gm_fail (error, GM_ERROR_DENIED, "the signed text is over");
}

static gboolean
check_text (const GmSiwe *siwe,
            const GmAuthRules *rules,
            const char *message,
            const GmSignature *signature,
            GError **error)
{
  GmHash digest;

  if (!check_origin (siwe, rules, error) || !check_times (siwe, error))
    return FALSE;
  if (siwe->chain_id != rules->chain_id)
    return gm_fail (error, GM_ERROR_DENIED, "the signed text is for another chain");
  gm_signature_personal_digest (message, &digest);
  return gm_signature_verify (signature, &digest, &siwe->address, error);
}

static gboolean
use_nonce (GmWriter *writer, const char *nonce, GError **error)
{
  gint64 used;

  if (!gm_sql_run (writer->sql, "DELETE FROM nonces WHERE nonce = ?1 AND expires_at >= ?2",
                   (GmValue[]){ gm_value_text (nonce), gm_value_int (gm_clock_now_unix ()) }, 2,
                   &used, error))
    return FALSE;
  return used == 1 || gm_fail (error, GM_ERROR_DENIED, "the nonce was used before, or is too old");
}

static gboolean
put_role (GmWriter *writer, const char *role, const char *address, const char *by, GError **error)
{
  return gm_sql_run (writer->sql,
                     "INSERT INTO roles (address, role, granted_by, created_at)"
                     " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (address, role) DO NOTHING",
                     (GmValue[]){ gm_value_text (address), gm_value_text (role), gm_value_text (by),
                                  gm_value_int (gm_clock_now_ms ()) },
                     4, NULL, error);
}

static gboolean
make_first_admin (GmWriter *writer, const char *address, GError **error)
{
  gint64 admins;

  return gm_sql_int (writer->sql, "SELECT count(*) FROM roles WHERE role = 'admin'", NULL, 0,
                     &admins, error) &&
         (admins > 0 || put_role (writer, "admin", address, "system:demo", error));
}

static gboolean
read_roles (GmSql *sql, const char *address, GmRoles *roles, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GmRows) rows = gm_sql_query (sql, "SELECT role FROM roles WHERE address = ?1",
                                          (GmValue[]){ gm_value_text (address) }, 1, error);

  if (rows == NULL)
    return FALSE;
  *roles = GM_ROLE_ANYONE | GM_ROLE_SIGNED_IN;
  while (gm_rows_next (rows, &problem))
    for (guint i = 0; i < G_N_ELEMENTS (role_names); i++)
      if (g_strcmp0 (role_names[i].name, gm_rows_text (rows, 0)) == 0)
        *roles |= role_names[i].role;
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return problem == NULL;
}

static gboolean
put_session (GmWriter *writer, GmAuthSession *session, GError **error)
{
  g_autofree char *hash = NULL;
  gint64 now = gm_clock_now_unix ();
  GmHash random;

  gm_hash_random (&random);
  session->token = gm_hex_encode (random.b, 32);
  session->expires_at = now + GM_AUTH_SESSION_SECONDS;
  hash = token_hash (session->token);
  return gm_sql_run (writer->sql, "DELETE FROM sessions WHERE expires_at < ?1",
                     (GmValue[]){ gm_value_int (now) }, 1, NULL, error) &&
         gm_sql_run (writer->sql,
                     "INSERT INTO sessions (token_hash, address, created_at, expires_at)"
                     " VALUES (?1, ?2, ?3, ?4)",
                     (GmValue[]){ gm_value_text (hash), gm_value_text (session->address),
                                  gm_value_int (now), gm_value_int (session->expires_at) },
                     4, NULL, error);
}

GmAuthSession *
gm_auth_sign_in (GmDatabase *database,
                 const GmAuthRules *rules,
                 const char *message,
                 const GmSignature *signature,
                 GError **error)
{
  g_autoptr (GmAuthSession) session = g_new0 (GmAuthSession, 1);
  g_autoptr (GmSiwe) siwe = gm_siwe_parse (message, error);
  g_auto (GmWriter) writer = { 0 };

  if (siwe == NULL || !check_text (siwe, rules, message, signature, error))
    return NULL;
  session->address = gm_address_dup_text (&siwe->address);
  if (!gm_database_begin (database, &writer, error) || !use_nonce (&writer, siwe->nonce, error) ||
      (rules->first_is_admin && !make_first_admin (&writer, session->address, error)) ||
      !put_session (&writer, session, error) ||
      !read_roles (writer.sql, session->address, &session->roles, error) ||
      !gm_database_commit (&writer, error))
    return NULL;
  return g_steal_pointer (&session);
}

void
gm_auth_session_free (GmAuthSession *session)
{
  g_free (session->token);
  g_free (session->address);
  g_free (session);
}

gboolean
gm_auth_admit (GmDatabase *database, const char *token, GmPrincipal *principal, GError **error)
{
  g_autofree char *hash = token_hash (token);
  g_auto (GmReader) reader = { 0 };
  g_autoptr (GmRows) rows = NULL;
  g_autoptr (GError) problem = NULL;

  if (!gm_database_read (database, &reader, error))
    return FALSE;
  rows = gm_sql_query (
      reader.sql, "SELECT address FROM sessions WHERE token_hash = ?1 AND expires_at >= ?2",
      (GmValue[]){ gm_value_text (hash), gm_value_int (gm_clock_now_unix ()) }, 2, error);
  if (rows == NULL)
    return FALSE;
  if (!gm_rows_next (rows, &problem))
    {
      if (problem == NULL)
        return gm_fail (error, GM_ERROR_DENIED, "the session is over: sign in again");
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  principal->address = g_strdup (gm_rows_text (rows, 0));
  g_clear_pointer (&rows, gm_rows_free);
  return read_roles (reader.sql, principal->address, &principal->roles, error);
}

gboolean
gm_auth_sign_out (GmDatabase *database, const char *token, GError **error)
{
  g_autofree char *hash = token_hash (token);
  g_auto (GmWriter) writer = { 0 };

  return gm_database_begin (database, &writer, error) &&
         gm_sql_run (writer.sql, "DELETE FROM sessions WHERE token_hash = ?1",
                     (GmValue[]){ gm_value_text (hash) }, 1, NULL, error) &&
         gm_database_commit (&writer, error);
}

gboolean
gm_auth_grant (GmDatabase *database,
               const char *role,
               const GmAddress *address,
               const char *by,
               GError **error)
{
  g_autofree char *text = gm_address_dup_text (address);
  g_auto (GmWriter) writer = { 0 };
  gboolean known = FALSE;

  for (guint i = 1; i < G_N_ELEMENTS (role_names); i++) /* buyer is everybody */
    known |= g_str_equal (role_names[i].name, role);
  if (!known)
    return gm_fail (error, GM_ERROR_BAD_DATA, "no such role: %s (producer, admin or auditor)",
                    role);
  return gm_database_begin (database, &writer, error) &&
         put_role (&writer, role, text, by, error) && gm_database_commit (&writer, error);
}

JsonArray *
gm_auth_role_names (GmRoles roles)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (role_names); i++)
    if ((roles & role_names[i].role) != 0)
      json_array_add_string_element (array, role_names[i].name);
  return array;
}
