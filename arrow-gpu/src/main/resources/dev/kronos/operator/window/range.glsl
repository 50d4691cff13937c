// SPDX-License-Identifier: Apache-2.0
//
// Binary search in the sorted keys of a partition. Nulls are equal to each other and come first or last.
//
// The generator defines K_VALUE, the type of keys, K_NULLS_FIRST, and
//   bool k_key(uint row, out K_VALUE value)   a row's key; false where it is null
//   bool k_less(K_VALUE a, K_VALUE b)         whether a comes before b in the order of the keys

bool k_comesBefore(uint row, bool given, K_VALUE value) {
  K_VALUE key;
  bool keyGiven = k_key(row, key);
  if (!given || !keyGiven) {
    return given != keyGiven && keyGiven != K_NULLS_FIRST;
  }
  return k_less(key, value);
}

bool k_comesBehind(uint row, bool given, K_VALUE value) {
  K_VALUE key;
  bool keyGiven = k_key(row, key);
  if (!given || !keyGiven) {
    return given != keyGiven && keyGiven == K_NULLS_FIRST;
  }
  return k_less(value, key);
}

// The first row, from `from` to before `to`, whose key comes behind a value, or else does not come before it; `to`
// where there is none.
uint k_search(uint from, uint to, bool given, K_VALUE value, bool behind) {
  while (from < to) {
    uint middle = from + (to - from) / 2u;
    bool found;
    if (behind) {
      found = k_comesBehind(middle, given, value);
    } else {
      found = !k_comesBefore(middle, given, value);
    }
    if (found) {
      to = middle;
    } else {
      from = middle + 1u;
    }
  }
  return from;
}
