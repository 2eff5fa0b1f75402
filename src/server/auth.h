/* auth.h - who a request comes from: one-time nonces, sessions, roles (PROTOCOLS A17).
 *
 * A person is an address. A session token is 32 random bytes of which only the SHA-256 is kept, for
 * 24 hours. The texts people sign must name an origin the store itself is configured with, never
 * what a request calls it.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "evm/signature.h"
#include "server/database.h"
#include "web/request.h"

G_BEGIN_DECLS

#define GM_AUTH_SESSION_SECONDS (24 * 3600)
#define GM_AUTH_NONCE_SECONDS   300

char *gm_auth_new_nonce (GmDatabase *database, GError **error);

typedef struct
{
  const char *const *origins; /* accepted, NULL at the end: "http://127.0.0.1:8085" */
  gint64 chain_id;
  gboolean first_is_admin; /* only where "demo" runs on loopback */
} GmAuthRules;

typedef struct
{
  char *token; /* hex; shown once */
  char *address;
  gint64 expires_at; /* unix s */
  GmRoles roles;
} GmAuthSession;

/* Checks text and signature, uses up the nonce, starts a session. DENIED says what does not fit. */
GmAuthSession *gm_auth_sign_in (GmDatabase *database,
                                const GmAuthRules *rules,
                                const char *message,
                                const GmSignature *signature,
                                GError **error);
void gm_auth_session_free (GmAuthSession *session);

/* Fills @principal from a bearer token; DENIED when it is unknown or over. */
gboolean
gm_auth_admit (GmDatabase *database, const char *token, GmPrincipal *principal, GError **error);
gboolean gm_auth_sign_out (GmDatabase *database, const char *token, GError **error);

gboolean gm_auth_grant (GmDatabase *database,
                        const char *role,
                        const GmAddress *address,
                        const char *by,
                        GError **error);
JsonArray *gm_auth_role_names (GmRoles roles);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmAuthSession, gm_auth_session_free)

G_END_DECLS
