/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/buyer-actions.h"

#include <glib/gi18n-lib.h>

#include "app/purchases.h"
#include "base/error.h"
#include "ui/buyer/buy-dialog.h"
#include "ui/buyer/create-wallet-dialog.h"
#include "ui/buyer/license-dialog.h"
#include "ui/buyer/unlock-dialog.h"
#include "ui/common/compat.h"
#include "ui/common/error-words.h"

typedef struct
{
  GmSession *session;
  GtkWidget *window; /* weak */
  GtkWidget *dialog; /* weak: what is open */
} Desk;

static void
desk_free (gpointer data)
{
  Desk *desk = data;

  g_clear_weak_pointer (&desk->window);
  g_clear_weak_pointer (&desk->dialog);
  g_object_unref (desk->session);
  g_free (desk);
}

static gboolean
is_open (Desk *desk)
{
  return desk->dialog != NULL && gtk_widget_get_mapped (desk->dialog);
}

/* Takes a dialog that was just made; one that is open stays instead. */
static void
present (Desk *desk, GtkWidget *dialog)
{
  g_set_weak_pointer (&desk->dialog, dialog);
  gm_compat_dialog_present (dialog, desk->window);
}

static void
toast (Desk *desk, const char *text)
{
  if (desk->window != NULL)
    gtk_widget_activate_action (desk->window, "app.toast", "s", text);
}

static void
on_buy (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Desk *desk = user_data;
  g_autoptr (GmAssetItem) item = gm_catalog_model_find (gm_session_get_catalog (desk->session),
                                                        g_variant_get_string (parameter, NULL));
  g_autoptr (GmBuyJob) job = NULL;

  if (is_open (desk))
    return;
  if (item == NULL)
    {
      toast (desk, _ ("It is not for sale at the moment"));
      return;
    }
  job = gm_purchases_begin (desk->session, gm_asset_item_get_asset (item));
  present (desk, gm_buy_dialog_new (desk->session, job));
}

static void
on_resume (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Desk *desk = user_data;
  GmBuyJob *job = gm_purchases_find (desk->session, g_variant_get_string (parameter, NULL));

  if (job == NULL || is_open (desk))
    return;
  gm_buy_job_resume (job);
  present (desk, gm_buy_dialog_new (desk->session, job));
}

static void
on_show_license (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Desk *desk = user_data;

  if (!is_open (desk))
    present (desk, gm_license_dialog_new (desk->session, g_variant_get_string (parameter, NULL)));
}

static void
on_create_wallet (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Desk *desk = user_data;

  if (!is_open (desk) && !gm_account_has_wallet (gm_session_get_account (desk->session)))
    present (desk, gm_create_wallet_dialog_new (desk->session));
}

static void
on_unlock (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Desk *desk = user_data;
  GmAccount *account = gm_session_get_account (desk->session);

  if (!gm_account_has_wallet (account))
    on_create_wallet (action, NULL, desk);
  else if (!is_open (desk) && gm_account_is_locked (account))
    present (desk, gm_unlock_dialog_new (desk->session, NULL));
}

static gboolean
is_store_open (Desk *desk)
{
  GmSessionState state;

  g_object_get (desk->session, "state", &state, NULL);
  return state == GM_SESSION_OPEN;
}

static void
signed_in (gpointer window, gpointer result, const GError *error)
{
  g_autofree char *sentence = NULL;

  if (error == NULL || gm_error_is (error, GM_ERROR_LOCKED)) /* the password is asked for */
    return;
  gm_error_words (error, NULL, &sentence, NULL, NULL);
  gtk_widget_activate_action (window, "app.toast", "s", sentence);
}

/* A locked wallet signs in when it is unlocked. */
static void
on_sign_in (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Desk *desk = user_data;
  const gboolean locked = gm_account_is_locked (gm_session_get_account (desk->session));

  if (is_store_open (desk) && desk->window != NULL)
    gm_session_sign_in (desk->session, G_OBJECT (desk->window), signed_in);
  if (locked)
    on_unlock (action, NULL, desk);
  else if (!is_store_open (desk))
    toast (desk, _ ("No store is open"));
}

static void
signed_out (gpointer window, gpointer result, const GError *error)
{
  const char *words = error != NULL ? _ ("You are signed out here. The store could not be told; it "
                                         "forgets you after a day.")
                                    : _ ("You are signed out");

  gtk_widget_activate_action (window, "app.toast", "s", words);
}

static void
on_sign_out (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Desk *desk = user_data;

  if (is_store_open (desk) && desk->window != NULL)
    gm_session_sign_out (desk->session, G_OBJECT (desk->window), signed_out);
}

static const GActionEntry entries[] = {
  { "buy", on_buy, "s" },
  { "resume", on_resume, "s" },
  { "show-license", on_show_license, "s" },
  { "create-wallet", on_create_wallet },
  { "unlock", on_unlock },
  { "sign-in", on_sign_in },
  { "sign-out", on_sign_out },
};

void
gm_buyer_actions_add (GActionMap *actions, GmSession *session, GtkWidget *window)
{
  Desk *desk = g_new0 (Desk, 1);

  desk->session = g_object_ref (session);
  g_set_weak_pointer (&desk->window, window);
  g_object_set_data_full (G_OBJECT (actions), "gm-buyer-desk", desk, desk_free);
  g_action_map_add_action_entries (actions, entries, G_N_ELEMENTS (entries), desk);
}
