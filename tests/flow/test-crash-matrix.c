/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "app/buy-run.h"
#include "customer.h"
#include "license-world.h"
#include "market.h"
#include "payments/journal.h"

/* Between every two things a purchase does: the application or the store is killed there, and one
 * order, one license and music come of it.
 *
 * The child is the application without its window. Everything that leaves the process or reaches
 * the disk is wrapped by the linker, and is an event before and after it. */

#define MOST_EVENTS  200
#define LEAST_EVENTS 30 /* else the wrapping is broken */

static __thread gboolean buying; /* this thread is the one that tells the purchase */
static guint events;             /* so far; of that thread alone */
static guint signal_at;          /* 0: never */
static int signal_number;

static void
event (void)
{
  if (buying && ++events == signal_at)
    raise (signal_number);
}

/* Their names are the linker's. */
gpointer __real_gm_buy_run (gpointer run, GCancellable *cancellable, GError **error);
gpointer __wrap_gm_buy_run (gpointer run, GCancellable *cancellable, GError **error);

gpointer
__wrap_gm_buy_run (gpointer run, GCancellable *cancellable, GError **error)
{
  gpointer outcome;

  buying = TRUE;
  event ();
  outcome = __real_gm_buy_run (run, cancellable, error);
  event ();
  buying = FALSE;
  return outcome;
}

#define WRAP(type, name, parameters, arguments)                                                    \
  type __real_##name parameters;                                                                   \
  type __wrap_##name parameters;                                                                   \
                                                                                                   \
  type __wrap_##name parameters                                                                    \
  {                                                                                                \
    type result;                                                                                   \
                                                                                                   \
    event ();                                                                                      \
    result = __real_##name arguments;                                                              \
    event ();                                                                                      \
    return result;                                                                                 \
  }

WRAP (GmHttpAnswer *,
      gm_http_send,
      (GmHttp * self, const GmHttpAsk *ask, GCancellable *cancellable, GError **error),
      (self, ask, cancellable, error))
WRAP (JsonObject *,
      gm_http_send_json,
      (GmHttp * self, const GmHttpAsk *ask, GCancellable *cancellable, GError **error),
      (self, ask, cancellable, error))
WRAP (gboolean,
      gm_http_download,
      (GmHttp * self,
       const GmHttpAsk *ask,
       const char *path,
       GmHttpProgress progress,
       gpointer user_data,
       GCancellable *cancellable,
       GError **error),
      (self, ask, path, progress, user_data, cancellable, error))
WRAP (gboolean,
      gm_journal_begin,
      (GmSql * ledger, GmPurchase *purchase, GError **error),
      (ledger, purchase, error))
WRAP (gboolean,
      gm_journal_move,
      (GmSql * ledger, GmPurchase *purchase, GmPurchaseState to, GError **error),
      (ledger, purchase, to, error))
WRAP (gboolean,
      gm_journal_deliver,
      (GmSql * ledger, GmPurchase *purchase, GmDelivery delivery, GError **error),
      (ledger, purchase, delivery, error))
WRAP (gboolean, gm_sql_commit, (GmSql * sql, GError **error), (sql, error))

static gboolean
has_job (gpointer session)
{
  return g_list_model_get_n_items (gm_session_get_purchases (session)) > 0;
}

/* What an earlier start began goes on by itself; else it is bought now. */
static void
buy (Customer *customer, const GmAsset *asset)
{
  g_autoptr (GmBuyJob) job = gm_purchases_begin (customer->session, asset);

  if (gm_buy_job_get_phase (job) == GM_BUY_PHASE_QUOTING)
    customer_wait_phase (job, GM_BUY_PHASE_QUOTED);
  gm_buy_job_authorize (job);
  customer_wait_phase (job, GM_BUY_PHASE_DONE);
  customer_wait (has_job, customer->session);
}

/* test-crash-matrix --buy FOLDER ORIGIN MUSIC EVENT SIGNAL */
static int
run_child (char **arguments)
{
  g_autoptr (Customer) customer = customer_new (arguments[0], arguments[1]);
  g_autoptr (GmAsset) asset = customer_find (customer, market_title (0));

  signal_at = (guint) atoi (arguments[3]);
  signal_number = atoi (arguments[4]);
  customer_open_wallet (customer);
  buy (customer, asset);
  customer_assert_owns (customer, asset->asset_id, arguments[2]);
  printf ("events %u\n", events);
  return EXIT_SUCCESS;
}

typedef struct
{
  Market *market;
  char *folder;
  char *music;
} Stage;

static Stage
stage_set (Market *market)
{
  return (Stage){ market, g_dir_make_tmp ("gm-matrix-XXXXXX", NULL),
                  market_piece_path (market, 0) };
}

static void
stage_clear (Stage *stage)
{
  gm_world_remove_folder (stage->folder);
  g_free (stage->folder);
  g_free (stage->music);
}

static GPid
start_child (const Stage *stage, guint at, int number)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *at_text = g_strdup_printf ("%u", at);
  g_autofree char *number_text = g_strdup_printf ("%d", number);
  char *arguments[] = { self,         (char *) "--buy", stage->folder, stage->market->origin,
                        stage->music, at_text,          number_text,   NULL };
  g_autoptr (GError) error = NULL;
  GPid pid;

  g_spawn_async (NULL, arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL,
                 NULL, NULL, &pid, &error);
  g_assert_no_error (error);
  return pid;
}

/* Its status, once it ended or stopped itself. */
static int
wait_for (GPid pid)
{
  int status;

  g_assert_cmpint (waitpid (pid, &status, WUNTRACED), ==, pid);
  return status;
}

static void
assert_ended_well (int status)
{
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, EXIT_SUCCESS);
}

/* TRUE when there was such an event. */
static gboolean
kill_application (const Stage *stage, guint at)
{
  int status = wait_for (start_child (stage, at, SIGKILL));

  if (WIFEXITED (status))
    {
      assert_ended_well (status);
      return FALSE;
    }
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
  assert_ended_well (wait_for (start_child (stage, 0, SIGKILL)));
  return TRUE;
}

/* The application goes on by itself when the store is back. */
static gboolean
kill_store (const Stage *stage, guint at)
{
  GPid pid = start_child (stage, at, SIGSTOP);
  int status = wait_for (pid);

  if (!WIFSTOPPED (status))
    {
      assert_ended_well (status);
      return FALSE;
    }
  market_kill (stage->market);
  market_start (stage->market);
  kill (pid, SIGCONT);
  assert_ended_well (wait_for (pid));
  return TRUE;
}

static void
test_matrix (gconstpointer data)
{
  gboolean (*strike) (const Stage *, guint) = data;
  Market *market = market_new ();
  guint at = 0;
  gboolean struck;

  do
    {
      Stage stage = stage_set (market);

      struck = strike (&stage, ++at);
      stage_clear (&stage);
    }
  while (struck && at < MOST_EVENTS);
  g_test_message ("%u events", at - 1);
  g_assert_cmpuint (at, >, LEAST_EVENTS);
  g_assert_cmpuint (at, <, MOST_EVENTS);
  market_free (market);
}

int
main (int argc, char **argv)
{
  if (argc == 7 && strcmp (argv[1], "--buy") == 0)
    return run_child (argv + 2);

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/crash-matrix/a-killed-application-goes-on", kill_application,
                        test_matrix);
  g_test_add_data_func ("/crash-matrix/a-killed-store-is-waited-for", kill_store, test_matrix);
  return g_test_run ();
}
