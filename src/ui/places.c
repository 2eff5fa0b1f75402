/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/places.h"

#include <glib/gi18n-lib.h>

#include "ui/admin/assets-page.h"
#include "ui/admin/upload-page.h"
#include "ui/buyer/discover-page.h"
#include "ui/buyer/library-page.h"
#include "ui/buyer/orders-page.h"
#include "ui/buyer/wallet-page.h"

static GtkWidget *
make_discover (GmSession *session, GmPlayerState *state)
{
  return gm_discover_page_new (session);
}

static void
search_discover (GtkWidget *page, const char *text)
{
  gm_discover_page_search (GM_DISCOVER_PAGE (page), text);
}

static GtkWidget *
make_orders (GmSession *session, GmPlayerState *state)
{
  return gm_orders_page_new (session);
}

static GtkWidget *
make_wallet (GmSession *session, GmPlayerState *state)
{
  return gm_wallet_page_new (session);
}

static GtkWidget *
make_assets (GmSession *session, GmPlayerState *state)
{
  return gm_assets_page_new (session);
}

static void
search_assets (GtkWidget *page, const char *text)
{
  gm_assets_page_search (GM_ASSETS_PAGE (page), text);
}

static GtkWidget *
make_uploads (GmSession *session, GmPlayerState *state)
{
  return gm_upload_page_new (session);
}

/* clang-format off */
static const GmPlace places[] = {
  { "discover", N_ ("Discover"), "discover-symbolic",
    .needs_store = TRUE, .make = make_discover, .search = search_discover },
  { "library", N_ ("Library"), "library-symbolic",
    .make = gm_library_page_new, .search = gm_library_page_search },
  { "orders", N_ ("Orders"), "orders-symbolic", .make = make_orders },
  { "wallet", N_ ("Wallet"), "wallet-symbolic", .make = make_wallet },
  { "assets", N_ ("Assets"), "assets-symbolic",
    .for_admin = TRUE, .needs_store = TRUE, .make = make_assets, .search = search_assets },
  { "uploads", N_ ("Uploads"), "uploads-symbolic",
    .for_admin = TRUE, .needs_store = TRUE, .make = make_uploads },
};
/* clang-format on */

const GmPlace *
gm_places_get (guint *n)
{
  *n = G_N_ELEMENTS (places);
  return places;
}

const GmPlace *
gm_places_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_strcmp0 (places[i].id, id) == 0)
      return &places[i];
  return NULL;
}
