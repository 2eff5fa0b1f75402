/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "crypto/shamir.h"

#include <string.h>

#include "base/error.h"

static void
clear (GmShare *shares, guint n)
{
  for (guint i = 0; i < n; i++)
    gm_share_clear (&shares[i]);
}

static GmShare
share_of (guint8 x, const guint8 *y, gsize length)
{
  return (GmShare){ .x = x, .y = gm_secret_new_copy (y, length) };
}

/* Every choice of t of n shares, for every t and n. */
static void
any_t_shares_are_enough (void)
{
  g_autoptr (GmSecret) secret = gm_secret_new_random (32);

  for (guint n = 1; n <= 6; n++)
    for (guint t = 1; t <= n; t++)
      {
        GmShare shares[6] = { 0 };

        g_assert_true (gm_shamir_split (secret, t, n, shares, NULL));
        for (guint choice = 1; choice < 1u << n; choice++)
          {
            g_autoptr (GmSecret) combined = NULL;
            GmShare chosen[6];
            guint count = 0;

            for (guint i = 0; i < n; i++)
              if (choice >> i & 1)
                chosen[count++] = shares[i];
            combined = gm_shamir_combine (chosen, count, NULL);
            g_assert_nonnull (combined);
            g_assert_true (gm_secret_equal (combined, secret) == (count >= t));
          }
        clear (shares, n);
      }
}

static void
the_order_does_not_matter (void)
{
  g_autoptr (GmSecret) secret = gm_secret_new_random (5);
  g_autoptr (GmSecret) combined = NULL;
  GmShare shares[GM_SHAMIR_MAX_SHARES] = { 0 };
  GmShare chosen[3];

  g_assert_true (gm_shamir_split (secret, 3, GM_SHAMIR_MAX_SHARES, shares, NULL));
  g_assert_cmpuint (shares[15].x, ==, 16);
  chosen[0] = shares[15];
  chosen[1] = shares[2];
  chosen[2] = shares[7];
  combined = gm_shamir_combine (chosen, 3, NULL);
  g_assert_true (gm_secret_equal (combined, secret));
  clear (shares, GM_SHAMIR_MAX_SHARES);
}

/* By hand: f (x) = 0x42 + 0x53·x. 0x53 · 0xca = 1 in this field (FIPS 197 section 4.2). */
static void
the_field_is_that_of_aes (void)
{
  const guint8 at_one = 0x42 ^ 0x53, at_ca = 0x42 ^ 0x01;
  GmShare shares[] = { share_of (1, &at_one, 1), share_of (0xca, &at_ca, 1) };
  g_autoptr (GmSecret) combined = gm_shamir_combine (shares, 2, NULL);

  g_assert_cmpuint (*gm_secret_open (combined), ==, 0x42);
  gm_secret_close (combined);
  clear (shares, 2);
}

/* With one share missing, every secret is as likely: for each there is a share that gives it. */
static void
one_share_less_says_nothing (void)
{
  const guint8 known = 0x5a;
  gboolean seen[256] = { FALSE };

  for (guint guess = 0; guess < 256; guess++)
    {
      const guint8 y = (guint8) guess;
      GmShare shares[] = { share_of (1, &known, 1), share_of (2, &y, 1) };
      g_autoptr (GmSecret) combined = gm_shamir_combine (shares, 2, NULL);

      g_assert_false (seen[*gm_secret_open (combined)]);
      seen[*gm_secret_open (combined)] = TRUE;
      gm_secret_close (combined);
      gm_secret_close (combined);
      clear (shares, 2);
    }
}

static void
shares_do_not_repeat (void)
{
  g_autoptr (GmSecret) secret = gm_secret_new (32);
  GmShare one[2] = { 0 }, other[2] = { 0 };

  g_assert_true (gm_shamir_split (secret, 2, 2, one, NULL));
  g_assert_true (gm_shamir_split (secret, 2, 2, other, NULL));
  g_assert_false (gm_secret_equal (one[0].y, other[0].y));
  g_assert_false (gm_secret_equal (one[0].y, one[1].y));
  clear (one, 2);
  clear (other, 2);
}

static void
impossible_splits_are_refused (void)
{
  static const struct
  {
    guint t, n;
  } cases[] = { { 0, 3 }, { 4, 3 }, { 1, 0 }, { 1, 17 }, { 17, 17 } };
  g_autoptr (GmSecret) secret = gm_secret_new_random (32);
  g_autoptr (GmSecret) empty = gm_secret_new (0);
  GmShare shares[GM_SHAMIR_MAX_SHARES] = { 0 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_false (gm_shamir_split (secret, cases[i].t, cases[i].n, shares, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_assert_null (shares[0].y);
      g_clear_error (&error);
    }
  g_assert_false (gm_shamir_split (empty, 1, 1, shares, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

static void
assert_refused (const GmShare *shares, guint n)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_shamir_combine (shares, n, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

static void
shares_that_do_not_fit_are_refused (void)
{
  const guint8 y[] = { 1, 2, 3 };
  GmShare zero[] = { share_of (0, y, 3) };
  GmShare twice[] = { share_of (1, y, 3), share_of (2, y, 3), share_of (1, y, 3) };
  GmShare uneven[] = { share_of (1, y, 3), share_of (2, y, 2) };
  GmShare empty[] = { share_of (1, y, 0) };

  assert_refused (zero, 1);
  assert_refused (zero, 0);
  assert_refused (twice, 3);
  assert_refused (uneven, 2);
  assert_refused (empty, 1);
  assert_refused (twice, GM_SHAMIR_MAX_SHARES + 1);
  clear (zero, 1);
  clear (twice, 3);
  clear (uneven, 2);
  clear (empty, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shamir/any-t-shares-are-enough", any_t_shares_are_enough);
  g_test_add_func ("/shamir/the-order-does-not-matter", the_order_does_not_matter);
  g_test_add_func ("/shamir/the-field-is-that-of-aes", the_field_is_that_of_aes);
  g_test_add_func ("/shamir/one-share-less-says-nothing", one_share_less_says_nothing);
  g_test_add_func ("/shamir/shares-do-not-repeat", shares_do_not_repeat);
  g_test_add_func ("/shamir/impossible-splits-are-refused", impossible_splits_are_refused);
  g_test_add_func ("/shamir/shares-that-do-not-fit-are-refused",
                   shares_that_do_not_fit_are_refused);
  return g_test_run ();
}
