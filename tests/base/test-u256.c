/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/u256.h"

#include <string.h>

#include "base/error.h"

#define MOST     "115792089237316195423570985008687907853269984665640564039457584007913129639935"
#define MOST_HEX "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"

static GmU256
number (const char *text)
{
  GmU256 value = { 0 };
  g_autoptr (GError) error = NULL;

  gm_u256_parse (text, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
assert_number (const GmU256 *value, const char *text)
{
  g_autofree char *actual = gm_u256_format (value);

  g_assert_cmpstr (actual, ==, text);
}

/* @text NULL: it was refused, and the output is as before. */
static void
assert_result (gboolean done, const GmU256 *out, const char *text, GError **error)
{
  g_assert_true (done == (text != NULL));
  assert_number (out, text != NULL ? text : "77");
  if (text == NULL)
    g_assert_error (*error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (error);
}

/* Computed by another program's integers without a limit; NULL is beyond the range. */
static void
test_arithmetic (void)
{
  static const struct
  {
    const char *a, *b, *sum, *difference, *product, *quotient, *remainder;
  } cases[] = {
    { "56692237450200698832071163813698769586057978002815583785639413318320385062708",
      "4042768292815875383",
      "56692237450200698832071163813698769586057978002815583785643456086613200938091",
      "56692237450200698832071163813698769586057978002815583785635370550027569187325", NULL,
      "14023123103776331364113088456880598064705421181112051102760", "1544573020497705628" },
    { "83806778432646321638085786565161576854", "204", "83806778432646321638085786565161577058",
      "83806778432646321638085786565161576650", "17096582800259849614169500459292961678216",
      "410817541336501576657283267476282239", "98" },
    { "1", "2843550834874574033184604263285261749290558931675377014099",
      "2843550834874574033184604263285261749290558931675377014100", NULL,
      "2843550834874574033184604263285261749290558931675377014099", "0", "1" },
    { "18946928392454344469", "455493255076718758726753710490630862138677469596800685734",
      "455493255076718758726753710490630862157624397989255030203", NULL,
      "8630198087184531629029840985982328162533391398567749324184816011386650105246", "0",
      "18946928392454344469" },
    { "135", "11883373483010948178", "11883373483010948313", NULL, "1604255420206478004030", "0",
      "135" },
    { "417827350916614254850651632086393123889", "12418981025058724286",
      "417827350916614254863070613111451848175", "417827350916614254838232651061334399603",
      "5188989942783985401088606445419723919996973332740691068254", "33644253910488483096",
      "11498234605357454433" },
    { "33299397152763793907", "3091829710243498167", "36391226863007292074", "30207567442520295740",
      "102956065450112848782882579770320268469", "10", "2381100050328812237" },
    { "1", "14375883491920851468", "14375883491920851469", NULL, "14375883491920851468", "0", "1" },
    { "207006623446288903815237832144295414432",
      "1205797991725956675161037287260761735809945103355265134728",
      "1205797991725956675368043910707050639625182935499560549160", NULL, NULL, "0",
      "207006623446288903815237832144295414432" },
    { "1840276766835365744", "592358277906626285455603897219335733747",
      "592358277906626285457444173986171099491", NULL,
      "1090103176474171284106859206031372485338096148609348562768", "0", "1840276766835365744" },
    { "106", "5477286446844340970", "5477286446844341076", NULL, "580592363365500142820", "0",
      "106" },
    { "296240105530157207552027851897922691423", "8", "296240105530157207552027851897922691431",
      "296240105530157207552027851897922691415", "2369920844241257660416222815183381531384",
      "37030013191269650944003481487240336427", "7" },
    { "115792089237316195423570985008687907853269984665640564039457584007913129639935",
      "115792089237316195423570985008687907853269984665640564039457584007913129639935", NULL, "0",
      NULL, "1", "0" },
    { "115792089237316195423570985008687907853269984665640564039457584007913129639935", "1", NULL,
      "115792089237316195423570985008687907853269984665640564039457584007913129639934",
      "115792089237316195423570985008687907853269984665640564039457584007913129639935",
      "115792089237316195423570985008687907853269984665640564039457584007913129639935", "0" },
    { "115792089237316195423570985008687907853269984665640564039457584007913129639935", "2", NULL,
      "115792089237316195423570985008687907853269984665640564039457584007913129639933", NULL,
      "57896044618658097711785492504343953926634992332820282019728792003956564819967", "1" },
    { "340282366920938463463374607431768211456", "340282366920938463463374607431768211455",
      "680564733841876926926749214863536422911", "1",
      "115792089237316195423570985008687907852929702298719625575994209400481361428480", "1", "1" },
    { "0", "5", "5", NULL, "0", "0", "0" },
  };
  const GmU256 before = gm_u256_from_u64 (77);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GmU256 a = number (cases[i].a), b = number (cases[i].b);
      GmU256 out = before, remainder = before;
      g_autoptr (GError) error = NULL;

      assert_result (gm_u256_add (&a, &b, &out, &error), &out, cases[i].sum, &error);
      out = before;
      assert_result (gm_u256_subtract (&a, &b, &out, &error), &out, cases[i].difference, &error);
      out = before;
      assert_result (gm_u256_multiply (&a, &b, &out, &error), &out, cases[i].product, &error);
      out = before;
      assert_result (gm_u256_divide (&a, &b, &out, &remainder, &error), &out, cases[i].quotient,
                     &error);
      assert_number (&remainder, cases[i].remainder);
      g_assert_true (gm_u256_divide (&a, &b, &out, NULL, NULL));

      g_assert_cmpint (gm_u256_compare (&a, &b) < 0, ==, cases[i].difference == NULL);
      g_assert_cmpint (gm_u256_compare (&a, &a), ==, 0);
      g_assert_cmpint (gm_u256_compare (&a, &b), ==, -gm_u256_compare (&b, &a));
    }
}

/* The output may be one of the operands. */
static void
test_in_place (void)
{
  GmU256 value = number ("1000000000000000000000");
  const GmU256 seven = gm_u256_from_u64 (7);
  GmU256 remainder;

  g_assert_true (gm_u256_multiply (&value, &value, &value, NULL));
  assert_number (&value, "1000000000000000000000000000000000000000000");
  g_assert_true (gm_u256_divide (&value, &seven, &value, &remainder, NULL));
  assert_number (&value, "142857142857142857142857142857142857142857");
  assert_number (&remainder, "1");
  g_assert_true (gm_u256_add (&value, &value, &value, NULL));
  assert_number (&value, "285714285714285714285714285714285714285714");
  g_assert_true (gm_u256_subtract (&value, &value, &value, NULL));
  g_assert_true (gm_u256_is_zero (&value));
}

static void
test_zero (void)
{
  const GmU256 zero = { 0 }, one = gm_u256_from_u64 (1);
  GmU256 out = gm_u256_from_u64 (77);
  g_autoptr (GError) error = NULL;

  g_assert_true (gm_u256_is_zero (&zero));
  g_assert_false (gm_u256_divide (&one, &zero, &out, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  assert_number (&out, "77");
  for (guint i = 0; i < 4; i++)
    {
      GmU256 value = { 0 };

      value.w[i] = 1;
      g_assert_false (gm_u256_is_zero (&value));
    }
}

static void
test_big_endian (void)
{
  GmHash bytes, again;
  GmU256 value;

  for (guint i = 0; i < sizeof bytes.b; i++)
    bytes.b[i] = (guint8) (i + 1);
  value = gm_u256_from_be (&bytes);
  g_assert_true (value.w[3] == 0x0102030405060708 && value.w[0] == 0x191a1b1c1d1e1f20);
  gm_u256_to_be (&value, &again);
  g_assert_true (gm_hash_equal (&bytes, &again));
}

static void
test_u64 (void)
{
  guint64 out = 77;
  GmU256 value = gm_u256_from_u64 (G_MAXUINT64);
  g_autoptr (GError) error = NULL;

  g_assert_true (gm_u256_to_u64 (&value, &out, NULL));
  g_assert_cmpuint (out, ==, G_MAXUINT64);
  for (guint i = 1; i < 4; i++)
    {
      value = gm_u256_from_u64 (5);
      value.w[i] = 1;
      g_assert_false (gm_u256_to_u64 (&value, &out, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_assert_cmpuint (out, ==, G_MAXUINT64);
      g_clear_error (&error);
    }
}

static void
test_text (void)
{
  static const struct
  {
    const char *text;
    const char *number; /* NULL: refused */
  } cases[] = {
    { "0", "0" },
    { "00012", "12" },
    { "18446744073709551616", "18446744073709551616" },
    { MOST, MOST },
    { "0x0", "0" },
    { "0xFf", "255" },
    { "0x10000000000000000", "18446744073709551616" },
    { MOST_HEX, MOST },
    { "115792089237316195423570985008687907853269984665640564039457584007913129639936", NULL },
    { "999999999999999999999999999999999999999999999999999999999999999999999999999999", NULL },
    { "0" MOST, NULL }, /* one digit too many */
    { MOST_HEX "0", NULL },
    { NULL, NULL },
    { "", NULL },
    { "0x", NULL },
    { "0X1", NULL },
    { "0x0x1", NULL },
    { "0xg", NULL },
    { "x1", NULL },
    { "ff", NULL },
    { "-1", NULL },
    { "+1", NULL },
    { " 1", NULL },
    { "1 ", NULL },
    { "1.0", NULL },
    { "1,000", NULL },
    { "1e3", NULL },
    { "\xd9\xa1", NULL }, /* a digit of another script */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GmU256 value = gm_u256_from_u64 (77);
      g_autoptr (GError) error = NULL;
      gboolean read = gm_u256_parse (cases[i].text, &value, &error);

      assert_result (read, &value, cases[i].number, &error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/u256/computes-exactly-or-refuses", test_arithmetic);
  g_test_add_func ("/u256/computes-in-place", test_in_place);
  g_test_add_func ("/u256/nothing-divides-by-zero", test_zero);
  g_test_add_func ("/u256/bytes-are-big-endian", test_big_endian);
  g_test_add_func ("/u256/64-bits-fit-or-not", test_u64);
  g_test_add_func ("/u256/text-is-digits-only", test_text);
  return g_test_run ();
}
