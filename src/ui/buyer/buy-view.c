/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/buy-view.h"

#include <glib/gi18n-lib.h>

#include "app/purchases.h"
#include "base/error.h"
#include "ui/buyer/create-wallet-dialog.h"
#include "ui/buyer/dialog-step.h"
#include "ui/buyer/license-dialog.h"
#include "ui/buyer/step-row.h"
#include "ui/buyer/unlock-form.h"
#include "ui/common/compat.h"
#include "ui/common/cover.h"
#include "ui/common/error-words.h"

/* How far a person is before anything is signed. */
typedef enum
{
  STAGE_OFFER,
  STAGE_UNLOCK,
} Stage;

struct _GmBuyView
{
  GtkWidget parent;
  GmSession *session;
  GmBuyJob *job;
  Stage stage;
  GtkStack *stack;
  GmDialogStep *offer;
  GmCover *cover;
  GmUnlockForm *unlock;
  GmDialogStep *steps;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (GmBuyView, gm_buy_view, GTK_TYPE_WIDGET)

enum
{
  PROP_JOB = 1,
  PROP_ACCOUNT,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static char *
license_title (GtkWidget *view, gboolean exclusive)
{
  return g_strdup (exclusive ? _ ("Exclusive license") : _ ("Standard license"));
}

static char *
account_text (GtkWidget *view, const char *short_address)
{
  return g_strdup (short_address != NULL ? short_address : _ ("You have no wallet yet"));
}

static gboolean
is_free (GmBuyView *self)
{
  gint64 units;

  g_object_get (self->job, "amount-units", &units, NULL);
  return units == 0;
}

static gboolean
is_signed (GmBuyView *self)
{
  switch (gm_buy_job_get_phase (self->job))
    {
    case GM_BUY_PHASE_RUNNING:
    case GM_BUY_PHASE_WAITING:
    case GM_BUY_PHASE_DONE: return TRUE;
    case GM_BUY_PHASE_FAILED: return gm_buy_job_get_purchase (self->job) != NULL;
    case GM_BUY_PHASE_WALLET:
    case GM_BUY_PHASE_QUOTING:
    case GM_BUY_PHASE_QUOTED:
    default: return FALSE;
    }
}

static void
set_forward (GmDialogStep *step, const char *label, const char *tooltip)
{
  g_object_set (step, "forward-label", label, "forward-tooltip", tooltip, NULL);
}

/* Words of checkout for what the common ones say too generally. Takes nothing; the caller frees. */
static GError *
dup_problem (GmBuyView *self)
{
  const GError *error = gm_buy_job_get_error (self->job);
  g_autofree char *failure = NULL;

  g_object_get (self->job, "failure", &failure, NULL);
  if (gm_buy_job_get_phase (self->job) == GM_BUY_PHASE_FAILED && failure != NULL)
    return g_error_new_literal (GM_ERROR, GM_ERROR_DENIED, failure);
  if (gm_error_is (error, GM_ERROR_CONFLICT))
    return g_error_new_literal (GM_ERROR, GM_ERROR_DENIED,
                                _ ("The offer changed meanwhile. Nothing was signed or paid."));
  if (gm_error_is (error, GM_ERROR_DECLINED))
    return g_error_new_literal (GM_ERROR, GM_ERROR_DENIED, error->message);
  return error != NULL ? g_error_copy (error) : NULL;
}

/* What a person declined is still offered, at the same price. */
static gboolean
needs_another_price (GmBuyView *self)
{
  const GError *error = gm_buy_job_get_error (self->job);

  return error != NULL && !gm_error_is (error, GM_ERROR_DECLINED);
}

static void
complain (GmBuyView *self, GmDialogStep *step)
{
  g_autoptr (GError) problem = dup_problem (self);

  gm_dialog_step_complain (step, problem);
}

/* The offer: one button that says what pressing it does. */
static void
update_offer (GmBuyView *self)
{
  const GmBuyPhase phase = gm_buy_job_get_phase (self->job);
  const GError *error = gm_buy_job_get_error (self->job);
  g_autofree char *price = NULL;
  g_autofree char *pay = NULL;

  g_object_get (self->job, "price-text", &price, NULL);
  pay = is_free (self) ? g_strdup (_ ("Get It Free")) : g_strdup_printf (_ ("Pay %s"), price);
  gm_dialog_step_set_sensitive (self->offer, phase != GM_BUY_PHASE_QUOTING);
  if (phase == GM_BUY_PHASE_WALLET)
    set_forward (self->offer, _ ("Create a Wallet…"), _ ("A wallet signs the order"));
  else if (gm_error_is (error, GM_ERROR_CONFLICT))
    set_forward (self->offer, _ ("Look Again"), _ ("Ask for the offer as it is now"));
  else if (needs_another_price (self))
    set_forward (self->offer, _ ("Try Again"), _ ("Ask for the price again"));
  else
    set_forward (self->offer, pay, _ ("Shows what you sign: nothing is paid before you did"));
  complain (self, self->offer);
}

/* One button: to go on, or to play what was bought. */
static void
update_steps (GmBuyView *self)
{
  const GError *error = gm_buy_job_get_error (self->job);
  g_autofree char *status = NULL;
  const char *text = NULL;

  g_object_get (self->job, "status-text", &status, NULL);
  switch (gm_buy_job_get_phase (self->job))
    {
    case GM_BUY_PHASE_RUNNING:
      text = gm_buy_job_is_signing (self->job) ? _ ("It waits for your signature.")
                                               : _ ("You may close this: it goes on by itself.");
      set_forward (self->steps, NULL, NULL);
      break;
    case GM_BUY_PHASE_DONE:
      text = _ ("It is in your library.");
      set_forward (self->steps, _ ("Play"), _ ("Play it now"));
      break;
    case GM_BUY_PHASE_FAILED:
      set_forward (self->steps, _ ("Try Again"), _ ("Ask for the offer as it is now"));
      break;
    case GM_BUY_PHASE_WAITING:
    default:
      g_free (status);
      status = g_strdup (_ ("It Stopped for Now"));
      text = _ ("Nothing is lost, and nothing is paid twice.");
      if (gm_error_is (error, GM_ERROR_LOCKED))
        set_forward (self->steps, _ ("Unlock…"), _ ("Unlock the wallet to go on"));
      else
        set_forward (self->steps, _ ("Resume"), _ ("Go on where it stopped"));
      break;
    }
  g_object_set (self->steps, "title", status, "text", text, NULL);
  complain (self, self->steps);
}

static const char *
find_page (GmBuyView *self)
{
  if (self->stage == STAGE_UNLOCK)
    return "unlock";
  return is_signed (self) ? "steps" : "offer";
}

static void
show_page (GmBuyView *self)
{
  const char *page = find_page (self);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) == 0)
    return;
  gtk_stack_set_visible_child_name (self->stack, page);
  if (self->stage == STAGE_UNLOCK)
    gtk_widget_grab_focus (GTK_WIDGET (self->unlock));
  else
    gtk_widget_grab_focus (
        gm_dialog_step_get_forward (GM_DIALOG_STEP (gtk_stack_get_visible_child (self->stack))));
}

static void
update (GmBuyView *self)
{
  const GmBuyPhase phase = gm_buy_job_get_phase (self->job);

  /* the wallet locked itself between the page that asked and the signature */
  if (phase == GM_BUY_PHASE_QUOTED &&
      gm_error_is (gm_buy_job_get_error (self->job), GM_ERROR_LOCKED))
    self->stage = STAGE_UNLOCK;
  else if (is_signed (self) && phase != GM_BUY_PHASE_WAITING)
    self->stage = STAGE_OFFER;
  if (is_signed (self))
    update_steps (self);
  else
    update_offer (self);
  show_page (self);
}

static void
on_status (GmBuyView *self)
{
  g_autofree char *status = NULL;

  if (!is_signed (self))
    return;
  g_object_get (self->job, "status-text", &status, NULL);
  if (gm_buy_job_get_phase (self->job) == GM_BUY_PHASE_RUNNING)
    update_steps (self);
  gm_compat_announce (GTK_WIDGET (self), status);
}

static void
set_job (GmBuyView *self, GmBuyJob *job)
{
  static const char *const followed[] = { "notify::phase", "notify::error", "notify::price-text" };
  g_autoptr (GListModel) steps = NULL;
  g_autofree char *artwork = NULL;
  g_autofree char *seed = NULL;

  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_set_object (&self->job, job);
  g_object_get (job, "steps", &steps, "artwork", &artwork, "asset-id", &seed, NULL);
  gtk_list_box_bind_model (self->list, steps, gm_step_row_new, job, NULL);
  gm_cover_show (self->cover, artwork, seed);
  for (guint i = 0; i < G_N_ELEMENTS (followed); i++)
    g_signal_connect_object (job, followed[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (job, "notify::status-text", G_CALLBACK (on_status), self,
                           G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOB]);
  update (self);
}

static void
on_offer_forward (GmBuyView *self)
{
  const GmBuyPhase phase = gm_buy_job_get_phase (self->job);
  GmAccount *account = gm_session_get_account (self->session);

  if (phase == GM_BUY_PHASE_WALLET)
    gm_compat_dialog_present (gm_create_wallet_dialog_new (self->session), GTK_WIDGET (self));
  else if (phase != GM_BUY_PHASE_QUOTED || needs_another_price (self))
    gm_buy_job_resume (self->job);
  else if (gm_account_is_locked (account))
    {
      self->stage = STAGE_UNLOCK;
      update (self);
    }
  else
    gm_buy_job_authorize (self->job);
}

static void
on_unlocked (GmBuyView *self)
{
  self->stage = STAGE_OFFER;
  if (is_signed (self))
    gm_buy_job_resume (self->job);
  else
    gm_buy_job_authorize (self->job);
  update (self);
}

static void
play (GmBuyView *self, const GmPurchase *purchase)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.play", "s", purchase->asset_id);
  gm_compat_dialog_close (GTK_WIDGET (self));
}

/* What is over stays as it was in the orders; this is another attempt. */
static void
buy_anew (GmBuyView *self, const GmPurchase *purchase)
{
  g_autoptr (GmAssetItem) item = gm_catalog_model_find (gm_session_get_catalog (self->session),
                                                        purchase->asset);
  g_autoptr (GError) error = NULL;
  g_autoptr (GmBuyJob) job = NULL;

  if (item == NULL)
    {
      error = g_error_new_literal (GM_ERROR, GM_ERROR_DENIED,
                                   _ ("It is not for sale at the moment."));
      gm_dialog_step_complain (self->steps, error);
      return;
    }
  job = gm_purchases_begin (self->session, gm_asset_item_get_asset (item));
  set_job (self, job);
}

static void
on_steps_forward (GmBuyView *self)
{
  const GmPurchase *purchase = gm_buy_job_get_purchase (self->job);

  switch (gm_buy_job_get_phase (self->job))
    {
    case GM_BUY_PHASE_DONE: play (self, purchase); break;
    case GM_BUY_PHASE_FAILED: buy_anew (self, purchase); break;
    case GM_BUY_PHASE_WAITING:
      if (gm_error_is (gm_buy_job_get_error (self->job), GM_ERROR_LOCKED))
        self->stage = STAGE_UNLOCK;
      else
        gm_buy_job_resume (self->job);
      update (self);
      break;
    case GM_BUY_PHASE_WALLET:
    case GM_BUY_PHASE_QUOTING:
    case GM_BUY_PHASE_QUOTED:
    case GM_BUY_PHASE_RUNNING:
    default: break;
    }
}

static void
on_license (GmBuyView *self)
{
  const GmPurchase *purchase = gm_buy_job_get_purchase (self->job);

  gm_compat_dialog_present (gm_license_dialog_new (self->session, purchase->order_id),
                            GTK_WIDGET (self));
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmBuyView *self = GM_BUY_VIEW (object);

  if (id == PROP_JOB)
    g_value_set_object (value, self->job);
  else if (self->session != NULL)
    g_value_set_object (value, gm_session_get_account (self->session));
}

static void
dispose (GObject *object)
{
  GmBuyView *self = GM_BUY_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_BUY_VIEW);
  g_clear_object (&self->job);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (gm_buy_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, GmBuyView, stack);
  gtk_widget_class_bind_template_child (widget, GmBuyView, offer);
  gtk_widget_class_bind_template_child (widget, GmBuyView, cover);
  gtk_widget_class_bind_template_child (widget, GmBuyView, unlock);
  gtk_widget_class_bind_template_child (widget, GmBuyView, steps);
  gtk_widget_class_bind_template_child (widget, GmBuyView, list);
  gtk_widget_class_bind_template_callback (widget, license_title);
  gtk_widget_class_bind_template_callback (widget, account_text);
  gtk_widget_class_bind_template_callback (widget, on_offer_forward);
  gtk_widget_class_bind_template_callback (widget, on_unlocked);
  gtk_widget_class_bind_template_callback (widget, on_steps_forward);
  gtk_widget_class_bind_template_callback (widget, on_license);
}

static void
gm_buy_view_class_init (GmBuyViewClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->dispose = dispose;
  properties[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, GM_TYPE_BUY_JOB, flags);
  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, GM_TYPE_ACCOUNT, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
  g_type_ensure (GM_TYPE_DIALOG_STEP);
  g_type_ensure (GM_TYPE_COVER);
  g_type_ensure (GM_TYPE_UNLOCK_FORM);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/buy-view.ui");
  bind_template (widget);
}

static void
gm_buy_view_init (GmBuyView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gm_buy_view_new (GmSession *session, GmBuyJob *job)
{
  GmBuyView *self = g_object_new (GM_TYPE_BUY_VIEW, NULL);

  self->session = g_object_ref (session);
  gm_unlock_form_set_account (self->unlock, gm_session_get_account (session));
  g_object_set (self->cover, "session", session, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
  set_job (self, job);
  return GTK_WIDGET (self);
}
