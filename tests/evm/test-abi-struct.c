/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/abi-struct.h"

#include "base/error.h"
#include "evm/abi-decoder.h"

typedef struct
{
  GmAddress token;
  gint64 units;
} Price;

typedef struct
{
  GmHash salt;
  guint kind;
  guint8 v;
  gboolean open;
  guint64 version;
  GmU256 wide;
  char *title;
  GBytes *code;
  Price first;
  GArray *prices;
} Offer;

static const GmAbiField price_fields[] = {
  { "token", GM_ABI_FIELD_ADDRESS, G_STRUCT_OFFSET (Price, token) },
  { "amount", GM_ABI_FIELD_UNITS, G_STRUCT_OFFSET (Price, units) },
  { NULL },
};

#define AT(member) G_STRUCT_OFFSET (Offer, member)

/* Another order than the type's. */
static const GmAbiField offer_fields[] = {
  { "prices", GM_ABI_FIELD_LIST, AT (prices), price_fields, sizeof (Price) },
  { "first", GM_ABI_FIELD_STRUCT, AT (first), price_fields },
  { "code", GM_ABI_FIELD_BYTES, AT (code) },
  { "title", GM_ABI_FIELD_TEXT, AT (title) },
  { "wide", GM_ABI_FIELD_U256, AT (wide) },
  { "version", GM_ABI_FIELD_U64, AT (version) },
  { "open", GM_ABI_FIELD_BOOL, AT (open) },
  { "v", GM_ABI_FIELD_BYTE, AT (v) },
  { "kind", GM_ABI_FIELD_UINT, AT (kind) },
  { "salt", GM_ABI_FIELD_HASH, AT (salt) },
  { NULL },
};

#define PRICE "(address token,uint128 amount)"
#define OFFER                                                                                      \
  "(bytes32 salt,uint8 kind,uint8 v,bool open,uint32 version,uint256 wide,string title,"           \
  "bytes code," PRICE " first," PRICE "[] prices)"

static void
test_what_is_encoded_is_read_back (void)
{
  g_autoptr (GmAbiType) type = gm_abi_type_parse (OFFER, NULL);
  const Price prices[] = { { { { 7 } }, G_MAXINT64 }, { { { 8 } }, 0 } };
  Offer offer = { .salt = { { 1, 2, 3 } },
                  .kind = 1,
                  .v = 28,
                  .open = TRUE,
                  .version = G_MAXUINT32,
                  .wide = { { 1, 2, 3, G_MAXUINT64 } },
                  .title = (char *) "Tide",
                  .code = g_bytes_new_static ("\x60\x00", 2),
                  .first = { { { 9 } }, 5 },
                  .prices = g_array_new (FALSE, FALSE, sizeof (Price)) };
  g_autoptr (GmAbiValue) values = NULL;
  g_autoptr (GmAbiValue) read = NULL;
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (GError) error = NULL;
  Offer back = { 0 };

  g_array_append_vals (offer.prices, prices, G_N_ELEMENTS (prices));
  g_assert_true (gm_abi_struct_fits (type, offer_fields));
  values = gm_abi_struct_encode (type, offer_fields, &offer, &error);
  g_assert_no_error (error);
  encoded = gm_abi_value_encode (type, values);
  read = gm_abi_decode (type, encoded, &error);
  g_assert_no_error (error);
  g_assert_true (gm_abi_struct_decode (type, offer_fields, read, &back, &error));

  g_assert_true (gm_hash_equal (&back.salt, &offer.salt));
  g_assert_true (back.kind == 1 && back.v == 28 && back.open && back.version == G_MAXUINT32);
  g_assert_cmpint (gm_u256_compare (&back.wide, &offer.wide), ==, 0);
  g_assert_cmpstr (back.title, ==, "Tide");
  g_assert_true (g_bytes_equal (back.code, offer.code));
  g_assert_cmpint (back.first.units, ==, 5);
  g_assert_cmpuint (back.prices->len, ==, 2);
  g_assert_cmpint (g_array_index (back.prices, Price, 0).units, ==, G_MAXINT64);
  g_assert_cmpuint (g_array_index (back.prices, Price, 1).token.b[0], ==, 8);
  gm_abi_struct_clear (offer_fields, &back);
  g_assert_null (back.prices);
  g_array_unref (offer.prices);
  g_bytes_unref (offer.code);
}

static void
test_a_table_that_does_not_fit_is_seen (void)
{
  static const char *const others[] = {
    "(address token)",                           /* one less */
    "(address token,uint128 amount,uint8 more)", /* one more */
    "(address token,uint128 price)",             /* another name */
    "(bytes32 token,uint128 amount)",            /* another type */
    "(address token,int128 amount)",             /* with a sign */
    "(address[] token,uint128 amount)",          /* many */
    "(address token,(uint128 amount) amount)",   /* a struct */
  };
  g_autoptr (GmAbiType) same = gm_abi_type_parse ("(uint64 amount,address token)", NULL);

  g_assert_true (gm_abi_struct_fits (same, price_fields));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GmAbiType) type = gm_abi_type_parse (others[i], NULL);

      g_assert_false (gm_abi_struct_fits (type, price_fields));
    }
}

static void
test_a_number_that_does_not_fit_is_refused (void)
{
  g_autoptr (GmAbiType) small = gm_abi_type_parse ("(address token,uint16 amount)", NULL);
  g_autoptr (GmAbiType) wide = gm_abi_type_parse ("(address token,uint256 amount)", NULL);
  g_autoptr (GmAbiValue) values = gm_abi_value_new_list ();
  g_autoptr (GError) error = NULL;
  const GmHash token = { { 0 } }, amount = { { [24] = 0x80 } }; /* 2^63 */
  Price price = { .units = 65536 };

  g_assert_null (gm_abi_struct_encode (small, price_fields, &price, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_assert_true (g_str_has_prefix (error->message, "amount: "));
  g_clear_error (&error);
  price.units = -1;
  g_assert_null (gm_abi_struct_encode (wide, price_fields, &price, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);

  g_ptr_array_add (values->parts, gm_abi_value_new_word (&token));
  g_ptr_array_add (values->parts, gm_abi_value_new_word (&amount));
  g_assert_false (gm_abi_struct_decode (wide, price_fields, values, &price, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/abi-struct/what-is-encoded-is-read-back", test_what_is_encoded_is_read_back);
  g_test_add_func ("/abi-struct/a-table-that-does-not-fit-is-seen",
                   test_a_table_that_does_not_fit_is_seen);
  g_test_add_func ("/abi-struct/a-number-that-does-not-fit-is-refused",
                   test_a_number_that_does_not_fit_is_refused);
  return g_test_run ();
}
