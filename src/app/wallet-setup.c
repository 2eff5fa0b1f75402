/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/wallet-setup.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/enum-type.h"
#include "base/error.h"

static const GEnumValue steps[] = {
  { GM_WALLET_STEP_CHOICE, "GM_WALLET_STEP_CHOICE", "choice" },
  { GM_WALLET_STEP_WORDS, "GM_WALLET_STEP_WORDS", "words" },
  { GM_WALLET_STEP_CHECK, "GM_WALLET_STEP_CHECK", "check" },
  { GM_WALLET_STEP_TYPED, "GM_WALLET_STEP_TYPED", "typed" },
  { GM_WALLET_STEP_PASSWORD, "GM_WALLET_STEP_PASSWORD", "password" },
  { GM_WALLET_STEP_MAKING, "GM_WALLET_STEP_MAKING", "making" },
  { GM_WALLET_STEP_DONE, "GM_WALLET_STEP_DONE", "done" },
  { 0 },
};
GM_DEFINE_ENUM_TYPE ("GmWalletStep", gm_wallet_step_get_type, steps)

struct _GmWalletSetup
{
  GObject parent;
  GmAccount *account;
  GmWalletStep step;
  GmSecret *words; /* (nullable) */
  guint n_words;
  guint asked[GM_WALLET_SETUP_ASKED]; /* ascending */
  gboolean restoring;
  GError *error;
};

G_DEFINE_FINAL_TYPE (GmWalletSetup, gm_wallet_setup, G_TYPE_OBJECT)

enum
{
  PROP_STEP = 1,
  PROP_ERROR,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmWalletSetup *self = GM_WALLET_SETUP (object);

  switch (id)
    {
    case PROP_STEP: g_value_set_enum (value, (gint) self->step); break;
    case PROP_ERROR: g_value_set_boxed (value, self->error); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

/* Every verb ends here: where it stands, and what was wrong. Takes @error. */
static void
stand (GmWalletSetup *self, GmWalletStep step, GError *error)
{
  gboolean moved = self->step != step;

  g_clear_error (&self->error);
  self->error = error;
  self->step = step;
  if (moved)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STEP]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
forget_words (GmWalletSetup *self)
{
  g_clear_pointer (&self->words, gm_secret_unref);
  self->n_words = 0;
}

GmWalletStep
gm_wallet_setup_get_step (GmWalletSetup *self)
{
  return self->step;
}

void
gm_wallet_setup_start (GmWalletSetup *self, guint n_words)
{
  GError *error = NULL;

  if (self->step != GM_WALLET_STEP_CHOICE && self->step != GM_WALLET_STEP_WORDS)
    return;
  forget_words (self);
  self->restoring = FALSE;
  self->words = gm_account_make_words (n_words, &error);
  self->n_words = self->words != NULL ? n_words : 0;
  stand (self, self->words != NULL ? GM_WALLET_STEP_WORDS : GM_WALLET_STEP_CHOICE, error);
}

char *
gm_wallet_setup_dup_word (GmWalletSetup *self, guint index)
{
  return self->step == GM_WALLET_STEP_WORDS && index < self->n_words
             ? gm_account_dup_word (self->words, index)
             : NULL;
}

/* Each word has the same chance, and they are asked in the order of the list. */
static void
choose_asked (GmWalletSetup *self)
{
  guint chosen = 0;

  for (guint i = 0; i < self->n_words && chosen < GM_WALLET_SETUP_ASKED; i++)
    if ((guint) g_random_int_range (0, (gint32) (self->n_words - i)) <
        GM_WALLET_SETUP_ASKED - chosen)
      self->asked[chosen++] = i;
}

void
gm_wallet_setup_written (GmWalletSetup *self)
{
  if (self->step != GM_WALLET_STEP_WORDS)
    return;
  choose_asked (self);
  stand (self, GM_WALLET_STEP_CHECK, NULL);
}

guint
gm_wallet_setup_get_asked (GmWalletSetup *self, guint i)
{
  return i < GM_WALLET_SETUP_ASKED ? self->asked[i] : 0;
}

static gboolean
is_word (GmWalletSetup *self, guint index, const char *typed)
{
  static const char spaces[] = " \t\r\n";
  char *word = gm_account_dup_word (self->words, index);
  const gsize length = strlen (word);
  const char *start = typed + strspn (typed, spaces);
  /* compared where it stands: a copy would have to be wiped */
  gboolean same = g_ascii_strncasecmp (word, start, length) == 0 &&
                  start[length + strspn (start + length, spaces)] == '\0';

  explicit_bzero (word, length);
  g_free (word);
  return same;
}

void
gm_wallet_setup_check (GmWalletSetup *self, const char *const *typed)
{
  if (self->step != GM_WALLET_STEP_CHECK)
    return;
  for (guint i = 0; i < GM_WALLET_SETUP_ASKED; i++)
    if (typed[i] == NULL || !is_word (self, self->asked[i], typed[i]))
      {
        stand (self, GM_WALLET_STEP_CHECK,
               g_error_new (GM_ERROR, GM_ERROR_BAD_DATA,
                            _ ("Word %u is another one. Compare it with what you wrote down."),
                               self->asked[i] + 1));
        return;
      }
  stand (self, GM_WALLET_STEP_PASSWORD, NULL);
}

void
gm_wallet_setup_type (GmWalletSetup *self)
{
  if (self->step != GM_WALLET_STEP_CHOICE)
    return;
  self->restoring = TRUE;
  stand (self, GM_WALLET_STEP_TYPED, NULL);
}

void
gm_wallet_setup_restore (GmWalletSetup *self, GmSecret *typed)
{
  GError *error = NULL;

  if (self->step != GM_WALLET_STEP_TYPED)
    return;
  forget_words (self);
  self->words = gm_account_parse_words (typed, &error);
  stand (self, self->words != NULL ? GM_WALLET_STEP_PASSWORD : GM_WALLET_STEP_TYPED, error);
}

static void
created (gpointer owner, gpointer result, const GError *error)
{
  GmWalletSetup *self = owner;

  if (result != NULL)
    forget_words (self);
  stand (self, result != NULL ? GM_WALLET_STEP_DONE : GM_WALLET_STEP_PASSWORD,
         error != NULL ? g_error_copy (error) : NULL);
}

void
gm_wallet_setup_create (GmWalletSetup *self, GmSecret *password)
{
  if (self->step != GM_WALLET_STEP_PASSWORD || self->words == NULL)
    return;
  stand (self, GM_WALLET_STEP_MAKING, NULL);
  gm_account_create (self->account, self->words, password, G_OBJECT (self), created);
}

void
gm_wallet_setup_back (GmWalletSetup *self)
{
  switch (self->step)
    {
    case GM_WALLET_STEP_CHECK: stand (self, GM_WALLET_STEP_WORDS, NULL); break;
    case GM_WALLET_STEP_WORDS:
    case GM_WALLET_STEP_TYPED:
      forget_words (self);
      stand (self, GM_WALLET_STEP_CHOICE, NULL);
      break;
    case GM_WALLET_STEP_PASSWORD:
      if (self->restoring)
        forget_words (self);
      stand (self, self->restoring ? GM_WALLET_STEP_TYPED : GM_WALLET_STEP_WORDS, NULL);
      break;
    case GM_WALLET_STEP_CHOICE:
    case GM_WALLET_STEP_MAKING:
    case GM_WALLET_STEP_DONE:
    default: break;
    }
}

static void
finalize (GObject *object)
{
  GmWalletSetup *self = GM_WALLET_SETUP (object);

  forget_words (self);
  g_clear_error (&self->error);
  g_object_unref (self->account);
  G_OBJECT_CLASS (gm_wallet_setup_parent_class)->finalize (object);
}

static void
gm_wallet_setup_class_init (GmWalletSetupClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->finalize = finalize;
  properties[PROP_STEP] = g_param_spec_enum ("step", NULL, NULL, GM_TYPE_WALLET_STEP,
                                             GM_WALLET_STEP_CHOICE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
gm_wallet_setup_init (GmWalletSetup *self)
{
}

GmWalletSetup *
gm_wallet_setup_new (GmAccount *account)
{
  GmWalletSetup *self = g_object_new (GM_TYPE_WALLET_SETUP, NULL);

  self->account = g_object_ref (account);
  return self;
}
